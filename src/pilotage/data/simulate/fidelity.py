"""What was done of each session, by its blocks and its form: as its teacher says, and at times someone who watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.adherence import ITEMS
from pilotage.protocol.programme import Block, Programme
from pilotage.vocabulary import DeliveryState, SessionState, took_place

Row = dict[str, Any]
States = dict[str, DeliveryState]

# Ours: how often an optional block is left out, how much minutes differ, who watches, and how often they see it so.
OPTIONAL_OMITTED = 0.3
MINUTES_DIFFER = 0.12
WATCHED = 0.3
SEEN_ALIKE = 0.93
FORM_KEPT = 0.92
WATCHER = "R1"
KEPT = {DeliveryState.DONE: 1.0, DeliveryState.PARTLY: 0.5, DeliveryState.OMITTED: 0.0, DeliveryState.MOVED: 0.0}
# What someone who watched writes where they saw it otherwise.
NEAR = {
    DeliveryState.DONE: DeliveryState.PARTLY,
    DeliveryState.PARTLY: DeliveryState.DONE,
    DeliveryState.OMITTED: DeliveryState.PARTLY,
    DeliveryState.MOVED: DeliveryState.OMITTED,
}
WHY = {
    DeliveryState.PARTLY: "time ran out",
    DeliveryState.OMITTED: "the group needed time for something else",
    DeliveryState.MOVED: "to next session",
}
NOT_NEEDED = "not needed that day"


def fidelity(held: Sequence[Row], programme: Programme, scenario: Scenario, chance: Chance) -> list[Row]:
    """Return the rows of the fidelity table: each block of each session that took place, by its raters."""
    rows: list[Row] = []
    for session in _took_place(held):
        rng = chance.of("fidelity", session["cohort"], str(session["session"]))
        states = _states(session, programme.blocks, scenario, rng)
        rows += _rows(session, teacher(session), states, programme.blocks, rng)
        if watched(session, held, chance):
            seen = {block: NEAR[state] if rng.random() > SEEN_ALIKE else state for block, state in states.items()}
            rows += _rows(session, WATCHER, seen, programme.blocks, rng)
    return rows


def adherence(delivered: Sequence[Row], programme: Programme, scenario: Scenario, chance: Chance) -> list[Row]:
    """Return the rows of the adherence table: how far the form was kept where people practised, by the same raters."""
    in_pairs = {block.id for block in programme.blocks if block.in_ != "plenary"}
    practised = [row for row in delivered if row["block"] in in_pairs and row["minutes"] > 0]
    kept = FORM_KEPT - scenario.blocks_otherwise / 2
    rows = []
    for cohort, session, rater in dict.fromkeys((row["cohort"], row["session"], row["rater"]) for row in practised):
        rng = chance.of("adherence", cohort, str(session))
        values = np.where(rng.random(len(ITEMS)) < kept, 2, rng.integers(0, 2, len(ITEMS)))
        if rater == WATCHER:
            otherwise = rng.random(len(ITEMS)) > SEEN_ALIKE
            values = np.where(otherwise, np.where(values == 1, 2, 1), values)
        rows += [
            {"cohort": cohort, "session": session, "item": item.id, "rater": rater, "value": int(value)}
            for item, value in zip(ITEMS, values, strict=True)
        ]
    return rows


def teacher(session: Row) -> str:
    """Return the teacher who fills in the run-sheet: they take turns."""
    teachers = str(session["teachers"]).split()
    return teachers[(int(session["session"]) - 1) % len(teachers)]


def watched(session: Row, held: Sequence[Row], chance: Chance) -> bool:
    """Return whether somebody from outside watched the session."""
    own = [other for other in _took_place(held) if other["cohort"] == session["cohort"]]
    return session in some(chance.of("watched", session["cohort"]), own, WATCHED)


def _took_place(held: Sequence[Row]) -> list[Row]:
    return [session for session in held if took_place(session["held_on"])]


def _states(session: Row, blocks: Sequence[Block], scenario: Scenario, rng: np.random.Generator) -> States:
    states = {block.id: _state(block, scenario, rng) for block in blocks}
    if session["state"] == SessionState.REPLACED:
        states |= {block.id: DeliveryState.OMITTED for block in blocks if block.in_ != "plenary"}
    if session["state"] == SessionState.TRUNCATED:
        states |= _cut(blocks, session["planned_minutes"] - session["minutes"])
    return states


def _state(block: Block, scenario: Scenario, rng: np.random.Generator) -> DeliveryState:
    otherwise, which = rng.random(2)
    if block.optional and otherwise < OPTIONAL_OMITTED:
        return DeliveryState.OMITTED
    if otherwise >= scenario.blocks_otherwise:
        return DeliveryState.DONE
    if block.main:
        return DeliveryState.PARTLY
    return (DeliveryState.PARTLY, DeliveryState.OMITTED, DeliveryState.MOVED)[int(which * 3)]


def _cut(blocks: Sequence[Block], minutes: int) -> States:
    """Return what falls away where a session ends early: from the last block but one backwards, the main one partly."""
    states: States = {}
    for block in reversed(blocks[:-1]):
        if minutes <= 0:
            break
        whole = minutes >= block.minutes and not block.main
        states[block.id] = DeliveryState.OMITTED if whole else DeliveryState.PARTLY
        minutes -= block.minutes
    return states


def _rows(session: Row, rater: str, states: States, blocks: Sequence[Block], rng: np.random.Generator) -> list[Row]:
    minutes = _minutes(session["minutes"], states, blocks, rng)
    known = {"cohort": session["cohort"], "session": session["session"], "rater": rater}
    return [
        known
        | {
            "block": block.id,
            "done": states[block.id].value,
            "planned_minutes": block.minutes,
            "minutes": minutes[block.id],
            "reason": _why(block, states[block.id]),
        }
        for block in blocks
    ]


def _why(block: Block, state: DeliveryState) -> str | None:
    return NOT_NEEDED if block.optional and state is DeliveryState.OMITTED else WHY.get(state)


def _minutes(
    whole: int, states: Mapping[str, DeliveryState], blocks: Sequence[Block], rng: np.random.Generator
) -> dict[str, int]:
    """Return whole minutes of each block that together fill the session, as much as the blocks done can fill it."""
    wanted = np.array([block.minutes * KEPT[states[block.id]] for block in blocks])
    wanted = wanted * np.exp(MINUTES_DIFFER * rng.standard_normal(len(blocks)))
    ends = np.rint(np.cumsum(wanted) * (whole / wanted.sum() if wanted.sum() else 0.0))
    return {block.id: int(n) for block, n in zip(blocks, np.diff(ends, prepend=0.0), strict=True)}
