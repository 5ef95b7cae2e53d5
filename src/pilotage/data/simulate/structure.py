"""Which items of an instrument go together: facets stand in the same scales, domains in any, a top scale in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pilotage.instruments.definition import Instrument, Scale


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """How one item enters a scale's score: with which share, and turned round (-1) or not (1)."""

    share: float
    direction: int


@dataclass(frozen=True)
class Facet:
    """Items that stand in exactly the same scales; the own scale is the one made of these items and no others."""

    items: tuple[int, ...]
    own: tuple[Scale, ...]


@dataclass(frozen=True)
class ItemDomain:
    """Facets tied together by scales that hold several of them; the top scale holds all, where there is one."""

    facets: tuple[Facet, ...]
    top: Scale | None
    whole: tuple[Scale, ...]
    """The scales made of all items of the domain."""

    @property
    def items(self) -> tuple[int, ...]:
        """The numbers of the domain's items, facet by facet."""
        return tuple(n for facet in self.facets for n in facet.items)

    @property
    def improves(self) -> int:
        """1 when a higher top scale is better, -1 when a lower one is."""
        return -1 if self.top is not None and self.top.better == "lower" else 1


def entries(instrument: Instrument, scale: Scale, share: float = 1.0, direction: int = 1) -> dict[int, ScoreEntry]:
    """Return how each item enters a scale, through composites and scales that are turned round."""
    share *= scale.times
    if not scale.of:
        items = instrument.items_of(scale)
        turned = set(instrument.reversed_in(scale))
        each = share if scale.sums else share / len(items)
        return {n: ScoreEntry(each, -direction if n in turned else direction) for n in items}
    each = share if scale.sums else share / len(scale.of)
    by_item: dict[int, ScoreEntry] = {}
    for part in scale.of:
        way = -direction if part in scale.reverse_scales else direction
        by_item |= entries(instrument, instrument.scale(part), each, way)
    return by_item


def domains(instrument: Instrument) -> tuple[ItemDomain, ...]:
    """Return the instrument's domains in the order of its scales; an instrument without scales has none."""
    items = {scale.id: frozenset(instrument.items_of(scale)) for scale in instrument.scales}
    facets = _facets(instrument, items)
    groups: list[set[int]] = []
    for held in items.values():
        joined = [group for group in groups if group & held]
        groups = [group for group in groups if not group & held] + [set(held).union(*joined)]
    return tuple(_domain(instrument, items, facets, group) for group in groups)


def _facets(instrument: Instrument, items: dict[str, frozenset[int]]) -> list[Facet]:
    signatures: dict[frozenset[str], list[int]] = {}
    for n in range(1, instrument.items + 1):
        held_by = frozenset(scale for scale, numbers in items.items() if n in numbers)
        if held_by:
            signatures.setdefault(held_by, []).append(n)
    return [Facet(tuple(numbers), _made_of(instrument, items, numbers)) for numbers in signatures.values()]


def _domain(
    instrument: Instrument, items: dict[str, frozenset[int]], facets: list[Facet], group: set[int]
) -> ItemDomain:
    inside = tuple(facet for facet in facets if set(facet.items) <= group)
    whole = _made_of(instrument, items, group)
    return ItemDomain(inside, whole[0] if whole else None, whole)


def _made_of(instrument: Instrument, items: dict[str, frozenset[int]], numbers: Iterable[int]) -> tuple[Scale, ...]:
    wanted = frozenset(numbers)
    return tuple(scale for scale in instrument.scales if items[scale.id] == wanted)
