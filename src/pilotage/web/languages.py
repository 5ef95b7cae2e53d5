"""Languages by name, rather than by their code."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in the language of the page; its code where Django does not know it."""
    return _named(code, "name_translated")


def own_language_name(code: str) -> str:
    """Return a language's name in that language itself; its code where Django does not know it."""
    return _named(code, "name_local")


def _named(code: str, name: str) -> str:
    try:
        return str(get_language_info(code)[name])
    except KeyError:
        return code
