"""Changes after a division was published: as few groups as possible, or what the teacher chooses, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pilotage.pairing.board import Board, board, permitted
from pilotage.pairing.divide import as_division, divide, named, seeded
from pilotage.pairing.exact import LARGEST, Choices, bits, cheapest
from pilotage.pairing.history import History, history
from pilotage.pairing.impossible import Impossible, refusal
from pilotage.pairing.log import Change, Division, Group, Log
from pilotage.pairing.rules import Rules
from pilotage.pairing.weights import weights

# A published group that is broken up outweighs duties and everything else.
BROKEN = 1 << 140
_NOT_SO = "This change cannot be made. Please ask the coordinator."


def repair(
    division: Division, present: Collection[str], log: Log, rules: Rules, seed: int, *, reason: str = ""
) -> Division:
    """Divide those present now, keeping as many of the published groups as possible, in their order of speaking.

    Raises
    ------
    Impossible
        When those present cannot be divided.
    """
    before = Log(tuple(earlier for earlier in log if earlier.place < division.place))
    past, random = history(before), seeded(seed, division.place)
    published = _published(division)
    if len(present) > LARGEST:
        groups = _repaired_many(published, frozenset(present), before, rules, seed)
    else:
        everyone = board(present, past, rules, random)
        numbered = _keeping(everyone, published, past)
        if numbered is None or not present:
            raise refusal(present, rules)
        groups = named(everyone, numbered)
    kept = [group for group in division.groups if frozenset(group) - {division.teacher} in set(map(frozenset, groups))]
    new = as_division(division.place, groups, past, rules, random, kept=kept)
    return _noted(division, replace(new, sat_out=tuple(sorted(set(division.sat_out) - set(present)))), reason)


def sit_out(division: Division, people: Collection[str], log: Log, rules: Rules, seed: int) -> Division:
    """Divide without these people, who are present but do not practise; no reason is asked."""
    left = division.practising - frozenset(people)
    sat_out = tuple(sorted({*division.sat_out, *people}))
    return replace(repair(division, left, log, rules, seed), sat_out=sat_out)


def swap(division: Division, first: str, second: str, rules: Rules, reason: str) -> Division:
    """Exchange two people between their groups, as the teacher chose."""
    exchanged = {first: second, second: first}
    groups = [tuple(exchanged.get(person, person) for person in group) for group in division.groups]
    return override(division, groups, rules, reason, observers=[exchanged.get(p, p) for p in division.observers])


def override(
    division: Division, groups: Sequence[Group], rules: Rules, reason: str, *, observers: Collection[str] = ()
) -> Division:
    """Make the teacher's own groups of the same people, kept with the reason.

    Raises
    ------
    Impossible
        When two people are together whom a wish keeps apart: a teacher learns that it cannot be, not why.
    """
    people = [person for group in groups for person in group if person != rules.teacher_name] + list(observers)
    if sorted(people) != sorted(division.practising):
        raise ValueError("An override divides the same people, each of them once.")
    together = [wish for wish in rules.apart_hard for group in groups if wish <= frozenset(group)]
    if together:
        pairs = ", ".join(" and ".join(sorted(wish)) for wish in together)
        raise Impossible(f"The change puts {pairs} together, who are to be kept apart.", together, _NOT_SO)
    teacher = rules.teacher_name if any(rules.teacher_name in group for group in groups) else ""
    new = replace(
        division, groups=tuple(groups), observers=tuple(observers), teacher=teacher, changes=division.changes,
        duties=_duties(groups, observers, teacher, rules), plan=(),
    )  # fmt: skip
    return _noted(division, new, reason, by_teacher=True)


def _duties(groups: Sequence[Group], observers: Collection[str], teacher: str, rules: Rules) -> tuple[str, ...]:
    if rules.size > 2:
        return ()
    odd = [person for group in groups if len(group) == 3 or (teacher and teacher in group) for person in group]
    return tuple(sorted({*odd, *observers} - {teacher}))


def _published(division: Division) -> list[frozenset[str]]:
    alone = [frozenset((person,)) for person in division.observers]
    return [*(frozenset(group) for group in division.of_people()), *alone]


def _noted(published: Division, new: Division, reason: str, *, by_teacher: bool = False) -> Division:
    after = _published(new)
    changed = sum(group not in after for group in _published(published))
    return replace(new, changes=(*published.changes, Change(changed, reason, by_teacher=by_teacher)))


def _keeping(everyone: Board, published: Sequence[Collection[str]], past: History) -> list[int] | None:
    """Return the division that breaks the fewest published groups, and the best of those."""
    people = tuple(range(len(everyone.names)))
    kept = {bits(everyone.numbers(group)) for group in published if set(group) <= set(everyone.names)}
    listed = permitted(everyone, people, weights(everyone, past), fairly=False)
    return cheapest(bits(people), [_dearer(size, kept) for size in listed]) if people else None


def _dearer(size: Choices, kept: Collection[int]) -> Choices:
    """Price every group that was not published above anything else."""
    priced = ([(group, cost + BROKEN * (group not in kept)) for group, cost in groups] for groups in size.by_lowest)
    return Choices(size.wanted, [sorted(groups, key=lambda priced_group: priced_group[1]) for groups in priced])


def _repaired_many(
    published: Sequence[frozenset[str]], present: frozenset[str], log: Log, rules: Rules, seed: int
) -> list[Group]:
    """Keep every whole group and divide the others anew, breaking up one more group until it can be done."""
    whole = sorted((group for group in published if group <= present and len(group) == rules.size), key=sorted)
    while True:
        others = present.difference(*whole)
        try:
            new = divide(others, log, rules, seed) if others else Division(0, 0, ())
        except Impossible:
            if not whole:
                raise
            whole.pop()
        else:
            return [
                *(tuple(sorted(group)) for group in whole),
                *new.of_people(),
                *((person,) for person in new.observers),
            ]
