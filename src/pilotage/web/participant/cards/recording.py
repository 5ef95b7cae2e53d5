"""A recording made while someone was there, which waits for their yes."""

from __future__ import annotations

from datetime import timedelta

from pilotage.web.participant.cards.card import Card
from pilotage.web.records import queries
from pilotage.web.records.queries.home import AtHome

ASKED_FOR = timedelta(days=14)
"""Ours: who said nothing for so long has answered."""


def recordings(home: AtHome) -> list[Card]:
    """Whether the group may hear a new recording; one card for all of them, and none once it is old."""
    new = queries.voices_of(home.participant).filter(agreed_at=None, recording__uploaded_at__gt=home.now - ASKED_FOR)
    return [Card("recording", "participant/cards/recording.html", said={"voices": new})] if new.exists() else []
