"""Who may know of a report: the roles that a person can choose among, who holds them, and who stands in for nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from pilotage.protocol.safety import MayKnow, Safety
from pilotage.web.records import protocols
from pilotage.web.records.models import AdverseEvent, Participant, RoleHeld, Study, User

HANDLERS: tuple[MayKnow, ...] = ("safety-contact", "coordinator")
"""The roles that handle reports, the one first that is told where nobody chose."""


@dataclass(frozen=True)
class SafetyCircle:
    """Someone whom a person may let know, with the names of those it is; nobody's, for one outside the study."""

    role: MayKnow
    names: tuple[str, ...]


def safety_of(study: Study) -> Safety | None:
    """Return how the protocol in force handles adverse events; None where it says nothing."""
    return protocols.of(study).protocol.safety


def holders(participant: Participant, role: str) -> list[User]:
    """Return the active staff who hold a role where this person is; of teachers, those of the person's own group."""
    here = Q(centre=None) | Q(centre=participant.centre_id)
    held = RoleHeld.objects.filter(here, study=participant.study_id, role=role, until=None)
    users = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")
    if role == "teacher":
        place = getattr(participant, "place", None)
        users = users.filter(teaches__cohort=place.cohort_id) if place and place.on_course else users.none()
    return list(users)


def circles(participant: Participant) -> list[SafetyCircle]:
    """Return whom this person may let know: roles that somebody holds, and always the independent contact."""
    safety = safety_of(participant.study)
    offered = safety.may_know if safety else list(HANDLERS)
    held = [(role, holders(participant, role)) for role in offered if role != "independent"]
    inside = [SafetyCircle(role, tuple(user.name for user in users)) for role, users in held if users]
    return [*inside, SafetyCircle("independent", ())]


def handlers_of(event: AdverseEvent) -> list[User]:
    """Return those whom the person lets know and who can act on it."""
    return _each(event, [role for role in HANDLERS if role in event.may_know])


def stand_ins(event: AdverseEvent) -> list[User]:
    """Return who learns that a report is there, and nothing more, where nobody who was chosen can open it."""
    if handlers_of(event):
        return []
    return next((users for role in HANDLERS if (users := holders(event.participant, role))), [])


def first_handler(participant: Participant) -> list[MayKnow]:
    """Return who knows of a report while the person has not chosen: the first of those who handle reports."""
    there = [circle.role for circle in circles(participant)]
    return next(([role] for role in HANDLERS if role in there), ["independent"])


def _each(event: AdverseEvent, roles: list[MayKnow]) -> list[User]:
    users: dict[int, User] = {}
    for role in roles:
        users |= {user.pk: user for user in holders(event.participant, role)}
    return list(users.values())
