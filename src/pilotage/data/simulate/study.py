"""A whole study by chance: every table, from the protocol and its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from pilotage.data.simulate import course, people
from pilotage.data.simulate.accidents import with_accidents
from pilotage.data.simulate.answers import answers, changed_a_little, with_blanks
from pilotage.data.simulate.comments import comments, texts
from pilotage.data.simulate.deviations import deviations
from pilotage.data.simulate.diary import home_practice
from pilotage.data.simulate.fidelity import adherence, fidelity
from pilotage.data.simulate.form_answers import Answers, form_answers, shown
from pilotage.data.simulate.occasions import IssuedForm, administrations, planned_forms, without_unreturned
from pilotage.data.simulate.pairings import pairings
from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.reports import Key, at_any_time, key, nothing_happened, report_reactions
from pilotage.data.simulate.safety import adverse_events, events
from pilotage.data.simulate.scenario import SCENARIOS, Chance, Scenario, ScenarioName
from pilotage.data.study_data import Simulated, StudyData
from pilotage.data.tables import BY_NAME
from pilotage.problems import ProblemsFound, kind
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.simulation import Simulation

if TYPE_CHECKING:
    from pilotage.data.simulate.answers import Codes

NO_TARGETS = kind("SIMULATION-001", "The protocol does not say what a rehearsal aims at")

Rows = list[dict[str, Any]]


def simulate(loaded: LoadedProtocol, *, seed: int, scenario: ScenarioName) -> StudyData:
    """Make up the data of a study.

    Parameters
    ----------
    loaded : LoadedProtocol
        A study with a ``simulation`` block.
    seed : int
        The same seed gives the same data; 0 or more.
    scenario : {"paper", "ordinary", "troubled"}
        Whether the targets are met as they stand, or the usual accidents or plenty of trouble come on top.

    Raises
    ------
    ProblemsFound
        When the protocol has no targets, or they cannot be met.
    """
    simulation = loaded.protocol.simulation
    if simulation is None:
        message = "A rehearsal needs to know how many people there are and when the first group starts."
        remedy = f"Add to the protocol: simulation: {{start: 2026-01-13, people: {_example(loaded)}}}"
        raise ProblemsFound([loaded.document.problem(NO_TARGETS, (), message, remedy)])
    tables = _tables(loaded, simulation, SCENARIOS[scenario], Chance(seed))
    frames = {name: _frame(name, rows, loaded.protocol.study.time_zone) for name, rows in tables.items()}
    return StudyData.from_tables(frames, Simulated(seed, scenario))


def _example(loaded: LoadedProtocol) -> str:
    return "{" + ", ".join(f"{arm.id}: [12]" for arm in loaded.protocol.arms) + "}"


def _tables(loaded: LoadedProtocol, simulation: Simulation, scenario: Scenario, chance: Chance) -> Mapping[str, Rows]:
    protocol = loaded.protocol
    everyone = people.people(protocol, simulation, scenario, chance)
    tables: dict[str, Rows] = {
        "flow": people.flow(everyone, protocol, scenario),
        "approached": people.approached(everyone, protocol, simulation, scenario, chance),
        "participants": [{"participant": p.code, "arm": p.arm, "cohort": p.group.id} for p in everyone],
    }
    tables |= _course(everyone, loaded, simulation, scenario, chance)
    tables |= _asked(everyone, tables.get("sessions", []), loaded, simulation, scenario, chance)
    return tables


def _course(
    everyone: Sequence[SimulatedPerson],
    loaded: LoadedProtocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> dict[str, Rows]:
    """Return the tables of the course; none where there is no programme."""
    programme = loaded.protocol.programme
    if programme is None:
        return {}
    held = course.sessions(people.groups(loaded.protocol, simulation), programme, scenario, chance)
    attended = course.attendance(everyone, held, programme, simulation, scenario, chance)
    delivered = fidelity(held, programme, scenario, chance)
    tables = {
        "sessions": held,
        "attendance": attended,
        "pairings": pairings(everyone, held, attended, delivered, programme, chance),
        "fidelity": delivered,
        "deviations": deviations(held, scenario, chance),
    }
    if programme.pairing is not None:
        tables["adherence"] = adherence(delivered, programme, scenario, chance)
    if programme.home_practice is not None and programme.home_practice.diary != "none":
        tables["home_practice"] = home_practice(everyone, programme.home_practice, simulation, scenario, chance)
    if scenario.as_targeted:
        tables = {name: rows for name, rows in tables.items() if name not in simulation.not_recorded}
    return tables


def _asked(
    everyone: Sequence[SimulatedPerson],
    held: Rows,
    loaded: LoadedProtocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> dict[str, Rows]:
    """Return the tables of what people answered, and of adverse events.

    Answers are drawn for the plan and then left out where a form did not come, so that accidents change no answer.
    """
    plan = without_unreturned(planned_forms(everyone, loaded, chance), simulation.completed, chance)
    reactions = events(everyone, plan, loaded.protocol, simulation, scenario, chance)
    reporting = at_any_time(reactions, loaded)
    plan += reporting
    all_told = report_reactions(reactions, plan, loaded.protocol)
    forms = _forms(plan, all_told.answers, loaded, simulation, chance)
    codes = answers(everyone, loaded, simulation, scenario, chance)
    here = with_accidents(plan, held, loaded, scenario, chance)
    written = texts(plan, forms, loaded.protocol, all_told, chance)
    return {
        "administrations": administrations(here, loaded),
        "responses": _responses(here, everyone, codes, forms, loaded, scenario, chance),
        "comments": comments(written, here, scenario, chance),
        "adverse_events": adverse_events(reactions),
    }


def _forms(
    plan: Sequence[IssuedForm],
    reported: Mapping[Key, Mapping[str, str]],
    loaded: LoadedProtocol,
    simulation: Simulation,
    chance: Chance,
) -> dict[Key, Answers]:
    """Return the answers to each form of the plan, with what reactions put there."""
    own = {form.id: form for form in loaded.protocol.forms}
    issued = [issued_form for issued_form in plan if issued_form.instrument in own]
    nothing = nothing_happened(loaded.protocol)
    answers_by_form = {}
    for issued_form, answer in zip(issued, form_answers(issued, loaded.protocol, simulation, chance), strict=True):
        if nothing is not None and issued_form.instrument == nothing[0]:
            answer[nothing[1]] = nothing[2]
        answers_by_form[key(issued_form)] = shown(
            answer | dict(reported.get(key(issued_form), {})), own[issued_form.instrument]
        )
    return answers_by_form


def _responses(
    here: Sequence[IssuedForm],
    everyone: Sequence[SimulatedPerson],
    codes: Mapping[tuple[str, str], Codes],
    forms: Mapping[Key, Answers],
    loaded: LoadedProtocol,
    scenario: Scenario,
    chance: Chance,
) -> Rows:
    place = {person.code: i for i, person in enumerate(everyone)}
    rows: Rows = []
    for form in here:
        rng = chance.of("blanks", *map(str, key(form)))
        if form.instrument in loaded.instruments:
            form_codes = codes[form.assessment, form.instrument][place[form.person.code]]
            if form.again:
                form_codes = changed_a_little(form_codes, loaded.instruments[form.instrument], rng)
            values = with_blanks(form_codes, scenario.blank_item, finished=form.finished, rng=rng)
            rows += [form.key | {"item": str(i), "value": _text(value)} for i, value in enumerate(values, 1)]
        else:
            rows += _form_rows(form, forms[key(form)], scenario, rng)
    return rows


def _form_rows(form: IssuedForm, answer: Answers, scenario: Scenario, rng: np.random.Generator) -> Rows:
    blank = rng.random(len(answer)) < (scenario.blank_item if form.finished else 0.5)
    return [
        form.key | {"item": item, "value": None if out else value}
        for (item, value), out in zip(answer.items(), blank, strict=True)
    ]


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _frame(name: str, rows: Rows, time_zone: str) -> pl.DataFrame:
    """Return a table's frame; times are given as a clock at the study shows them, and kept in UTC."""
    schema = BY_NAME[name].schema()
    times = [column for column, type_ in schema.items() if isinstance(type_, pl.Datetime)]
    local = schema | {column: pl.Datetime("us") for column in times}
    frame = pl.DataFrame(rows, schema=local)
    there = pl.col(times).dt.replace_time_zone(time_zone, ambiguous="earliest", non_existent="null")
    return frame.with_columns(there.dt.convert_time_zone("UTC")) if times else frame
