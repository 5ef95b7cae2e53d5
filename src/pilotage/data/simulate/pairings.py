"""Who practised with whom: the circle method, so that partners return only when everyone has been met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotage.data.simulate.people import Person
from pilotage.protocol.programme import Programme


def circle(people: Sequence[str], turn: int) -> list[tuple[str, ...]]:
    """The division of people into pairs at a turn of the circle; an odd one out makes a pair of three.

    Examples
    --------
    >>> circle(["a", "b", "c", "d"], 0), circle(["a", "b", "c", "d"], 1)
    ([('a', 'd'), ('b', 'c')], [('a', 'c'), ('d', 'b')])
    >>> circle(["a", "b", "c"], 0)
    [('b', 'c', 'a')]
    """
    if len(people) < 2:
        return []
    seats: list[str | None] = [*people, *([None] if len(people) % 2 else [])]
    fixed, ring = seats[0], seats[1:]
    turned = [fixed, *ring[-(turn % len(ring)) or len(ring) :], *ring[: -(turn % len(ring)) or len(ring)]]
    half = len(turned) // 2
    facing = zip(turned[:half], reversed(turned[half:]), strict=True)
    groups = [tuple(name for name in pair if name is not None) for pair in facing]
    alone = [group for group in groups if len(group) == 1]
    pairs: list[tuple[str, ...]] = [group for group in groups if len(group) == 2]
    if alone:
        pairs[-1] = (*pairs[-1], *alone[0])
    return pairs


def pairings(
    everyone: Sequence[Person],
    held: Sequence[dict[str, Any]],
    attended: Sequence[dict[str, Any]],
    programme: Programme,
) -> list[dict[str, Any]]:
    """The rows of the pairings table: one division for each block in pairs of each session that took place."""
    if programme.pairing is None:
        return []
    blocks = sum(block.in_ == "pairs" for block in programme.blocks)
    cohort = {person.code: person.group.id for person in everyone}
    rows = []
    for session in held:
        there = [a["participant"] for a in attended if a["session"] == session["session"] and a["minutes"] is not None
                 and cohort[a["participant"]] == session["cohort"]]  # fmt: skip
        for block in range(blocks):
            turn = (session["session"] - 1) * blocks + block
            rows += _rows(session, block + 1, circle(there, turn), turn)
    return rows


def _rows(session: dict[str, Any], pairing: int, groups: list[tuple[str, ...]], turn: int) -> list[dict[str, Any]]:
    """Who speaks first changes from one division to the next."""
    return [
        {
            "cohort": session["cohort"],
            "session": session["session"],
            "pairing": pairing,
            "group": g,
            "participant": name,
            "role_order": (k + turn) % len(group) + 1,
        }
        for g, group in enumerate(groups, 1)
        for k, name in enumerate(group)
    ]
