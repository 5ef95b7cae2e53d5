"""Practice at home: today's entry in one tap."""

from __future__ import annotations

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.queries.home import AtHome
from pilotage.web.records.queries.practice import practice_card


def practice(home: AtHome) -> list[Card]:
    """The first kind of practice with its buttons, and the way to the rest; something to do until today is noted."""
    found = practice_card(home.participant, home.now)
    if found is None:
        return []
    return [Card("practice", "participant/cards/practice.html", to_do=not found.day.noted, said={"practice": found})]
