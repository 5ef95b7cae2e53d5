"""Departures from the protocol while the programme ran; those that were planned stand in the protocol itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotage.data.simulate.scenario import Chance, Scenario, some

KIND = {"cancelled": "procedure", "truncated": "format", "postponed": "procedure", "replaced": "content"}
CORE = {"cancelled": "core", "truncated": "flexible", "postponed": "flexible", "replaced": "core"}
SHARE_BESIDE = 0.1  # ours; in the `paper` scenario flexible parts alone, for the manual was complied with
BESIDE = (
    ("setting", "flexible", "held in another room"),
    ("personnel", "core", "one teacher instead of two"),
    ("content", "flexible", "a poem was replaced"),
    ("content", "not judged", "a theme was carried over to the next session"),
)


def deviations(held: Sequence[dict[str, Any]], scenario: Scenario, chance: Chance) -> list[dict[str, Any]]:
    """Return the rows of the deviations table: one for each session that something befell, and some beside."""
    rows = [_row(s, KIND[s["state"]], CORE[s["state"]], f"{s['state']}: {s['reason']}")
            for s in held if s["state"] in KIND]  # fmt: skip
    rng = chance.of("deviations")
    beside = [event for event in BESIDE if event[1] == "flexible"] if scenario.as_targeted else BESIDE
    for session in some(rng, [s for s in held if s["state"] == "held"], SHARE_BESIDE):
        kind, core, what = beside[int(rng.integers(len(beside)))]
        rows.append(_row(session, kind, core, what))
    ordered = sorted(rows, key=lambda row: row["date"])
    return [{"deviation": f"D{k:02}"} | row for k, row in enumerate(ordered, 1)]


def _row(session: dict[str, Any], kind: str, core: str, what: str) -> dict[str, Any]:
    return {
        "date": session["planned_on"],
        "cohort": session["cohort"],
        "session": session["session"],
        "kind": kind,
        "core": core,
        "planned": "ad hoc",
        "description": what,
    }
