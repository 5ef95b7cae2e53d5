"""The cards of a participant's first page, each made by a small function of its own, in the order they stand."""

from __future__ import annotations

from collections.abc import Callable

from pilotage.web.participant.cards.card import Card
from pilotage.web.participant.cards.colleague import a_colleague
from pilotage.web.participant.cards.consent import consent
from pilotage.web.participant.cards.next_session import next_session
from pilotage.web.participant.cards.practice import practice
from pilotage.web.participant.cards.questionnaires import questionnaires
from pilotage.web.participant.cards.recording import recordings
from pilotage.web.records.queries.home import AtHome

CARDS: list[Callable[[AtHome], list[Card]]] = [consent, questionnaires, practice, a_colleague, next_session, recordings]
"""What there is to do comes first; what one only looks at comes last."""


def cards(home: AtHome) -> list[Card]:
    """Every card that there is something to say on."""
    return [card for make in CARDS for card in make(home)]


__all__ = ["CARDS", "Card", "cards"]
