"""Arms in an order that chance made beforehand: blocked, by stratum, provable afterwards and unknown before."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_SEALED_LENGTH = 64

Slots: TypeAlias = "Mapping[str, Sequence[Slot]]"


@dataclass(frozen=True)
class Slot:
    """One place of a sequence: the block it lies in, and the arm."""

    block: int
    arm: str


def draw(seed: str, ratio: Mapping[str, int], blocks: Sequence[int], strata: Sequence[str], length: int) -> Slots:
    """Draw sequences of at least ``length`` places, one for each stratum; the same seed gives the same ones.

    Parameters
    ----------
    seed : str
    ratio : mapping
        How many to each arm: ``{"training": 2, "control": 1}``.
    blocks : sequence of int
        Sizes of the blocks, drawn at random among these; each a multiple of the ratio's sum. Without any, each place
        is drawn on its own.
    strata : sequence of str
        Names of the strata; ``[""]`` where there are none.

    Raises
    ------
    ValueError
        When a block cannot hold the ratio.
    """
    share = sum(ratio.values())
    unfit = [size for size in blocks if size <= 0 or size % share]
    if unfit:
        raise ValueError(
            f"A block of {unfit[0]} cannot hold the ratio {dict(ratio)}: it must be a multiple of {share}."
        )
    return {stratum: tuple(_one(f"{seed}/{stratum}", ratio, blocks, length)) for stratum in strata}


def commitment(seed: str, slots: Slots) -> str:
    """Return what can be shown beforehand and proves the sequences later; its seed keeps them from being guessed."""
    return hashlib.sha256(written(seed, slots)).hexdigest()


def written(seed: str, slots: Slots) -> bytes:
    """Return seed and sequences as they are kept under seal, and as the commitment is taken of them."""
    arms = {stratum: [[slot.block, slot.arm] for slot in rows] for stratum, rows in slots.items()}
    return json.dumps({"seed": seed, "sequences": arms}, sort_keys=True, separators=(",", ":")).encode()


def padded(arm: str) -> bytes:
    """Pad an arm to one length for all, for the length of what is sealed would tell it."""
    return arm.encode().ljust(_SEALED_LENGTH)


def unpadded(content: bytes) -> str:
    """Strip the padding and return the arm."""
    return content.decode().rstrip()


def _one(seed: str, ratio: Mapping[str, int], blocks: Sequence[int], length: int) -> Iterator[Slot]:
    # Seeded by a text, the generator gives the same numbers on every machine and in every version of Python.
    chance = random.Random(seed)
    arms = [arm for arm, weight in sorted(ratio.items()) for _ in range(weight)]
    made = 0
    for block in itertools.count(1):
        if made >= length:
            return
        size = chance.choice(blocks) if blocks else 1
        content = arms * (size // len(arms)) if blocks else [chance.choice(arms)]
        chance.shuffle(content)
        yield from (Slot(block, arm) for arm in content)
        made += size
