"""Consent: asked of those who may take part; the others read where they stand."""

from __future__ import annotations

from django.utils.translation import get_language

from pilotage.web.participant.cards.card import Card
from pilotage.web.records.queries.home import AtHome, newer_text


def consent(home: AtHome) -> list[Card]:
    """The invitation to read and decide, anew where the words changed; or a kind word to those who are not asked."""
    if newer_text(home.participant, get_language() or "en") is not None:
        return [Card("consent", "participant/cards/consent_anew.html", to_do=True)]
    if home.stage == "eligible":
        return [Card("consent", "participant/cards/consent.html", to_do=True)]
    if home.consent is not None or home.stage in ("course only", "left the study", "left the course", "erased"):
        return []
    return [Card("consent", "participant/cards/not_asked.html", said={"stage": home.stage})]
