"""Divide those present: never whom the wishes forbid, duties in turn, then the fewest repeats now and later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from random import Random

from pilotage.pairing.ahead import Course, best_path
from pilotage.pairing.board import Board, best_division, board, duty_size
from pilotage.pairing.exact import LARGEST, members
from pilotage.pairing.history import History, history
from pilotage.pairing.impossible import refusal
from pilotage.pairing.large import divide_many
from pilotage.pairing.log import Division, Group, Log
from pilotage.pairing.rules import Rules
from pilotage.pairing.speakers import in_order
from pilotage.pairing.weights import weights


def divide(
    present: Collection[str],
    log: Log,
    rules: Rules,
    seed: int,
    *,
    session: int | None = None,
    pairing: int = 1,
    remaining: Sequence[Collection[str]] = (),
) -> Division:
    """Divide those present into groups, in order of speaking.

    Parameters
    ----------
    present
        Who is to be divided now, without those who sit out.
    log
        What was done before; what stands in it at this session and pairing, or later, is not looked at.
    rules
        Sizes, what is done with an odd number, and who is kept apart.
    seed
        Decides between divisions that are equally good. The same log and seed give the same division.
    session, pairing
        Where in the course this is; the session after the last of the log unless said.
    remaining
        Who is expected at each pairing still to come. Without it nothing is looked ahead for.

    Raises
    ------
    Impossible
        When the wishes, or too few people, leave no division.
    """
    place = (log.next_session if session is None else session, pairing)
    before = Log(tuple(division for division in log if division.place < place))
    past, random = history(before), seeded(seed, place)
    if len(present) > LARGEST:
        many = divide_many(present, past, rules, random)
        if many is None:
            raise refusal(present, rules)
        return as_division(place, many, past, rules, random)
    groups, plan = _divide_few(frozenset(present), before, past, rules, random, remaining)
    return as_division(place, groups, past, rules, random, plan=plan)


def seeded(seed: int, place: tuple[int, int]) -> Random:
    """Return a random generator for this place in a course, the same on every machine."""
    return Random(f"{seed}/{place[0]}/{place[1]}")


def _divide_few(
    present: Collection[str],
    log: Log,
    past: History,
    rules: Rules,
    random: Random,
    remaining: Sequence[Collection[str]],
) -> tuple[list[Group], tuple[tuple[Group, ...], ...]]:
    later = [frozenset(people) for people in remaining if len(people) > 1]
    everyone = board({*present, *(person for people in later for person in people)}, past, rules, random)
    people = everyone.numbers(present)
    best = (
        best_division(everyone, people, weights(everyone, past)) if len(people) > 1 or rules.odd == "teacher" else None
    )
    if best is None or not people:
        raise refusal(present, rules)
    if not later or max(map(len, later)) > LARGEST:
        return named(everyone, best), ()
    course = Course(everyone, people, [everyone.numbers(people) for people in later])
    path = best_path(course, best, _plan_of(log, everyone), random)
    return named(everyone, path.now), tuple(tuple(named(everyone, groups)) for groups in path.rest)


def _plan_of(log: Log, everyone: Board) -> list[list[int]]:
    """Return how the course was to go on after the last division, as bits; nothing where somebody is unknown."""
    plan = log.divisions[-1].plan if len(log) else ()
    bit = {name: 1 << number for number, name in enumerate(everyone.names)}
    if any(person not in bit for groups in plan for group in groups for person in group):
        return []
    return [[sum(bit[person] for person in group) for group in groups] for groups in plan]


def named(everyone: Board, groups: Iterable[int]) -> list[Group]:
    """Return groups of bits as groups of names."""
    return [tuple(everyone.names[person] for person in members(group)) for group in groups]


def as_division(
    place: tuple[int, int],
    groups: Sequence[Group],
    past: History,
    rules: Rules,
    random: Random,
    *,
    plan: tuple[tuple[Group, ...], ...] = (),
    kept: Sequence[Group] = (),
) -> Division:
    """Make the division, with duties, teacher and order of speaking; ``kept`` groups keep their order."""
    duty = duty_size(sum(map(len, groups)), rules)
    duties = tuple(sorted(person for group in groups if len(group) == duty for person in group))
    new = joined([group for group in groups if len(group) > 1 or rules.odd == "teacher"], rules)
    order = {frozenset(group): group for group in kept}
    fresh = [group for group in new if frozenset(group) not in order]
    spoken = (*kept, *in_order(fresh, past, [joined(later, rules) for later in plan], rules.teacher_name, random))
    alone = [group for group in groups if len(group) == 1]
    return Division(
        *place,
        groups=tuple(sorted(spoken, key=lambda group: (len(group), sorted(group)))),
        observers=() if rules.odd == "teacher" else tuple(person for (person,) in alone),
        duties=duties,
        teacher=rules.teacher_name if alone and rules.odd == "teacher" else "",
        plan=plan,
    )


def joined(groups: Iterable[Group], rules: Rules) -> list[Group]:
    """Return the groups, with the teacher beside whoever would be alone where the teacher joins."""
    if rules.odd != "teacher":
        return list(groups)
    return [group if len(group) > 1 else (*group, rules.teacher_name) for group in groups]
