"""How people are divided: the size of groups, what happens with an odd number, and who is kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Odd = Literal["triad", "teacher", "observer"]
Wish = frozenset[str]
Sizes = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a division; wishes are unordered pairs of people.

    ``apart_hard`` is never broken, not inside a triad or a larger group either. ``apart_soft`` counts as two repeats.
    ``odd`` says what is done in pairs (``size`` 2) when the number of people is odd: one triad, one pair with the
    teacher, or one observer.
    """

    size: int = 2
    odd: Odd = "triad"
    apart_hard: frozenset[Wish] = frozenset()
    apart_soft: frozenset[Wish] = frozenset()
    teacher_name: str = "teacher"

    def __post_init__(self) -> None:
        if self.size < 2:
            raise ValueError(f"A group has at least 2 people, not {self.size}.")
        if self.odd not in get_args(Odd):
            raise ValueError(f"'{self.odd}' is not one of {', '.join(get_args(Odd))}.")
        object.__setattr__(self, "apart_hard", _pairs(self.apart_hard))
        object.__setattr__(self, "apart_soft", _pairs(self.apart_soft))


def _pairs(wishes: Iterable[Iterable[str]]) -> frozenset[Wish]:
    pairs = frozenset(frozenset(wish) for wish in wishes)
    if wrong := [sorted(wish) for wish in pairs if len(wish) != 2]:
        raise ValueError(f"Two different people are kept apart, not {wrong[0]}.")
    return pairs


def sizes(people: int, rules: Rules) -> Sizes:
    """Return how many groups of each size this many people make, larger groups first.

    A 1 stands for someone who practises with the teacher, or observes. Pairs have at most one such duty; in larger
    groups sizes differ by at most one, and nobody is left in a pair where it can be helped.
    """
    if rules.size > 2:
        return _even(people, _count(people, rules.size))
    if people % 2 == 0:
        return ((2, people // 2),) if people else ()
    if rules.odd == "triad":
        return _some((3, 1), (2, (people - 3) // 2)) if people >= 3 else ()
    return _some((2, people // 2), (1, 1)) if people > 1 or rules.odd == "teacher" else ()


def _count(people: int, size: int) -> int:
    more, fewer = -(-people // size), people // size
    if people // max(more, 1) >= 3 or not fewer:
        return more
    return fewer if -(-people // fewer) <= size + 1 else more


def _even(people: int, groups: int) -> Sizes:
    small, larger = divmod(people, groups) if groups else (0, 0)
    return _some((small + 1, larger), (small, groups - larger)) if small >= 2 else ()


def _some(*counted: tuple[int, int]) -> Sizes:
    return tuple((size, count) for size, count in counted if count)


def contacts(division: Sizes) -> int:
    """Return how many pairs of people meet in groups of these sizes."""
    return sum(count * size * (size - 1) // 2 for size, count in division)
