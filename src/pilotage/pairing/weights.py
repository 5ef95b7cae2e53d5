"""What a meeting of two weighs, in order: repeats and soft wishes, times, how recently, partners, speaking."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.pairing.board import Board
from pilotage.pairing.exact import FORBIDDEN
from pilotage.pairing.history import History, key


def weights(board: Board, past: History) -> list[list[int]]:
    """Return whole-number weights: a difference in an earlier term outweighs all later terms together."""
    partners = past.partners()
    most = max(partners.values(), default=0) + 1
    widest = 2 * max(map(abs, past.ahead.values()), default=0)

    def terms(person: str, other: str, cost: int) -> tuple[int, ...]:
        pair = key(person, other)
        times = past.met[pair]
        # People who have met few should meet somebody new: a repeat is as bad for them as for whoever met the most.
        fair = 2 * most if times else partners[person] + partners[other]
        # Somebody who often spoke first and somebody who did not can make it up to each other.
        alike = widest - abs(past.ahead[person] - past.ahead[other])
        return cost, times, past.last.get(pair, 0) ** 2, fair, alike

    rows = [
        [
            None if cost >= FORBIDDEN else terms(person, other, cost)
            for other, cost in zip(board.names, row, strict=True)
        ]
        for person, row in zip(board.names, board.costs, strict=True)
    ]
    shifts = _shifts([terms for row in rows for terms in row if terms], len(board.names) ** 2)
    return [[FORBIDDEN if cell is None else _sum(cell, shifts) for cell in row] for row in rows]


def _shifts(cells: Sequence[tuple[int, ...]], meetings: int) -> list[int]:
    """Return how far each term is shifted, so that this many meetings of the later terms cannot reach it."""
    shifts, shift = [0], 0
    for at in (4, 3, 2, 1):
        shift += (meetings * max((cell[at] for cell in cells), default=0)).bit_length()
        shifts.append(shift)
    return shifts[::-1]


def _sum(cell: tuple[int, ...], shifts: Sequence[int]) -> int:
    return sum(term << shift for term, shift in zip(cell, shifts, strict=True))
