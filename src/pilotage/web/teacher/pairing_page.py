"""What the room sees: the groups by name, the turns with their clock, and whether the pairs still fit who is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from django.utils import timezone

from pilotage.protocol.programme import Block, Programme
from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Pairing, Session
from pilotage.web.records.queries.pairing import TEACHER
from pilotage.web.teacher.labels_run_sheet import Turn, turns


@dataclass(frozen=True)
class Person:
    """Someone in a group, by name, with the letter of their turn."""

    code: str
    name: str
    letter: str


@dataclass(frozen=True)
class Clock:
    """The turns' clock in seconds: in all, gone by now, and whether it runs."""

    total: float
    gone: float
    running: bool

    @property
    def minutes(self) -> int:
        """In all, in minutes."""
        return round(self.total / 60)


@dataclass(frozen=True)
class Sized:
    """The turns of all groups of one size."""

    size: int
    turns: list[Turn]


def pairs_page(session: Session) -> dict[str, Any]:
    """The latest pairing of a session, and what can be done with it."""
    plan = queries.plan_of(session.cohort)
    pairing = queries.pairings_of(session).last()
    page: dict[str, Any] = {"pairing": pairing, "plan": plan, "sizes": _sizes(session), "there": 0}
    if plan is None:
        return page
    there = queries.there_now(session)
    page["there"] = len(there)
    return page if pairing is None else page | _made(session, pairing, there)


def _made(session: Session, pairing: Pairing, there: frozenset[str]) -> dict[str, Any]:
    division, names = queries.division_of(pairing), _names(session, pairing)
    groups = [
        [Person(code, names.get(code, code), letter) for code, letter in zip(group, ascii_uppercase, strict=False)]
        for group in division.groups
    ]
    programme = protocols.of(session.cohort.study).protocol.programme
    block = practice_block(programme)
    return {
        "groups": groups,
        "observers": [Person(code, names.get(code, code), "") for code in division.observers],
        "sat_out": [Person(code, names.get(code, code), "") for code in division.sat_out if code in there],
        "people_in": sorted(((one, names.get(one, one)) for one in division.practising), key=lambda one: one[1]),
        "came": sorted(names.get(one, one) for one in there - division.present),
        "gone": sorted(names.get(one, one) for one in division.practising - there),
        "sized": [Sized(size, turns(programme, block, size)) for size in sorted({len(one) for one in division.groups})]
        if programme
        else [],
        "clock": clock_of(pairing, block, timezone.now()),
        "fits": division.practising | frozenset(division.sat_out) == there | frozenset(division.sat_out),
    }


def practice_block(programme: Programme | None) -> Block | None:
    """The block in which people practise in pairs or small groups."""
    blocks = programme.blocks if programme else []
    together = [block for block in blocks if block.in_ in ("pairs", "small groups")]
    return next((block for block in together if block.main), together[0] if together else None)


def clock_of(pairing: Pairing, block: Block | None, now: datetime) -> Clock:
    """The clock as it was last set; before that, as long as the block has for each pairing."""
    plan = queries.plan_of(pairing.session.cohort)
    planned = (block.minutes if block else 30) * 60 / (plan.pairings_a_session if plan else 1)
    said = pairing.clock
    if not said:
        return Clock(planned, 0, running=False)
    since = datetime.fromisoformat(said["since"]) if said.get("since") else None
    gone = said["gone"] + ((now - since).total_seconds() if since else 0)
    return Clock(said["total"], min(gone, said["total"]), running=since is not None and gone < said["total"])


def _names(session: Session, pairing: Pairing) -> dict[str, str]:
    """Given names where they tell people apart in the room, whole names otherwise; a teacher's own."""
    whole = queries.names_of(session.cohort)
    given = {code: name.split()[0] for code, name in whole.items()}
    common = {one for one in given.values() if list(given.values()).count(one) > 1}
    names = {code: whole[code] if one in common else one for code, one in given.items()}
    teacher = next((group.teacher.name for group in pairing.groups.all() if group.teacher), "")
    return names | ({TEACHER: teacher} if teacher else {})


def _sizes(session: Session) -> list[int]:
    """In groups of how many people can be divided: the protocol's, and small groups from when it has them."""
    plan = queries.plan_of(session.cohort)
    if plan is None:
        return []
    small = plan.small_groups_from_session
    return sorted({plan.size, 3, 4}) if isinstance(small, int) and session.number >= small else [plan.size]
