"""The protocol's own names for things, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.programme import PracticeKind
from pilotage.protocol.words import say

register = template.Library()


@register.filter
def called(part: Assessment | PracticeKind) -> str:
    """Return what participants read as the name of an assessment or a kind of practice."""
    return say(part.title or part.label, get_language() or "en")
