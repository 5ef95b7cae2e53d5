"""The next session of the course."""

from __future__ import annotations

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.reads.home import AtHome


def next_session(home: AtHome) -> list[Card]:
    """When and where the group meets next."""
    coming = home.next_session
    if coming is None:
        return []
    return [Card("session", "participant/cards/session.html", said={"session": coming, "cohort": coming.cohort})]
