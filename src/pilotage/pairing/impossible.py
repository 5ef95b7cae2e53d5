"""When no division is possible: the wishes that prevent it, for the coordinator; whom to ask, for the teacher."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import get_args

from pilotage.pairing.exact import FORBIDDEN, LARGEST, any_within, bits, choices
from pilotage.pairing.large import possible_for_many
from pilotage.pairing.rules import Odd, Rules, Wish, sizes

FOR_TEACHER = "These people cannot be divided. Please ask the coordinator."
_WAYS: dict[Odd, str] = {
    "triad": "with a group of three", "teacher": "with the teacher in a pair", "observer": "with one person observing",
}  # fmt: skip


class Impossible(Exception):  # noqa: N818 - it is not an error of ours, it is how things are in the room
    """Those present cannot be divided by the rules.

    ``for_coordinator`` explains it and names people; ``for_teacher`` must not, and says whom to ask. ``wishes`` are
    those that make it impossible.
    """

    def __init__(self, for_coordinator: str, wishes: Iterable[Wish] = (), for_teacher: str = FOR_TEACHER) -> None:
        super().__init__(for_teacher)
        self.for_coordinator = for_coordinator
        self.for_teacher = for_teacher
        self.wishes = tuple(sorted((min(wish), max(wish)) for wish in wishes))


def refusal(present: Collection[str], rules: Rules) -> Impossible:
    """Explain why those present cannot be divided."""
    if not possible(present, replace(rules, apart_hard=frozenset())):
        return Impossible(*_too_few(len(present)))
    wishes = needed_wishes(present, rules)
    leave = "The wish to keep apart {} leaves" if len(wishes) == 1 else "The wishes to keep apart {} leave"
    why = f"{leave.format(_named(wishes))} no way to divide the {len(present)} people present."
    return Impossible(f"{why} {_what_helps(present, rules, wishes)}{_other_ways(present, rules)}", wishes)


def _what_helps(present: Collection[str], rules: Rules, wishes: Collection[Wish]) -> str:
    enough = [wish for wish in wishes if possible(present, replace(rules, apart_hard=rules.apart_hard - {wish}))]
    if len(wishes) == 1:
        return "Lifting it makes it possible." if enough else "Lifting it alone is not enough."
    if len(enough) == len(wishes):
        return "Lifting any one of them makes it possible."
    if enough:
        return f"Lifting one makes it possible: {_named(enough, ' or ')}."
    return "Lifting one of them is not enough."


def _named(wishes: Iterable[Wish], between: str = ", ") -> str:
    return between.join(f"{person} and {other}" for person, other in sorted(map(sorted, wishes)))


def _too_few(people: int) -> tuple[str, tuple[Wish, ...], str]:
    who = (
        "Nobody is present." if not people else f"Only {people} {'person is' if people == 1 else 'people are'} present."
    )
    sentence = f"{who} That is too few to divide."
    return sentence, (), sentence


def _other_ways(present: Collection[str], rules: Rules) -> str:
    if rules.size > 2 or len(present) % 2 == 0:
        return ""
    others = [odd for odd in get_args(Odd) if odd != rules.odd and possible(present, replace(rules, odd=odd))]
    return f" No wish has to be lifted {' or '.join(_WAYS[odd] for odd in others)}." if others else ""


def needed_wishes(present: Collection[str], rules: Rules) -> frozenset[Wish]:
    """Return the wishes that leave no division: a smallest set of them, or several such sets side by side."""
    open_, needed_at_all = {wish for wish in rules.apart_hard if wish <= frozenset(present)}, set()
    while not possible(present, replace(rules, apart_hard=frozenset(open_))):
        needed = set(open_)
        for wish in sorted(open_, key=sorted):
            if not possible(present, replace(rules, apart_hard=frozenset(needed - {wish}))):
                needed.discard(wish)
        needed_at_all |= needed
        open_ -= needed
    return frozenset(needed_at_all)


def possible(present: Collection[str], rules: Rules) -> bool:
    """Return whether there is any division that the wishes permit."""
    if len(present) > LARGEST:
        return possible_for_many(sorted(present), rules)
    names = sorted(present)
    costs = [[FORBIDDEN * (frozenset((person, other)) in rules.apart_hard) for other in names] for person in names]
    people = range(len(names))
    listed = [choices(count, combinations(people, size), costs) for size, count in sizes(len(names), rules)]
    return bool(names) and any_within(bits(people), listed, 0, Random(0)) is not None
