"""Which day it is where a study runs."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from pilotage.web.records import protocols
from pilotage.web.records.models import Study


def zone_of(study: Study) -> ZoneInfo:
    """Return the study's own time zone."""
    return ZoneInfo(protocols.of(study).protocol.study.time_zone)


def day_of(study: Study, moment: datetime | None = None) -> date:
    """Return the day of a moment, or today, by the study's clock."""
    return (moment or timezone.now()).astimezone(zone_of(study)).date()
