"""`pilotage pair`: who practises with whom over a whole course."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilotage.cli.options import Json

if TYPE_CHECKING:
    from pilotage.pairing.log import Log
    from pilotage.pairing.quality import Quality
    from pilotage.pairing.written import CourseRequest


class Odd(StrEnum):
    """What is done in pairs when the number of people is odd."""

    triad = "triad"
    teacher = "teacher"
    observer = "observer"


People = Annotated[str, typer.Option(metavar="P01,P02,...", help="Everybody in the group, by code or name.")]
Sessions = Annotated[int, typer.Option(help="How many sessions there are.")]
Pairings = Annotated[int, typer.Option(help="How often people are divided in each session.")]
Size = Annotated[int, typer.Option(help="2 for pairs; 3 or more for small groups.")]
Absent = Annotated[str, typer.Option(metavar="P03:2,P05:4", help="Who is away from which session.")]
Apart = Annotated[str, typer.Option(metavar="P01:P02", help="Who is never together, in no group.")]
OddOption = Annotated[Odd, typer.Option(help="In pairs of an odd number: a triad, the teacher joins, or one observes.")]
Seed = Annotated[int, typer.Option(help="Decides between equally good divisions; the same gives the same.")]


def pair(
    people: People,
    sessions: Sessions,
    pairings: Pairings = 1,
    size: Size = 2,
    absent: Absent = "",
    apart: Apart = "",
    odd: OddOption = Odd.triad,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Plan who practises with whom: the fewest repeats, duties in turn, and nobody with whom they must not be."""
    from pilotage.pairing.course import plan_course
    from pilotage.pairing.quality import quality
    from pilotage.pairing.rules import Rules
    from pilotage.pairing.written import OUT_OF_RANGE, read
    from pilotage.problems import Problem, ProblemsFound

    if size < 2:
        raise ProblemsFound(
            [Problem(OUT_OF_RANGE, f"A group of {size} is no group.", "Give 2 or more.", path="--size")]
        )
    course = read(people, sessions, pairings, absent, apart, Rules(size=size, odd=odd.value))
    log = plan_course(course.people, sessions, course.rules, seed, pairings=pairings, absent=course.absent)
    if as_json:
        from pilotage.plain_json import json_text

        measured = quality(log, course.rules, courses=0)
        typer.echo(json_text(_as_json(course, log, measured), indent=2))
    else:
        from pilotage.cli.paired import text

        by_lot = 1000 if len(course.people) <= 16 else 20
        typer.echo(text(course, log, quality(log, course.rules, courses=by_lot, seed=seed)))


def _as_json(course: CourseRequest, log: Log, measured: Quality) -> dict[str, Any]:
    return {
        "sessions": [_session(course, log, session) for session in range(1, course.sessions + 1)],
        "repeats": measured.repeats,
        "repeats_bound": measured.repeats_bound,
        "coverage": measured.coverage,
        "duties": dict(measured.duties),
        "first_speaker": dict(measured.first_speaker),
    }


def _session(course: CourseRequest, log: Log, session: int) -> dict[str, Any]:
    divisions = [division for division in log if division.session == session]
    return {
        "session": session,
        "pairings": [[list(group) for group in division.groups] for division in divisions],
        "observers": [list(division.observers) for division in divisions],
        "absent": sorted(course.absent.get(session, ())),
    }
