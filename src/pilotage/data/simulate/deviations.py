"""Departures from the protocol while the programme ran; those that were planned stand in the protocol itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.vocabulary import DeviationKind, DeviationPlanning, ProgrammePart, SessionState

# What each state of a session touches, of those that depart from the plan.
KIND = {
    SessionState.CANCELLED: DeviationKind.PROCEDURE,
    SessionState.TRUNCATED: DeviationKind.FORMAT,
    SessionState.POSTPONED: DeviationKind.PROCEDURE,
    SessionState.REPLACED: DeviationKind.CONTENT,
}
PART = {
    SessionState.CANCELLED: ProgrammePart.CORE,
    SessionState.TRUNCATED: ProgrammePart.FLEXIBLE,
    SessionState.POSTPONED: ProgrammePart.FLEXIBLE,
    SessionState.REPLACED: ProgrammePart.CORE,
}
SHARE_BESIDE = 0.1  # ours; in the `paper` scenario flexible parts alone, for the manual was complied with
BESIDE = (
    (DeviationKind.SETTING, ProgrammePart.FLEXIBLE, "held in another room"),
    (DeviationKind.PERSONNEL, ProgrammePart.CORE, "one teacher instead of two"),
    (DeviationKind.CONTENT, ProgrammePart.FLEXIBLE, "a poem was replaced"),
    (DeviationKind.CONTENT, ProgrammePart.NOT_JUDGED, "a theme was carried over to the next session"),
)


def deviations(held: Sequence[dict[str, Any]], scenario: Scenario, chance: Chance) -> list[dict[str, Any]]:
    """Return the rows of the deviations table: one for each session that something befell, and some beside."""
    rows = [
        _row(session, KIND[state], PART[state], f"{state}: {session['reason']}")
        for session in held
        if (state := SessionState(session["state"])) in KIND
    ]
    rng = chance.of("deviations")
    beside = [event for event in BESIDE if event[1] is ProgrammePart.FLEXIBLE] if scenario.as_targeted else BESIDE
    for session in some(rng, [s for s in held if s["state"] == SessionState.HELD], SHARE_BESIDE):
        kind, part, description = beside[int(rng.integers(len(beside)))]
        rows.append(_row(session, kind, part, description))
    ordered = sorted(rows, key=lambda row: row["date"])
    return [{"deviation": f"D{k:02}"} | row for k, row in enumerate(ordered, 1)]


def _row(session: dict[str, Any], kind: DeviationKind, part: ProgrammePart, description: str) -> dict[str, Any]:
    return {
        "date": session["planned_on"],
        "cohort": session["cohort"],
        "session": session["session"],
        "kind": kind.value,
        "core": part.value,
        "planned": DeviationPlanning.AD_HOC.value,
        "description": description,
    }
