"""A log as JSON values, and back."""

from __future__ import annotations

from typing import Any

from pilotage.pairing.log import Change, Division, Group, Log


def as_json(log: Log) -> list[dict[str, Any]]:
    """Return the divisions of a log as JSON values, without what they forecast."""
    return [_division(division) for division in log]


def _division(division: Division) -> dict[str, Any]:
    return {
        "session": division.session,
        "pairing": division.pairing,
        "groups": [list(group) for group in division.groups],
        "observers": list(division.observers),
        "sat_out": list(division.sat_out),
        "duties": list(division.duties),
        "teacher": division.teacher,
        "changes": [
            {"groups": change.groups, "reason": change.reason, "by_teacher": change.by_teacher}
            for change in division.changes
        ],
    }


def from_json(stored: Any) -> Log:
    """Read a log that was stored.

    Raises
    ------
    ValueError
        When it is not a log.
    """
    try:
        return Log(tuple(_read(division) for division in stored))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is not a log of divisions: {error!r}.") from None


def _read(stored: dict[str, Any]) -> Division:
    changes = [
        Change(int(change["groups"]), str(change["reason"]), bool(change["by_teacher"])) for change in stored["changes"]
    ]
    return Division(
        session=int(stored["session"]), pairing=int(stored["pairing"]),
        groups=tuple(_names(group) for group in stored["groups"]), observers=_names(stored["observers"]),
        sat_out=_names(stored["sat_out"]), duties=_names(stored["duties"]), teacher=str(stored["teacher"]),
        changes=tuple(changes),
    )  # fmt: skip


def _names(stored: Any) -> Group:
    if not isinstance(stored, list) or not all(isinstance(name, str) for name in stored):
        raise TypeError("names are expected")
    return tuple(stored)
