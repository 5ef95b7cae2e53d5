"""Lengths of time in words, in the language of whoever reads."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timesince


def in_words(length: timedelta) -> str:
    """Return a length of time in its largest unit, such as '2 days', '4 hours' or '12 minutes'."""
    now = timezone.now()
    return timesince(now - length, now, depth=1).replace("\xa0", " ")
