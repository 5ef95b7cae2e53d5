"""What the page shows of a room, as JSON values."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from pilotage.pairing.history import history
from pilotage.pairing.log import Division, Log
from pilotage.pairing.room.room import Room
from pilotage.pairing.turns import turns


def view(room: Room, today: str) -> dict[str, Any]:
    """Return everything the page needs; the page itself keeps only what is being timed."""
    division = room.open(today)
    return {
        "session": room.session(today),
        "today": today,
        "people": [{"name": name, "state": _state(room, name)} for name in sorted(room.people, key=str.casefold)],
        "teacher": room.rules.teacher_name,
        "rules": {"size": room.rules.size, "odd": room.rules.odd},
        "apart": sorted(sorted(wish) for wish in room.rules.apart_hard),
        "minutes": {"speaking": room.speaking, "talking": room.talking},
        "pairing": division and _division(division),
        "changed": division is not None and division.practising != room.here,
        "tracks": _tracks(room, division) if division else [],
        "history": [_past(room, past) for past in reversed(room.log.divisions)],
        "met": _met(room.log),
    }


def _state(room: Room, name: str) -> str:
    return "away" if name in room.away else "resting" if name in room.resting else "here"


def _division(division: Division) -> dict[str, Any]:
    return {
        "number": division.pairing,
        "groups": [list(group) for group in division.groups],
        "observers": list(division.observers),
        "resting": list(division.sat_out),
    }


def _tracks(room: Room, division: Division) -> list[dict[str, Any]]:
    """Return the rounds of each size of group that there is, the most usual first."""
    counted = Counter(len(group) for group in division.groups)
    return [
        {
            "people": people,
            "groups": count,
            "turns": [
                {"speaker": turn.speaker, "seconds": turn.minutes * 60}
                for turn in turns(people, speaking=room.speaking, talking=room.talking)
            ],
        }
        for people, count in counted.most_common()
    ]


def _past(room: Room, division: Division) -> dict[str, Any]:
    before = history(earlier for earlier in room.log if earlier.place < division.place).met
    again = [pair for group in division.of_people() for pair in combinations(sorted(group), 2) if pair in before]
    return {
        "session": division.session,
        "day": room.days.get(division.session, ""),
        "again": [list(pair) for pair in again],
        "changes": len(division.changes),
        **_division(division),
    }


def _met(log: Log) -> list[dict[str, Any]]:
    return [
        {"one": person, "other": other, "times": times} for (person, other), times in sorted(history(log).met.items())
    ]
