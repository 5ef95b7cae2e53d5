"""How people are written to, and how long they stay signed in."""

from __future__ import annotations

from datetime import time, timedelta

from pydantic import Field

from pilotage.protocol.words import Clock, Duration
from pilotage.yaml_file import OrUnknown, Part


class Correspondence(Part):
    """How people are written to; reminders of an assessment stand with it."""

    quiet_from: Clock = Field(time(21), description="from when in the evening nothing is sent, by the study's clock")
    quiet_until: Clock = Field(
        time(8), description="until when in the morning nothing is sent; the same time as quiet_from: no hour is quiet"
    )
    invitation: Duration | None = Field(
        None, description="how long before an assessment opens people are told of it; when not said, as it opens"
    )
    closing_soon: Duration | None = Field(
        None, description="how long before an assessment closes those who have not answered are told for the last time"
    )
    reply_to: OrUnknown[str] | None = Field(None, description="the address to which people may answer")


class Access(Part):
    """How long sign-ins and personal links last."""

    staff_idle: Duration = Field(timedelta(minutes=30), description="after how long without a page staff sign in again")
    participant_idle: Duration = Field(
        timedelta(hours=2), description="after how long without a page participants open their link again"
    )
    link_lasts: Duration | None = Field(
        None, description="how long a personal link works; when not said, as long as there is something to do with it"
    )
