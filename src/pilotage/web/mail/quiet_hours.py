"""The hours in which nobody is written to, by the clock of the place where the study runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pilotage.protocol.conduct import Correspondence


def is_quiet(moment: datetime, said: Correspondence, zone: ZoneInfo) -> bool:
    """Whether a moment lies in the quiet hours; none are quiet where they begin and end at the same time."""
    clock = moment.astimezone(zone).time()
    if said.quiet_from < said.quiet_until:
        return said.quiet_from <= clock < said.quiet_until
    return said.quiet_from != said.quiet_until and not said.quiet_until <= clock < said.quiet_from


def after_quiet(moment: datetime, said: Correspondence, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in."""
    if not is_quiet(moment, said, zone):
        return moment
    local = moment.astimezone(zone)
    today = _on(local, said, zone)
    return today if today > moment else _on(local + timedelta(days=1), said, zone)


def _on(day: datetime, said: Correspondence, zone: ZoneInfo) -> datetime:
    """When the quiet hours end on a day; by way of UTC, for that time of day may be one that a clock leaps over."""
    return datetime.combine(day.date(), said.quiet_until, zone).astimezone(UTC).astimezone(zone)
