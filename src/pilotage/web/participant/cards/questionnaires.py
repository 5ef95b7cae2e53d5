"""Questionnaires that are open: how many are done, how long the rest takes, until when, and the next one."""

from __future__ import annotations

from django.urls import reverse

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.home import AtHome, Round


def questionnaires(home: AtHome) -> list[Card]:
    """One card for each assessment that is open and not done."""
    return [_card(found) for found in home.rounds()]


def address(due: Due) -> str:
    """Where one thing is answered."""
    return reverse("participant:ask", args=[due.assessment.id, due.instrument, due.number])


def _card(found: Round) -> Card:
    begun = found.done > 0 or any(due.begun for due in found.dues)
    said = {"round": found, "last_day": found.dues[0].last_day, "url": address(found.next_due), "begun": begun}
    key = f"{found.assessment.id}-{found.number}"
    return Card(key, "participant/cards/questionnaires.html", to_do=True, said=said)
