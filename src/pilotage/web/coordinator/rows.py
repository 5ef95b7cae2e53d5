"""A person as a row of a list, or as the head of their own page: all in words, with the way to the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage.protocol.protocol import Protocol
from pilotage.web.coordinator.labels import NEXT_STEPS, STAGES, Words, next_words, reason_words
from pilotage.web.coordinator.links import url
from pilotage.web.records import queries
from pilotage.web.records.queries.standing import Standing


@dataclass(frozen=True)
class PersonRow:
    """A person in words."""

    standing: Standing
    code: str
    name: str
    url: str
    stage: Words
    tone: str
    reason: str
    next: str
    action: Words
    action_url: str

    @property
    def since(self) -> date | None:
        """Since when they stand there."""
        return self.standing.since

    @property
    def by_when(self) -> date | None:
        """By when the next thing is to be done."""
        return self.standing.by_when


def person_row(standing: Standing, protocol: Protocol) -> PersonRow:
    """Put one standing in words."""
    person = standing.person
    stage, tone = STAGES[standing.stage]
    page, action = NEXT_STEPS.get(standing.next_step, ("", ""))
    return PersonRow(
        standing=standing,
        code=person.code,
        name=standing.name,
        url=url("person", person),
        stage=stage,
        tone=tone,
        reason=reason_words(standing.reason, protocol),
        next=next_words(standing, queries.live_links(person)),
        action=action,
        action_url=url(page, person) if page else "",
    )
