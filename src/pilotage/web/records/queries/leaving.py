"""What someone takes part in, what they can leave, and what the protocol lets them decide about what they gave."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, TypeAlias

from pilotage.web.records import protocols
from pilotage.web.records.models import Participant

What: TypeAlias = Literal["course", "study"]
Answers: TypeAlias = Literal["keep", "erase"]


def takes_part_in(participant: Participant) -> tuple[What, ...]:
    """Return what someone can leave as it is now: the course, the study, both or neither."""
    left = set(participant.leavings.values_list("what", flat=True))
    place = getattr(participant, "place", None)
    on_course = place is not None and place.on_course and "course" not in left
    consents = participant.consents.filter(ended_at=None).exists() and "study" not in left
    parts: list[tuple[What, bool]] = [("course", on_course), ("study", consents)]
    return tuple(what for what, still in parts if still)


def apart(participant: Participant) -> bool:
    """Return whether one of course and study can be left and the other kept."""
    return protocols.of(participant.study).protocol.course_and_study == "apart"


def ends_everything(participant: Participant, what: Collection[str]) -> bool:
    """Return whether nothing is left that the person takes part in."""
    return set(takes_part_in(participant)) <= set(what)


def choices_about_answers(participant: Participant, what: Collection[str]) -> tuple[Answers, ...]:
    """Return what may become of the answers when this is left, by the protocol, where there is something to say.

    Whoever leaves the course and stays in the study keeps what they gave.
    """
    if "study" not in what and not ends_everything(participant, what):
        return ("keep",)
    rules = protocols.of(participant.study).protocol.consent.withdrawal
    if rules.keep_answers == "never":
        return ("erase",)
    both = rules.keep_answers == "ask" and rules.erase == "ask"
    return ("keep", "erase") if both else ("keep",)
