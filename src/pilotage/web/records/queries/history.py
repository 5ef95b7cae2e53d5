"""What happened to one person, as the rows have it, for the page that tells it in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.web.records.models import Consent, Leaving, Participant, PersonalLink, Step


@dataclass(frozen=True)
class PersonHistory:
    """The rows of one person: steps on the way in, links, consents, and what they left."""

    steps: tuple[Step, ...]
    links: tuple[PersonalLink, ...]
    """Those of the person; those of people who answer about them are not among these."""
    consents: tuple[Consent, ...]
    leavings: tuple[Leaving, ...]


def history_of(person: Participant) -> PersonHistory:
    """Return everything that happened to a person, each kind in the order of its rows."""
    return PersonHistory(
        steps=tuple(person.steps.select_related("by")),
        links=tuple(link for link in person.links.all() if link.purpose == "participant"),
        consents=tuple(person.consents.all()),
        leavings=tuple(person.leavings.all()),
    )
