"""Look-ahead: of the divisions that are best now, the one that leaves most for the pairings still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from pilotage.pairing.board import Board, duty_size, permitted
from pilotage.pairing.exact import any_within, bits, members
from pilotage.pairing.rough import rough_division
from pilotage.pairing.rules import contacts, sizes

# How many divisions are compared, how many futures are drawn for each, and how many pairings are played through at most
# for either purpose.
CANDIDATES = 5
FUTURES = 4
EFFORT = 100
# With so few pairings left a good plan is kept, because by it everyone comes to speak first as often.
NEAR_THE_END = 2
# The chance that somebody stays away from a session still to come. Ours; see the decision page on pairing.
AWAY = 0.1

People = tuple[int, ...]
Groups = list[int]


@dataclass(frozen=True, slots=True)
class Path:
    """A division for now, the rest of the course after it when everyone expected comes, and the repeats of that rest.

    The rest ends where everyone has met everyone.
    """

    now: Groups
    rest: list[Groups]
    repeats: int


@dataclass(frozen=True, slots=True)
class Course:
    """Where a course stands: who is divided now, and who is expected at each pairing still to come."""

    board: Board
    people: People
    remaining: Sequence[People]

    def after(self, now: Groups) -> Board:
        """Return the board after this division."""
        trial = self.board.copy()
        trial.meet(now, self.duty(self.people))
        return trial

    def duty(self, people: People) -> int:
        """Return the size of the group that has a duty."""
        return duty_size(len(people), self.board.rules)

    def contacts(self, pairings: Sequence[People]) -> int:
        """Return the number of pairs of people who meet at these pairings."""
        return sum(contacts(sizes(len(people), self.board.rules)) for people in pairings)


def best_path(course: Course, first: Groups, plan: Sequence[Groups], random: Random) -> Path:
    """Return, of the divisions as good as ``first``, the one with the fewest repeats later, also when some stay away.

    ``plan`` is how the course was to go on when the division before was made: it is not given up for anything worse.
    """
    planned = _planned(course, first, plan)
    if planned and len(course.remaining) <= NEAR_THE_END and planned[0].repeats <= _forced(course, first):
        return planned[0]
    return _sturdiest(course, _promising(course, first, planned, random), random)


def _planned(course: Course, first: Groups, plan: Sequence[Groups]) -> list[Path]:
    """Return the path of the plan where it fits those present and expected, and is as good now as any; else none."""
    expected = (course.people, *course.remaining)[: len(plan)]
    people = [tuple(sorted(person for group in groups for person in members(group))) for groups in plan]
    if not plan or people != list(expected) or _cost(course, plan[0]) > _cost(course, first):
        return []
    trial, repeats = course.after(plan[0]), 0
    for groups, later in zip(plan[1:], course.remaining, strict=False):
        repeats += trial.meet(groups, course.duty(later))
    return [Path(plan[0], list(plan[1:]), repeats + course.contacts(course.remaining[len(plan) - 1 :]))]


def _cost(course: Course, groups: Groups) -> int:
    return course.board.copy().meet(groups, 0)


def _promising(course: Course, first: Groups, planned: Sequence[Path], random: Random) -> list[Path]:
    fewest_possible = _forced(course, first)
    paths = list(planned)
    for now in _as_good(course, first, random):
        paths.append(_play(course, now, course.remaining, random))
        reached = sum(path.repeats <= fewest_possible for path in paths)
        if reached >= CANDIDATES or len(paths) * len(course.remaining) > EFFORT:
            break
    fewest = min(path.repeats for path in paths)
    return [path for path in paths if path.repeats == fewest][:CANDIDATES]


def _forced(course: Course, now: Groups) -> int:
    """Return the number of repeats that counting alone forces on the rest of the course."""
    fresh = course.after(now).fresh
    together = {pair for people in set(course.remaining) for pair in combinations(people, 2)}
    return max(0, course.contacts(course.remaining) - sum(fresh[person] >> other & 1 for person, other in together))


def _as_good(course: Course, first: Groups, random: Random) -> Iterator[Groups]:
    limit, everyone = _cost(course, first), bits(course.people)
    listed = permitted(course.board, course.people, course.board.costs, fairly=True)
    now = first
    while True:
        yield now
        now = any_within(everyone, listed, limit, random) or first


def _play(course: Course, now: Groups, remaining: Sequence[People], random: Random) -> Path:
    """Play the rest of the course, dividing well each time."""
    trial, repeats = course.after(now), 0
    rest: list[Groups] = []
    for at, people in enumerate(remaining):
        if not any(trial.fresh):
            repeats += course.contacts(remaining[at:])
            break
        groups = rough_division(trial, people, random)
        repeats += trial.meet(groups, course.duty(people))
        rest.append(groups)
    return Path(now, rest, repeats)


def _sturdiest(course: Course, paths: Sequence[Path], random: Random) -> Path:
    """Return the path with the fewest repeats over some futures in which not everyone comes."""
    if len(paths) == 1:
        return paths[0]
    drawn = max(1, min(FUTURES, EFFORT // (len(paths) * len(course.remaining))))
    futures = [[_who_come(people, random) for people in course.remaining] for _ in range(drawn)]
    repeats = [sum(_play(course, path.now, future, random).repeats for future in futures) for path in paths]
    return paths[repeats.index(min(repeats))]


def _who_come(people: People, random: Random) -> People:
    return tuple(person for person in people if random.random() >= AWAY)
