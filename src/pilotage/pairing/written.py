"""Reads a course as a person writes it on the command line, and says everything that is wrong with it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pilotage.pairing.course import present_at
from pilotage.pairing.impossible import possible, refusal
from pilotage.pairing.rules import Rules
from pilotage.problems import Kind, Problem, did_you_mean, kind, refuse

TWICE = kind("PAIR-001", "A person is named twice, or not at all")
UNKNOWN = kind("PAIR-002", "Somebody is named who is not in the group")
WRITTEN = kind("PAIR-003", "An option cannot be read")
NO_SUCH_SESSION = kind("PAIR-004", "A session is named that the course does not have")
OUT_OF_RANGE = kind("PAIR-005", "A number is too small or too large")
NOT_POSSIBLE = kind("PAIR-006", "Those present cannot be divided")
TEACHERS_NAME = kind("PAIR-007", "A person has the name that stands for the teacher")


@dataclass(frozen=True, slots=True)
class Asked:
    """A course to be planned, as it was asked for."""

    people: tuple[str, ...]
    sessions: int
    pairings: int
    absent: Mapping[int, frozenset[str]]
    rules: Rules


@dataclass
class _Reading:
    people: tuple[str, ...]
    sessions: int
    problems: list[Problem]

    def wrong(self, kind: Kind, option: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(kind, message, remedy, path=option))

    def parts(self, option: str, written: str, like: str) -> Iterator[tuple[str, str]]:
        """The two halves of each part that can be read."""
        for part in filter(None, _listed(written)):
            one, colon, other = (half.strip() for half in part.partition(":"))
            if colon and one and other and ":" not in other:
                yield one, other
            else:
                self.wrong(
                    WRITTEN, option, f"'{part}' is not two things with a colon between.", f"Write it like {like}."
                )

    def known(self, option: str, person: str) -> bool:
        """Whether somebody of this name is in the group."""
        if person in self.people:
            return True
        message = f"'{person}' is not one of the {len(self.people)} people.{did_you_mean(person, self.people)}"
        self.wrong(UNKNOWN, option, message, "Correct the name, or add it to --people.")
        return False


def read(people: str, sessions: int, pairings: int, absent: str, apart: str, rules: Rules) -> Asked:
    """The course that is asked for.

    Raises
    ------
    ProblemsFound
        With everything that cannot be read, or else every session in which those present cannot be divided.
    """
    reading = _Reading(tuple(filter(None, _listed(people))), sessions, [])
    _people(reading, people, rules)
    _numbers(reading, pairings)
    away, wishes = _absent(reading, absent), _apart(reading, apart)
    refuse(reading.problems)
    asked = Asked(reading.people, sessions, pairings, away, replace(rules, apart_hard=frozenset(wishes)))
    refuse(_impossible(asked))
    return asked


def _listed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",")]


def _people(reading: _Reading, written: str, rules: Rules) -> None:
    for person, times in Counter(_listed(written)).items():
        if not person:
            reading.wrong(TWICE, "--people", "Between two commas nobody is named.", "Take one of the commas out.")
        elif times > 1:
            remedy = "Name everybody once; two of the same name need a letter more."
            reading.wrong(TWICE, "--people", f"'{person}' is named {times} times.", remedy)
        elif ":" in person:
            reading.wrong(WRITTEN, "--people", f"'{person}' has a colon in it.", "Use names without colons.")
        elif person == rules.teacher_name:
            message = f"'{person}' stands for the teacher who joins a pair, and is the name of a person too."
            reading.wrong(TEACHERS_NAME, "--people", message, "Give the person another name.")


def _numbers(reading: _Reading, pairings: int) -> None:
    for option, value, most in (("--sessions", reading.sessions, 200), ("--pairings", pairings, 20)):
        if not 1 <= value <= most:
            reading.wrong(OUT_OF_RANGE, option, f"{value} is not between 1 and {most}.", f"Give 1 to {most}.")


def _absent(reading: _Reading, written: str) -> dict[int, frozenset[str]]:
    away: dict[int, set[str]] = {}
    for person, session in reading.parts("--absent", written, "P03:2, a person and a session"):
        known = reading.known("--absent", person)
        if not (session.isascii() and session.isdigit()):
            remedy = "Give the session's number, as in P03:2."
            reading.wrong(WRITTEN, "--absent", f"'{session}' is not the number of a session.", remedy)
        elif not 1 <= int(session) <= reading.sessions:
            message = f"'{person}' is said to be away from session {session}; there are {reading.sessions}."
            reading.wrong(NO_SUCH_SESSION, "--absent", message, "Correct it, or give more --sessions.")
        elif known:
            away.setdefault(int(session), set()).add(person)
    return {session: frozenset(people) for session, people in away.items()}


def _apart(reading: _Reading, written: str) -> list[frozenset[str]]:
    wishes = []
    for one, other in reading.parts("--apart", written, "P01:P02, two people"):
        known = [reading.known("--apart", person) for person in dict.fromkeys((one, other))]
        if one == other:
            reading.wrong(WRITTEN, "--apart", f"'{one}' is to be kept apart from '{one}'.", "Name two people.")
        elif all(known):
            wishes.append(frozenset((one, other)))
    return wishes


def _impossible(asked: Asked) -> Sequence[Problem]:
    """One problem for each reason, with the sessions that it holds for."""
    reasons: dict[tuple[str, str], list[str]] = {}
    rooms = present_at(asked.people, asked.sessions, asked.absent)
    said = {room: _why(room, asked.rules) for room in set(rooms)}
    for session, room in enumerate(rooms, start=1):
        if why := said[room]:
            reasons.setdefault(why, []).append(str(session))
    return [Problem(NOT_POSSIBLE, *why, path=_said(sessions)) for why, sessions in reasons.items()]


def _why(room: frozenset[str], rules: Rules) -> tuple[str, str] | None:
    if possible(room, rules):
        return None
    found = refusal(room, rules)
    few = "Have more people come, or leave the session out."
    return (
        found.for_coordinator,
        "Lift a wish, choose another --odd or --size, or leave the session out." if found.wishes else few,
    )


def _said(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"session {numbers[0]}"
    return f"sessions {', '.join(numbers[:-1])} and {numbers[-1]}"
