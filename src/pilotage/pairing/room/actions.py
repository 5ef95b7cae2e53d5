"""What a teacher can do in a room. Each action takes the room and gives a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from pilotage.pairing.divide import divide
from pilotage.pairing.impossible import Impossible
from pilotage.pairing.log import Division
from pilotage.pairing.repair import repair, swap
from pilotage.pairing.room.room import Room
from pilotage.pairing.rules import Odd

# Look-ahead: as if everybody came so many times more.
AHEAD = 6
LONGEST_NAME = 40
MOST_PEOPLE = 500


class NotDone(Exception):  # noqa: N818 - said to the teacher in the page
    """An action that cannot be done, and why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and on which day."""

    words: Mapping[str, Any]
    today: str

    def name(self, key: str = "name") -> str:
        """A name that was given."""
        return " ".join(str(self.words.get(key, "")).split())

    def number(self, key: str, least: float, most: float) -> float:
        """A number that was given, within its bounds."""
        try:
            value = float(self.words[key])
        except (KeyError, TypeError, ValueError):
            raise NotDone("A number is missing.") from None
        if not least <= value <= most:
            raise NotDone(f"Give a number from {least:g} to {most:g}.")
        return value


def act(room: Room, action: str, words: Mapping[str, Any], today: str) -> Room:
    """Do what is asked for.

    Raises
    ------
    NotDone
        When it cannot be done.
    """
    if action not in ACTIONS:
        raise NotDone("There is no such thing to do.")
    try:
        return ACTIONS[action](room, Asked(words, today))
    except Impossible as impossible:
        raise NotDone(impossible.for_coordinator) from None


def _add(room: Room, asked: Asked) -> Room:
    given = [" ".join(name.split()) for name in str(asked.words.get("names", "")).replace("\n", ",").split(",")]
    people = list(room.people)
    for name in filter(None, given):
        if name.casefold() in {one.casefold() for one in (*people, room.rules.teacher_name)}:
            raise NotDone(f"{name} is there already. Two of the same name need a letter more.")
        if len(name) > LONGEST_NAME:
            raise NotDone(f"Names have up to {LONGEST_NAME} letters.")
        people.append(name)
    if len(people) > MOST_PEOPLE:
        raise NotDone(f"There is room for {MOST_PEOPLE} names.")
    return replace(room, people=tuple(people))


def _remove(room: Room, asked: Asked) -> Room:
    name = _somebody(room, asked.name())
    apart = frozenset(wish for wish in room.rules.apart_hard if name not in wish)
    return replace(
        room, people=tuple(one for one in room.people if one != name), away=room.away - {name},
        resting=room.resting - {name}, rules=replace(room.rules, apart_hard=apart),
    )  # fmt: skip


def _set(room: Room, asked: Asked) -> Room:
    """Somebody is here, is away, or is here and sits out."""
    name, state = _somebody(room, asked.name()), asked.words.get("state")
    away = room.away | {name} if state == "away" else room.away - {name}
    resting = room.resting | {name} if state == "resting" else room.resting - {name}
    return replace(room, away=away, resting=resting)


def _everyone(room: Room, asked: Asked) -> Room:
    return replace(room, away=frozenset(), resting=frozenset())


def _pair(room: Room, asked: Asked) -> Room:
    session, last = room.session(asked.today), room.open(asked.today)
    division = divide(
        room.here, room.log, room.rules, room.seed, session=session, pairing=last.pairing + 1 if last else 1,
        remaining=[frozenset(room.people)] * AHEAD,
    )  # fmt: skip
    return _kept(replace(room, days={**room.days, session: asked.today}), division)


def _repair(room: Room, asked: Asked) -> Room:
    division = _open(room, asked)
    return _kept(room, repair(division, room.here, room.log, room.rules, room.seed, reason="somebody came or left"))


def _swap(room: Room, asked: Asked) -> Room:
    division = _open(room, asked)
    one, other = asked.name("one"), asked.name("other")
    if not {one, other} <= division.practising:
        raise NotDone("Only people who are in a group can be exchanged.")
    return _kept(room, swap(division, one, other, room.rules, "exchanged quietly"))


def _undo(room: Room, asked: Asked) -> Room:
    """The last pairing of today did not take place."""
    log = room.log.without(_open(room, asked))
    days = {session: day for session, day in room.days.items() if any(one.session == session for one in log)}
    return replace(room, log=log, days=days)


def _minutes(room: Room, asked: Asked) -> Room:
    return replace(room, speaking=asked.number("speaking", 0.25, 60), talking=asked.number("talking", 0, 60))


def _rules(room: Room, asked: Asked) -> Room:
    odd = asked.words.get("odd", room.rules.odd)
    if odd not in get_args(Odd):
        raise NotDone("There is no such way with an odd number.")
    return replace(room, rules=replace(room.rules, size=int(asked.number("size", 2, 6)), odd=odd))


def _apart(room: Room, asked: Asked) -> Room:
    wish = frozenset((_somebody(room, asked.name("one")), _somebody(room, asked.name("other"))))
    if len(wish) != 2:
        raise NotDone("Choose two people.")
    return replace(room, rules=replace(room.rules, apart_hard=room.rules.apart_hard ^ {wish}))


def _somebody(room: Room, name: str) -> str:
    if name not in room.people:
        raise NotDone(f"There is nobody of the name '{name}'.")
    return name


def _open(room: Room, asked: Asked) -> Division:
    division = room.open(asked.today)
    if division is None:
        raise NotDone("Nobody has been paired today.")
    return division


def _kept(room: Room, division: Division) -> Room:
    sat_out = tuple(sorted(room.resting - division.practising))
    return replace(room, log=room.log.kept(replace(division, sat_out=sat_out)))


ACTIONS: dict[str, Callable[[Room, Asked], Room]] = {
    "add": _add,
    "remove": _remove,
    "set": _set,
    "everyone": _everyone,
    "pair": _pair,
    "repair": _repair,
    "swap": _swap,
    "undo": _undo,
    "minutes": _minutes,
    "rules": _rules,
    "apart": _apart,
}
