"""The one file in which a group's names and history are kept: JSON, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pilotage.atomic import write_text
from pilotage.pairing.room.room import Room
from pilotage.pairing.rules import Rules
from pilotage.pairing.stored import as_json, from_json
from pilotage.problems import Problem, ProblemsFound, kind

NOT_A_ROOM = kind("PAIR-008", "A file of names and history cannot be read")
FORMAT = 1


def save(room: Room, file: Path) -> None:
    """Write the file.

    Raises
    ------
    ProblemsFound
        When it cannot be written.
    """
    write_text(file, json.dumps(_stored(room), ensure_ascii=False, indent=1) + "\n")
    file.chmod(0o600)


def load(file: Path) -> Room | None:
    """Read the group that is kept in the file; return None when there is no file yet.

    Raises
    ------
    ProblemsFound
        When it is something else, or damaged. It is left as it is.
    """
    try:
        return _read(json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _problem(file, f"It cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _problem(file, f"It is not a file of `pilotage room`, or it is damaged: {error}.") from None


def _problem(file: Path, message: str) -> ProblemsFound:
    remedy = "Name another file, or move this one to start a new room."
    return ProblemsFound([Problem(NOT_A_ROOM, message, remedy, file=str(file))])


def _stored(room: Room) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "people": list(room.people),
        "away": sorted(room.away),
        "resting": sorted(room.resting),
        "size": room.rules.size,
        "odd": room.rules.odd,
        "apart": sorted(sorted(wish) for wish in room.rules.apart_hard),
        "minutes": {"speaking": room.speaking, "talking": room.talking},
        "seed": room.seed,
        "days": {str(session): day for session, day in room.days.items()},
        "log": as_json(room.log),
    }


def _read(stored: dict[str, Any]) -> Room:
    if stored["format"] != FORMAT:
        raise ValueError(f"its format is {stored['format']!r}, and this version reads {FORMAT}")
    apart = frozenset(frozenset(map(str, wish)) for wish in stored["apart"])
    rules = Rules(size=int(stored["size"]), odd=stored["odd"], apart_hard=apart, teacher_name="Teacher")
    return Room(
        people=tuple(map(str, stored["people"])), away=frozenset(stored["away"]), resting=frozenset(stored["resting"]),
        rules=rules, speaking=float(stored["minutes"]["speaking"]), talking=float(stored["minutes"]["talking"]),
        seed=int(stored["seed"]), days={int(session): str(day) for session, day in stored["days"].items()},
        log=from_json(stored["log"]),
    )  # fmt: skip
