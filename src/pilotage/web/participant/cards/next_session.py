"""The next session of the course."""

from __future__ import annotations

from pilotage.web.participant.cards.card import Card
from pilotage.web.participant.views_sessions import session_card
from pilotage.web.records.queries.home import AtHome


def next_session(home: AtHome) -> list[Card]:
    """When and where the group meets next, and a way to say that one cannot come."""
    coming = session_card(home.participant, home.now)
    return [Card("session", "participant/cards/session.html", said={"coming": coming})] if coming else []
