"""Home practice as a diary shows it: some weeks more, some less, some not filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.scenario import Chance, Scenario
from pilotage.protocol.programme import HomePracticePlan
from pilotage.protocol.simulation import Simulation
from pilotage.vocabulary import PracticeSource

# Ours: how much people differ, and weeks within a person, in log minutes; and the minutes of one time.
BETWEEN_PEOPLE = 0.5
BETWEEN_WEEKS = 0.35
ONE_TIME = 20


def home_practice(
    everyone: Sequence[SimulatedPerson],
    practice: HomePracticePlan,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> list[dict[str, Any]]:
    """Return the rows of the home practice table, from first to last session, while people are on the course."""
    prescribed = sum(practice.prescribed.minutes_a_week) / 2
    step = 1 if practice.diary == "daily" else 7
    rows = []
    for person in everyone:
        if not person.group.days or not person.programme:
            continue
        rng = chance.of("diary", person.code)
        level = np.log(simulation.practised * prescribed) + BETWEEN_PEOPLE * (
            rng.standard_normal() - BETWEEN_PEOPLE / 2
        )
        shares = rng.dirichlet([4.0] * len(practice.kinds))
        for start in person.group.days[:-1]:
            minutes = np.exp(level + BETWEEN_WEEKS * (rng.standard_normal() - BETWEEN_WEEKS / 2)) * step / 7
            kept_diary = rng.random() >= scenario.no_diary
            days = [start + timedelta(days=d) for d in range(0, 7, step)]
            parts = rng.gamma(2.0, 0.5, size=(len(days), len(practice.kinds))) * minutes * shares
            if kept_diary:
                rows += _rows(person, practice, days, parts)
    return rows


def _rows(person: SimulatedPerson, practice: HomePracticePlan, days: list[date], parts: Any) -> list[dict[str, Any]]:
    return [
        {
            "participant": person.code,
            "date": day,
            "kind": kind.id,
            "times": int(np.ceil(minutes / ONE_TIME)),
            "minutes": float(np.round(minutes)),
            "source": PracticeSource.DIARY.value,
        }
        for day, row in zip(days, parts, strict=True)
        if person.in_course(day)
        for kind, minutes in zip(practice.kinds, row, strict=True)
    ]
