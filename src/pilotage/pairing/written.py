"""Read a course as a person types it on the command line, and list everything that is wrong at once."""

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
class CourseRequest:
    """A course to be planned, as the command line describes it."""

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
        """Yield the two halves of each part that can be read."""
        for part in filter(None, _listed(written)):
            first, colon, second = (half.strip() for half in part.partition(":"))
            if colon and first and second and ":" not in second:
                yield first, second
            else:
                self.wrong(
                    WRITTEN, option, f"'{part}' is not two parts with a colon between them.", f"Write it as {like}."
                )

    def known(self, option: str, person: str) -> bool:
        """Return whether somebody of this name is in the group; else note the problem."""
        if person in self.people:
            return True
        message = f"'{person}' is not one of the {len(self.people)} people.{did_you_mean(person, self.people)}"
        self.wrong(UNKNOWN, option, message, "Correct the name, or add it to --people.")
        return False


def read(people: str, sessions: int, pairings: int, absent: str, apart: str, rules: Rules) -> CourseRequest:
    """Read the course from the command line's options.

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
    course = CourseRequest(reading.people, sessions, pairings, away, replace(rules, apart_hard=frozenset(wishes)))
    refuse(_impossible(course))
    return course


def _listed(written: str) -> list[str]:
    return [part.strip() for part in written.split(",")]


def _people(reading: _Reading, written: str, rules: Rules) -> None:
    for person, times in Counter(_listed(written)).items():
        if not person:
            reading.wrong(TWICE, "--people", "There is no name between two commas.", "Remove one of the commas.")
        elif times > 1:
            remedy = "Name everybody once. Add a letter where two people have the same name."
            reading.wrong(TWICE, "--people", f"'{person}' is named {times} times.", remedy)
        elif ":" in person:
            reading.wrong(WRITTEN, "--people", f"'{person}' contains a colon.", "Use names without colons.")
        elif person == rules.teacher_name:
            message = f"'{person}' stands for the teacher who joins a pair, and is also the name of a person."
            reading.wrong(TEACHERS_NAME, "--people", message, "Give the person another name.")


def _numbers(reading: _Reading, pairings: int) -> None:
    for option, value, most in (("--sessions", reading.sessions, 200), ("--pairings", pairings, 20)):
        if not 1 <= value <= most:
            remedy = f"Give a number from 1 to {most}."
            reading.wrong(OUT_OF_RANGE, option, f"{value} is not between 1 and {most}.", remedy)


def _absent(reading: _Reading, written: str) -> dict[int, frozenset[str]]:
    away: dict[int, set[str]] = {}
    for person, session in reading.parts("--absent", written, "P03:2, a person and a session"):
        known = reading.known("--absent", person)
        if not (session.isascii() and session.isdigit()):
            remedy = "Give the session's number, as in P03:2."
            reading.wrong(WRITTEN, "--absent", f"'{session}' is not the number of a session.", remedy)
        elif not 1 <= int(session) <= reading.sessions:
            message = f"'{person}' is marked absent from session {session}. The last session is {reading.sessions}."
            remedy = "Correct the session number, or give a higher --sessions."
            reading.wrong(NO_SUCH_SESSION, "--absent", message, remedy)
        elif known:
            away.setdefault(int(session), set()).add(person)
    return {session: frozenset(people) for session, people in away.items()}


def _apart(reading: _Reading, written: str) -> list[frozenset[str]]:
    wishes = []
    for person, other in reading.parts("--apart", written, "P01:P02, two people"):
        known = [reading.known("--apart", name) for name in dict.fromkeys((person, other))]
        if person == other:
            message = f"'{person}' is to be kept apart from '{person}'."
            reading.wrong(WRITTEN, "--apart", message, "Name two different people.")
        elif all(known):
            wishes.append(frozenset((person, other)))
    return wishes


def _impossible(course: CourseRequest) -> Sequence[Problem]:
    """Return one problem for each reason, with the sessions that it holds for."""
    reasons: dict[tuple[str, str], list[str]] = {}
    rooms = present_at(course.people, course.sessions, course.absent)
    why_not = {room: _why(room, course.rules) for room in set(rooms)}
    for session, room in enumerate(rooms, start=1):
        if why := why_not[room]:
            reasons.setdefault(why, []).append(str(session))
    return [Problem(NOT_POSSIBLE, *why, path=_session_numbers(sessions)) for why, sessions in reasons.items()]


def _why(room: frozenset[str], rules: Rules) -> tuple[str, str] | None:
    if possible(room, rules):
        return None
    impossible = refusal(room, rules)
    few = "Have more people come, or leave the session out."
    return (
        impossible.for_coordinator,
        "Lift a wish, choose another --odd or --size, or leave the session out." if impossible.wishes else few,
    )


def _session_numbers(numbers: Sequence[str]) -> str:
    if len(numbers) == 1:
        return f"session {numbers[0]}"
    return f"sessions {', '.join(numbers[:-1])} and {numbers[-1]}"
