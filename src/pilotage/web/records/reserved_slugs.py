"""Ids that no study can have, because an address of the server has them; read off the server's own addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

_FIRST_WORD = re.compile(r"\^?([\w-]+)(?:[/.$\\]|\Z)")


@lru_cache(maxsize=1)
def reserved_slugs() -> frozenset[str]:
    """Return the first words of every address, of the server and of its administration; Django has been set up.

    A study's pages begin with its id (`calm/people/`), and those of its administration do after one word
    (`administration/calm/`), so neither may be an address of something else.
    """
    top = list(get_resolver().url_patterns)
    administration = [part for part in top if str(part.pattern).startswith("administration/")]
    below = (pattern for part in administration for pattern in getattr(part, "url_patterns", ()))
    return frozenset((*_first_words(top), *_first_words(below), *settings.STATIC_URL.strip("/").split("/")))


def _first_words(patterns: Iterable[Any]) -> Iterator[str]:
    """Yield the word that an address begins with; one that begins with an argument has none."""
    for part in patterns:
        text = str(part.pattern)
        if isinstance(part, URLResolver) and not text.strip("^"):
            yield from _first_words(part.url_patterns)
        elif isinstance(part, URLPattern | URLResolver) and (match := _FIRST_WORD.match(text)):
            yield match[1]
