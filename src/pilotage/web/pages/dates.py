"""Days and moments as people read them, in Python and in templates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day(when: date | datetime) -> str:
    """Return a day in the reader's language: "Sun 8 March 2026", without the year where it is in this week."""
    local = _in_local_time(when)
    return date_format(local, "D j F" if _in_this_week(local) else "D j F Y")


@register.filter
def moment(when: datetime) -> str:
    """Return a moment in the reader's language and the study's time: "Sun 8 March 2026, 19.00"."""
    local = _in_local_time(when)
    return f"{day(local)}, {date_format(local, 'H.i')}"


@register.filter
def moment_in_full(when: datetime) -> str:
    """Return a moment as a paper to keep has it, always with its year: "Sunday 8 March 2026, 19.00"."""
    return date_format(_in_local_time(when), "l j F Y, H.i")


def _in_local_time(when: date | datetime) -> date | datetime:
    """Return the moment by the clock of the study, which every page of a study activates; a day stays as it is."""
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when


def _in_this_week(when: date | datetime) -> bool:
    """Return whether a day is in the week, from Monday to Sunday, that today is in."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    plain = when.date() if isinstance(when, datetime) else when
    return monday <= plain < monday + timedelta(weeks=1)
