"""Who practised with whom: divided as on the day, from what was done before and who was expected to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.scenario import Chance
from pilotage.pairing import Division, Log, Rules, divide
from pilotage.protocol.programme import PairingPlan, Programme

Row = dict[str, Any]


def pairings(
    everyone: Sequence[SimulatedPerson],
    held: Sequence[Row],
    attended: Sequence[Row],
    delivered: Sequence[Row],
    programme: Programme,
    chance: Chance,
) -> list[Row]:
    """Return the rows of the pairings table: each division into pairs, where people practised in pairs at all."""
    if programme.pairing is None:
        return []
    in_pairs = {block.id for block in programme.blocks if block.in_ in ("pairs", "small groups")}
    practised = {
        (row["cohort"], row["session"]) for row in delivered if row["block"] in in_pairs and row["minutes"] > 0
    }
    rows = []
    for cohort in dict.fromkeys(session["cohort"] for session in held):
        members = [person for person in everyone if person.group.id == cohort and person.programme]
        days = [s for s in held if s["cohort"] == cohort and (cohort, s["session"]) in practised]
        log = _course(days, members, attended, programme.pairing, chance.of("pairings", cohort))
        rows += [row for division in log for row in _rows(cohort, division)]
    return rows


def _course(
    days: Sequence[Row],
    members: Sequence[SimulatedPerson],
    attended: Sequence[Row],
    pairing: PairingPlan,
    rng: np.random.Generator,
) -> Log:
    """Divide a cohort, session by session; who will be absent is not known, so everyone on the course is expected."""
    rules, seed = Rules(size=pairing.size, odd=pairing.odd), int(rng.integers(2**31))
    places = [(day, turn) for day in days for turn in range(1, pairing.pairings_a_session + 1)]
    log = Log()
    for at, (day, turn) in enumerate(places):
        came = _came(day["session"], members, attended)
        if len(came) < 2:
            continue
        expected = frozenset(person.code for person in members if person.in_course(day["held_on"]))
        remaining = [expected] * (len(places) - at - 1)
        log = log.kept(divide(came, log, rules, seed, session=day["session"], pairing=turn, remaining=remaining))
    return log


def _came(session: int, members: Sequence[SimulatedPerson], attended: Sequence[Row]) -> frozenset[str]:
    codes = {person.code for person in members}
    return frozenset(
        row["participant"]
        for row in attended
        if row["session"] == session and row["participant"] in codes and row["minutes"] is not None
    )


def _rows(cohort: str, division: Division) -> list[Row]:
    return [
        {
            "cohort": cohort,
            "session": division.session,
            "pairing": division.pairing,
            "group": number,
            "participant": name,
            "role_order": order,
            "override": "a teacher joined" if division.teacher and division.teacher in group else None,
        }
        for number, group in enumerate(division.groups, 1)
        for order, name in enumerate(group, 1)
        if name != division.teacher
    ]
