"""The hours in which nobody is written to, by the clock of the place where the study runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pilotage.protocol.conduct import Correspondence


def is_quiet(moment: datetime, correspondence: Correspondence, zone: ZoneInfo) -> bool:
    """Return whether a moment lies in the quiet hours; none are quiet where they begin and end at the same time."""
    clock = moment.astimezone(zone).time()
    if correspondence.quiet_from < correspondence.quiet_until:
        return correspondence.quiet_from <= clock < correspondence.quiet_until
    return (
        correspondence.quiet_from != correspondence.quiet_until
        and not correspondence.quiet_until <= clock < correspondence.quiet_from
    )


def after_quiet(moment: datetime, correspondence: Correspondence, zone: ZoneInfo) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it lies in."""
    if not is_quiet(moment, correspondence, zone):
        return moment
    local = moment.astimezone(zone)
    today = _on(local, correspondence, zone)
    return today if today > moment else _on(local + timedelta(days=1), correspondence, zone)


def _on(day: datetime, correspondence: Correspondence, zone: ZoneInfo) -> datetime:
    """Return when the quiet hours end on a day; by way of UTC, for a clock may leap over that time of day."""
    return datetime.combine(day.date(), correspondence.quiet_until, zone).astimezone(UTC).astimezone(zone)
