"""Consent: asked of those who may take part; the others read where they stand."""

from __future__ import annotations

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.reads.home import AtHome


def consent(home: AtHome) -> list[Card]:
    """The invitation to read and decide, or a kind word to those who are not asked yet or declined."""
    if home.stage == "eligible":
        return [Card("consent", "participant/cards/consent.html", to_do=True)]
    if home.consent is not None or home.stage in ("course only", "left the study", "left the course", "erased"):
        return []
    return [Card("consent", "participant/cards/not_asked.html", said={"stage": home.stage})]
