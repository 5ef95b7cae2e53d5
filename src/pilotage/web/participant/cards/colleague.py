"""What someone who knows the participant is asked: the participant gives them a link."""

from __future__ import annotations

from django.urls import reverse

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.queries.home import AtHome


def a_colleague(home: AtHome) -> list[Card]:
    """One card for each assessment that waits for a colleague's answers."""
    return [
        Card(
            f"colleague-{found.assessment.id}",
            "participant/cards/colleague.html",
            said={
                "round": found,
                "last_day": found.dues[0].last_day,
                "url": reverse("participant:ask-a-colleague", args=[found.assessment.id]),
            },
        )
        for found in home.rounds(by_someone_else=True)
    ]
