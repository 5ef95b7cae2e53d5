"""Lengths of time in words, in the language of whoever reads."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timesince


def in_words(length: timedelta) -> str:
    """Such as '2 days', '4 hours' or '12 minutes'; the largest unit alone."""
    now = timezone.now()
    return timesince(now - length, now, depth=1).replace("\xa0", " ")
