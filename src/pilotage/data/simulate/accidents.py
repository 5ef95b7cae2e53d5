"""What comes between the plan and the forms returned: people gone, occasions missed, late, half-way or twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pilotage.data.simulate.occasions import Given
from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.windows import window_of

LATE_BY = (1, 15)
Occasion = tuple[str, str, int]
"""A person, an assessment, and which time within it."""


def befallen(
    given: Sequence[Given],
    held: Sequence[dict[str, Any]],
    loaded: LoadedProtocol,
    scenario: Scenario,
    chance: Chance,
) -> list[Given]:
    """What is left of the plan under a scenario, in its order, with questionnaires that came twice at the end."""
    if scenario.as_targeted:
        return list(given)
    rng = chance.of("occasions")
    occasions = sorted({_occasion(one) for one in given})
    missed = set(some(rng, occasions, scenario.misses_occasion))
    late = set(some(rng, occasions, scenario.late))
    here = [_late(one, chance) if _occasion(one) in late else one for one in given if _occasion(one) not in missed]
    here = [one for one in here if _there(one, held, loaded)]
    unfinished = {id(one) for one in some(rng, here, scenario.unfinished)}
    here = [replace(one, finished=id(one) not in unfinished) for one in here]
    return here + _twice(here, loaded, scenario, chance)


def _occasion(one: Given) -> Occasion:
    return one.person.code, one.assessment, one.number


def _late(one: Given, chance: Chance) -> Given:
    days = int(chance.of("late", *map(str, _occasion(one))).integers(*LATE_BY))
    day = one.closes + timedelta(days=days)
    return replace(one, started=datetime.combine(day, one.started.time()))


def _there(one: Given, held: Sequence[dict[str, Any]], loaded: LoadedProtocol) -> bool:
    """Whether the person was still in the study, on the course where that is asked about, and the session was held."""
    day = one.started.date()
    assessment = loaded.protocol.assessment(one.assessment)
    if not one.person.in_study(day):
        return False
    if window_of(assessment).repeats == "after each session":
        took_place = any(
            s["cohort"] == one.person.group.id and s["session"] == one.number and s["held_on"] for s in held
        )
        return took_place and one.person.in_course(day)
    asks_course = bool(assessment.forms) and not loaded.protocol.instruments_at(assessment)
    arms_with = {arm.id for arm in loaded.protocol.arms if arm.programme}
    of_course = asks_course and set(assessment.arms) <= arms_with
    return one.person.in_course(day) if of_course else True


def _twice(here: Sequence[Given], loaded: LoadedProtocol, scenario: Scenario, chance: Chance) -> list[Given]:
    once: Collection[str] = {a.id for a in loaded.protocol.assessments if window_of(a).repeats is None}
    able = [one for one in here if one.finished and one.assessment in once and one.instrument in loaded.instruments]
    again = some(chance.of("twice"), able, scenario.twice)
    return [replace(one, number=2, again=True, started=one.started + timedelta(days=1)) for one in again]
