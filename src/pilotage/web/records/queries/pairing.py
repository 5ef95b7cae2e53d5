"""Who practised with whom, as the pairing solver reads it: the rules, the log of what was done, who is there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilotage.pairing import Change, Division, Log, Rules
from pilotage.pairing.board import duty_size
from pilotage.pairing.rules import Odd
from pilotage.protocol.programme import PairingPlan as Plan
from pilotage.vocabulary import CALLED_OFF, AttendanceStatus, SessionState
from pilotage.web.records import protocols
from pilotage.web.records.models import (
    Cohort,
    KeepApart,
    Pairing,
    PairingGroup,
    PairingMember,
    Participant,
    Place,
    Session,
)
from pilotage.web.records.queries.delivery import expected_at, known_as

THERE = tuple(status.value for status in AttendanceStatus if status.still_there)
TEACHER = "teacher"
"""Stands for the teacher who joins a pair; no code of a person is written so."""


def plan_of(cohort: Cohort) -> Plan | None:
    """Return how the protocol divides people; None where nobody is divided."""
    programme = protocols.of(cohort.study).protocol.programme
    return programme.pairing if programme else None


def wishes_of(cohort: Cohort) -> QuerySet[KeepApart]:
    """Return who is kept apart in this group now."""
    rows = KeepApart.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), cohort=cohort)
    return rows.select_related("one__identity", "other__identity").order_by("one__code", "other__code")


def wish_of(cohort: Cohort, key: int) -> KeepApart | None:
    """Return the wish of this key that holds now in a group; None where there is none."""
    return wishes_of(cohort).filter(pk=key).first()


def people_to_pair(cohort: Cohort) -> QuerySet[Participant]:
    """Return the people of a group who follow the course, by code."""
    return Participant.objects.filter(place__cohort=cohort, place__on_course=True, erased_at=None).order_by("code")


def codes_on_course(cohort: Cohort) -> list[str]:
    """Return the codes of those on the course who did not leave it."""
    places = Place.objects.filter(cohort=cohort, on_course=True).exclude(participant__leavings__what="course")
    return list(places.order_by("participant__code").values_list("participant__code", flat=True))


def sessions_with_pairs(cohort: Cohort) -> int:
    """Return how many sessions of a group are held or to come."""
    return cohort.sessions.exclude(state=SessionState.CANCELLED).count()


def last_pairings(cohort: Cohort, most: int) -> list[Pairing]:
    """Return the last pairings of a group, the newest first."""
    return list(_whole(Pairing.objects.filter(session__cohort=cohort)).order_by("-session__number", "-number")[:most])


def rules_of(cohort: Cohort, size: int | None = None) -> Rules:
    """Return the rules of a division: the protocol's, and the wishes that hold now."""
    plan, wishes = plan_of(cohort), list(wishes_of(cohort))
    hard, soft = (
        frozenset(frozenset((wish.one.code, wish.other.code)) for wish in wishes if wish.hard is kind)
        for kind in (True, False)
    )
    return Rules(
        size=size or (plan.size if plan else 2),
        odd=plan.odd if plan else "triad",
        apart_hard=hard,
        apart_soft=soft,
        teacher_name=TEACHER,
    )


def there_now(session: Session) -> frozenset[str]:
    """Return the codes of those who came and have not left."""
    rows = session.attendance.filter(status__in=THERE, left_at=None)
    return frozenset(rows.values_list("participant__code", flat=True))


def pairings_of(session: Session) -> QuerySet[Pairing]:
    """Return the pairings of a session, in order, with everybody in them."""
    return _whole(session.pairings.order_by("number"))


def latest_pairing(session: Session) -> Pairing | None:
    """Return the pairing that a session had last; None where nobody was paired."""
    return pairings_of(session).last()


def teacher_in(pairing: Pairing) -> str:
    """Return the name of the teacher who joined a pair; empty where none did."""
    return next((group.teacher.name for group in pairing.groups.all() if group.teacher), "")


def log_of(cohort: Cohort) -> Log:
    """Return everything that was done in a group, from what is kept of it."""
    return Log(tuple(division_of(row) for row in _whole(Pairing.objects.filter(session__cohort=cohort))))


def division_of(pairing: Pairing) -> Division:
    """Return a pairing as the solver knows it."""
    members: list[PairingMember] = list(pairing.members.all())
    groups = tuple(_spoken(group, members) for group in sorted(pairing.groups.all(), key=lambda group: group.number))
    observers = tuple(
        sorted(member.participant.code for member in members if member.group_id is None and not member.sits_out)
    )
    sat_out = tuple(sorted(member.participant.code for member in members if member.sits_out))
    changed = Change(pairing.changes, pairing.override, by_teacher=bool(pairing.override))
    return Division(
        session=pairing.session.number,
        pairing=pairing.number,
        groups=groups,
        observers=observers,
        sat_out=sat_out,
        duties=_duties(groups, observers),
        teacher=TEACHER if any(TEACHER in group for group in groups) else "",
        changes=(changed,) if pairing.changes or pairing.override else (),
    )


def group_size_of(groups: Sequence[Sequence[str]]) -> int:
    """Return in groups of how many people were divided, as the groups tell it."""
    return Counter(map(len, groups)).most_common(1)[0][0] if groups else 2


def still_to_come(session: Session, pairing: int) -> list[frozenset[str]]:
    """Return who is expected at each pairing after this one: everybody with a place who did not write otherwise."""
    plan = plan_of(session.cohort)
    each = plan.pairings_a_session if plan else 1
    everyone = frozenset(expected_at(session).values_list("participant__code", flat=True))
    today = [there_now(session)] * max(0, each - pairing)
    later = session.cohort.sessions.filter(number__gt=session.number).exclude(state__in=CALLED_OFF)
    away = {row.pk: _apologies(row) for row in later.order_by("number")}
    return [*today, *(everyone - gone for gone in away.values() for _ in range(each))]


@dataclass(frozen=True)
class Met:
    """A group of a pairing, by name, with how often two of it had met before; for the coordinator."""

    names: tuple[str, ...]
    before: int
    last: int | None
    """The session in which two of them last met."""


def why_these(cohort: Cohort, pairing: Pairing) -> list[Met]:
    """Return each group of a pairing, and what there was between its people before."""
    log, division = log_of(cohort), division_of(pairing)
    before = [row for row in log if row.place < division.place]
    names = names_of(cohort)
    return [_met(group, before, names) for group in division.of_people()]


def names_of(cohort: Cohort) -> dict[str, str]:
    """Return the name of everybody who ever had a place in the group, by code."""
    people = Participant.objects.filter(Q(place__cohort=cohort) | Q(pairings__pairing__session__cohort=cohort))
    return {person.code: known_as(person) for person in people.select_related("identity").distinct()}


def _met(group: Sequence[str], before: Iterable[Division], names: dict[str, str]) -> Met:
    shared = [row.session for row in before for other in row.of_people() if len(set(other) & set(group)) > 1]
    return Met(tuple(names.get(row, row) for row in group), len(shared), max(shared, default=None))


def _whole(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    return pairings.select_related("session").prefetch_related("groups__teacher", "members__participant__identity")


def _spoken(group: PairingGroup, members: Iterable[PairingMember]) -> tuple[str, ...]:
    """Return a group's codes in the order in which they speak; a teacher speaks in the place that is free."""
    order = {member.role_order or 0: member.participant.code for member in members if member.group_id == group.pk}
    if group.teacher_id:
        free = next(place for place in range(1, len(order) + 2) if place not in order)
        order[free] = TEACHER
    return tuple(code for _place, code in sorted(order.items()))


def _duties(groups: Sequence[tuple[str, ...]], observers: Sequence[str]) -> tuple[str, ...]:
    """Return those with the triad, the teacher or the observing, counted as the solver counts them."""
    people = [tuple(observer for observer in group if observer != TEACHER) for group in groups] + [
        (observer,) for observer in observers
    ]
    odd: Odd = "teacher" if any(TEACHER in group for group in groups) else "observer" if observers else "triad"
    duty = duty_size(sum(map(len, people)), Rules(size=group_size_of(groups), odd=odd))
    return tuple(sorted(observer for group in people if len(group) == duty for observer in group))


def _apologies(session: Session) -> frozenset[str]:
    return frozenset(session.apologies.filter(taken_back_at=None).values_list("participant__code", flat=True))
