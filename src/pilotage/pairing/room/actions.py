"""What a teacher can do in a room. Each action takes the room and returns a new one."""

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
class ActionRequest:
    """What the page sent, and the day on which it did."""

    words: Mapping[str, Any]
    today: str

    def name(self, key: str = "name") -> str:
        """Return a name from the request."""
        return " ".join(str(self.words.get(key, "")).split())

    def number(self, key: str, least: float, most: float) -> float:
        """Return a number from the request, within its bounds."""
        try:
            value = float(self.words[key])
        except (KeyError, TypeError, ValueError):
            raise NotDone("A number is missing.") from None
        if not least <= value <= most:
            raise NotDone(f"Give a number from {least:g} to {most:g}.")
        return value


def act(room: Room, action: str, words: Mapping[str, Any], today: str) -> Room:
    """Do one action in the room, and return the room after it.

    Raises
    ------
    NotDone
        When it cannot be done.
    """
    if action not in ACTIONS:
        raise NotDone("This action does not exist.")
    try:
        return ACTIONS[action](room, ActionRequest(words, today))
    except Impossible as impossible:
        raise NotDone(impossible.for_coordinator) from None


def _add(room: Room, request: ActionRequest) -> Room:
    names = [" ".join(name.split()) for name in str(request.words.get("names", "")).replace("\n", ",").split(",")]
    people = list(room.people)
    for name in filter(None, names):
        if name.casefold() in {person.casefold() for person in (*people, room.rules.teacher_name)}:
            raise NotDone(f"{name} is in the list already. Add a letter where two people have the same name.")
        if len(name) > LONGEST_NAME:
            raise NotDone(f"A name has at most {LONGEST_NAME} letters.")
        people.append(name)
    if len(people) > MOST_PEOPLE:
        raise NotDone(f"The list holds at most {MOST_PEOPLE} names.")
    return replace(room, people=tuple(people))


def _remove(room: Room, request: ActionRequest) -> Room:
    name = _somebody(room, request.name())
    apart = frozenset(wish for wish in room.rules.apart_hard if name not in wish)
    return replace(
        room, people=tuple(person for person in room.people if person != name), away=room.away - {name},
        resting=room.resting - {name}, rules=replace(room.rules, apart_hard=apart),
    )  # fmt: skip


def _set(room: Room, request: ActionRequest) -> Room:
    """Mark somebody as here, away, or here and sitting out."""
    name, state = _somebody(room, request.name()), request.words.get("state")
    away = room.away | {name} if state == "away" else room.away - {name}
    resting = room.resting | {name} if state == "resting" else room.resting - {name}
    return replace(room, away=away, resting=resting)


def _everyone(room: Room, request: ActionRequest) -> Room:
    return replace(room, away=frozenset(), resting=frozenset())


def _pair(room: Room, request: ActionRequest) -> Room:
    session, last = room.session(request.today), room.open(request.today)
    division = divide(
        room.here, room.log, room.rules, room.seed, session=session, pairing=last.pairing + 1 if last else 1,
        remaining=[frozenset(room.people)] * AHEAD,
    )  # fmt: skip
    return _kept(replace(room, days={**room.days, session: request.today}), division)


def _repair(room: Room, request: ActionRequest) -> Room:
    division = _open(room, request)
    return _kept(room, repair(division, room.here, room.log, room.rules, room.seed, reason="somebody came or left"))


def _swap(room: Room, request: ActionRequest) -> Room:
    division = _open(room, request)
    person, other = request.name("one"), request.name("other")
    if not {person, other} <= division.practising:
        raise NotDone("Only people in a group can swap places.")
    return _kept(room, swap(division, person, other, room.rules, "exchanged quietly"))


def _undo(room: Room, request: ActionRequest) -> Room:
    """Remove today's last pairing: it did not take place."""
    log = room.log.without(_open(room, request))
    days = {session: day for session, day in room.days.items() if any(division.session == session for division in log)}
    return replace(room, log=log, days=days)


def _minutes(room: Room, request: ActionRequest) -> Room:
    return replace(room, speaking=request.number("speaking", 0.25, 60), talking=request.number("talking", 0, 60))


def _rules(room: Room, request: ActionRequest) -> Room:
    odd = request.words.get("odd", room.rules.odd)
    if odd not in get_args(Odd):
        raise NotDone("This choice for an odd number does not exist.")
    return replace(room, rules=replace(room.rules, size=int(request.number("size", 2, 6)), odd=odd))


def _apart(room: Room, request: ActionRequest) -> Room:
    wish = frozenset((_somebody(room, request.name("one")), _somebody(room, request.name("other"))))
    if len(wish) != 2:
        raise NotDone("Choose two different people.")
    return replace(room, rules=replace(room.rules, apart_hard=room.rules.apart_hard ^ {wish}))


def _somebody(room: Room, name: str) -> str:
    if name not in room.people:
        raise NotDone(f"Nobody in the list is named '{name}'.")
    return name


def _open(room: Room, request: ActionRequest) -> Division:
    division = room.open(request.today)
    if division is None:
        raise NotDone("Nobody has been paired today.")
    return division


def _kept(room: Room, division: Division) -> Room:
    sat_out = tuple(sorted(room.resting - division.practising))
    return replace(room, log=room.log.kept(replace(division, sat_out=sat_out)))


ACTIONS: dict[str, Callable[[Room, ActionRequest], Room]] = {
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
