"""What comes between the plan and the forms returned: people gone, occasions missed, late, half-way or twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.windows import window_of

LATE_BY = (1, 15)
Occasion = tuple[str, str, int]
"""A person, an assessment, and which time within it."""


def with_accidents(
    planned: Sequence[IssuedForm],
    held: Sequence[dict[str, Any]],
    loaded: LoadedProtocol,
    scenario: Scenario,
    chance: Chance,
) -> list[IssuedForm]:
    """Return what is left of the plan under a scenario, with questionnaires that came twice at the end."""
    if scenario.as_targeted:
        return list(planned)
    rng = chance.of("occasions")
    occasions = sorted({_occasion(form) for form in planned})
    missed = set(some(rng, occasions, scenario.misses_occasion))
    late = set(some(rng, occasions, scenario.late))
    here = [
        _late(form, chance) if _occasion(form) in late else form for form in planned if _occasion(form) not in missed
    ]
    here = [form for form in here if _there(form, held, loaded)]
    unfinished = {id(form) for form in some(rng, here, scenario.unfinished)}
    here = [replace(form, finished=id(form) not in unfinished) for form in here]
    return here + _twice(here, loaded, scenario, chance)


def _occasion(form: IssuedForm) -> Occasion:
    return form.person.code, form.assessment, form.number


def _late(form: IssuedForm, chance: Chance) -> IssuedForm:
    days = int(chance.of("late", *map(str, _occasion(form))).integers(*LATE_BY))
    day = form.closes + timedelta(days=days)
    return replace(form, started=datetime.combine(day, form.started.time()))


def _there(form: IssuedForm, held: Sequence[dict[str, Any]], loaded: LoadedProtocol) -> bool:
    """Return whether the person was in the study, on the course where that is asked about, and the session was held."""
    day = form.started.date()
    assessment = loaded.protocol.assessment(form.assessment)
    if not form.person.in_study(day):
        return False
    if window_of(assessment).repeats == "after each session":
        took_place = any(
            s["cohort"] == form.person.group.id and s["session"] == form.number and s["held_on"] for s in held
        )
        return took_place and form.person.in_course(day)
    asks_course = bool(assessment.forms) and not loaded.protocol.instruments_at(assessment)
    arms_with = {arm.id for arm in loaded.protocol.arms if arm.programme}
    of_course = asks_course and set(assessment.arms) <= arms_with
    return form.person.in_course(day) if of_course else True


def _twice(here: Sequence[IssuedForm], loaded: LoadedProtocol, scenario: Scenario, chance: Chance) -> list[IssuedForm]:
    once: Collection[str] = {a.id for a in loaded.protocol.assessments if window_of(a).repeats is None}
    able = [
        form for form in here if form.finished and form.assessment in once and form.instrument in loaded.instruments
    ]
    again = some(chance.of("twice"), able, scenario.twice)
    return [replace(form, number=2, again=True, started=form.started + timedelta(days=1)) for form in again]
