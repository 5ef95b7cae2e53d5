"""The protocol's own names for things, in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from pilotage.instruments.definition import Instrument
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import PracticeKind
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import Text, TranslatedText, say
from pilotage.web.records import items

register = template.Library()


@register.filter
def called(part: Assessment | PracticeKind) -> str:
    """Return what participants read as the name of an assessment or a kind of practice."""
    return in_page_language(part.title or part.label)


@register.filter
def named(assessment: Assessment) -> str:
    """Return what staff read as the name of an assessment: its label in the language of the page.

    A label in one language alone gives way to the participants' title where that has another language of its own, for
    a Dutch page should not say 'Before the training'. In the title's first language the label stays.
    """
    label, title = assessment.label, assessment.title
    if not isinstance(label, TranslatedText) and isinstance(title, dict):
        language = get_language() or "en"
        if language in title and language != next(iter(title)):
            return title[language]
    return in_page_language(label)


def questionnaire_name(loaded: LoadedProtocol, instrument: str, language: str) -> str:
    """Return what staff read as the name of a questionnaire, or the title of a form of the study's own, by its id."""
    of = items.source(loaded, instrument)
    return of.abbreviation if isinstance(of, Instrument) else say(of.title, language)


def arm_choices(protocol: Protocol) -> list[tuple[str, str]]:
    """Return the arms by id, each with its label in the language of the page, in the protocol's order."""
    return [(arm, in_page_language(label)) for arm, label in protocol.arm_labels.items()]


@register.filter
def in_page_language(text: Text) -> str:
    """Return a text of the protocol in the language of the page, or in its own where it has no such one."""
    return say(text, get_language() or "en")


@register.filter
def all_in_page_language(texts: list[Any]) -> list[str]:
    """Return texts of the protocol, each in the language of the page."""
    return [in_page_language(text) for text in texts]
