"""Which small counts of people are withheld from what leaves the team, so that a total does not give them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pilotage.analysis.results import ArmFlow, CodedComments, Described, Reactions, Results, Summary


def withheld(counts: Mapping[str, int | None], below: int) -> frozenset[str]:
    """Which counts are withheld: those from 1 to ``below`` - 1, and one more where a single gap could be filled.

    A lone gap is the total less the rest. So the smallest other count above nought goes too.
    """
    known = {name: n for name, n in counts.items() if n is not None}
    small = {name for name, n in known.items() if 0 < n < below}
    others = [name for name, n in known.items() if n >= below]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda name: known[name]))
    return frozenset(small)


def shareable(results: Results, below: int) -> Results:
    """The same results with small counts that describe people withheld (None), and no single person's value.

    Answers about the course, numerators of indicators and the flow stay: they describe the course.
    """
    return replace(
        results,
        baseline=_baseline(results.baseline, below),
        flow=tuple(_flow(arm, below) for arm in results.flow),
        reactions=tuple(_reactions(arm, below) for arm in results.reactions),
        comments=tuple(_comments(item, below) for item in results.comments),
    )


def _left(counts: Mapping[str, int | None], below: int) -> dict[str, int | None]:
    gone = withheld(counts, below)
    return {name: None if name in gone else n for name, n in counts.items()}


def _baseline(described: Sequence[Described], below: int) -> tuple[Described, ...]:
    found = [replace(d, counts=_left(d.counts, below), summary=_no_ends(d)) for d in described]
    # The total less one arm is the other arm: with anything withheld in an arm, the total is withheld too.
    open_ = {d.item for d in found if d.group != "all" and None in d.counts.values()}
    return tuple(
        replace(d, counts=dict.fromkeys(d.counts)) if d.group == "all" and d.item in open_ else d for d in found
    )


def _no_ends(described: Described) -> Summary | None:
    """The smallest and the largest value are single persons."""
    return replace(described.summary, low=None, high=None) if described.summary else None


def _flow(arm: ArmFlow, below: int) -> ArmFlow:
    why = _left(arm.left_course_why, below), _left(arm.left_study_why, below)
    return replace(arm, left_course_why=why[0], left_study_why=why[1])


def _reactions(arm: Reactions, below: int) -> Reactions:
    return replace(
        arm,
        by_kind=_left(arm.by_kind, below),
        by_severity=_left(arm.by_severity, below),
        by_ascertainment=_left(arm.by_ascertainment, below),
        by_relatedness=_left(arm.by_relatedness, below),
    )


def _comments(item: CodedComments, below: int) -> CodedComments:
    return replace(item, by_code=_left(item.by_code, below))
