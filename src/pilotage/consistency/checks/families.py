"""Families of tests: which survive an adjustment, and whether that hangs on rounding or on the family's size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pilotage.consistency.f_range import f_ranges, together
from pilotage.consistency.finding import Finding
from pilotage.consistency.number_format import p_range, p_text
from pilotage.consistency.paper import PrintedFamily, Test
from pilotage.formatting import bounded, listed, plural
from pilotage.stats.distributions import f_sf
from pilotage.stats.multiplicity import benjamini_hochberg, holm

Adjustment = Callable[[Sequence[float]], list[float]]
PRange = tuple[float, float, float]

METHODS: dict[str, Adjustment] = {"Holm": holm, "Benjamini-Hochberg": benjamini_hochberg}
LARGEST = 20  # up to which size of family we look how the outcome changes


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One test's adjusted p in a family: at its printed value, and at the ends that rounding leaves open."""

    name: str
    p: float
    low: float
    high: float

    def survives(self, alpha: float) -> bool:
        """Whether it does whatever the rounding."""
        return self.high <= alpha

    def fails(self, alpha: float) -> bool:
        """Whether it does not whatever the rounding."""
        return self.low > alpha


def families(family: PrintedFamily, tests: Sequence[Test]) -> Iterator[Finding]:
    """For each method: who survives at the family's size, and at which sizes that changes."""
    known = {test.name: p_range_of(test) for test in tests if test.name in family.tests}
    for name, adjust in METHODS.items():
        yield _by(name, adjust, family, known)


def p_range_of(test: Test) -> PRange:
    """p at the printed numbers, and its lowest and highest value."""
    f, low, high = together(f_ranges(test))
    p = tuple(f_sf(x, test.df1, test.df2) for x in (f, high, low))
    # Of p < .001 nothing is known but the bound, which is taken.
    return (p[2], 0.0, p[2]) if math.isinf(high) else (p[0], p[1], p[2])


def adjusted(known: dict[str, PRange], size: int, adjust: Adjustment) -> list[Adjusted]:
    """Return the tests' adjusted p values in a family of this size, the others taken as p = 1.

    That decides rightly as long as the others' p lies above alpha: no step of either method then stops at them, or is
    helped by them. Both adjustments rise with every p, so the ends of p give the ends of adjusted p.
    """
    ends = zip(*known.values(), strict=True)
    columns = (adjust([*p, *[1.0] * (size - len(known))])[: len(known)] for p in ends)
    return [Adjusted(name, *row) for name, row in zip(known, zip(*columns, strict=True), strict=True)]


def _by(method: str, adjust: Adjustment, family: PrintedFamily, known: dict[str, PRange]) -> Finding:
    here = adjusted(known, family.size, adjust)
    alpha = family.alpha
    surviving = [a.name for a in here if a.survives(alpha)]
    undecided = [a.name for a in here if not a.survives(alpha) and not a.fails(alpha)]
    survive = plural(len(surviving) or 1, "survives", "survive")  # none survives, as one does
    parts = [f"{method}, {family.size} tests: {listed(surviving, empty='none')} {survive}"]
    if undecided:
        parts.append(f"{listed(undecided)} {plural(len(undecided), 'depends', 'depend')} on rounding")
    values = listed(f"{a.name} {p_text(a.p)} ({p_range(a.low, a.high)})" for a in here)
    by_size = _by_size(family, known, adjust)
    sentence = f"{'; '.join(parts)}. Adjusted p: {values}. {_words(by_size, len(known), alpha)}"
    numbers = {"method": method, "size": family.size, "alpha": alpha, "survive": surviving, "undecided": undecided}
    details = [{"name": a.name, "p": a.p, "low": a.low, "high": a.high} for a in here]
    return Finding("note", "family", family.name, sentence, numbers | {"adjusted": details, "by_size": by_size})


def _by_size(family: PrintedFamily, known: dict[str, PRange], adjust: Adjustment) -> list[dict[str, int]]:
    """How many survive, fail, and hang on rounding, for each size that the family could have had."""
    by_size = []
    for size in range(len(known), max(LARGEST, family.size) + 1):
        every = adjusted(known, size, adjust)
        survive = sum(a.survives(family.alpha) for a in every)
        fail = sum(a.fails(family.alpha) for a in every)
        by_size.append({"size": size, "survive": survive, "fail": fail, "undecided": len(every) - survive - fail})
    return by_size


def _words(by_size: list[dict[str, int]], known: int, alpha: float) -> str:
    """At which sizes all survive and from which none does."""
    least = by_size[0]["size"]
    all_up_to = max((row["size"] for row in by_size if row["survive"] == known), default=None)
    none_from = min((row["size"] for row in by_size if row["fail"] == known), default=None)
    if none_from == least:
        return f"None survives at {bounded(alpha, 2)} in any family of {least} or more."
    some = f"all {known} survive in families of up to {all_up_to}" if all_up_to else "in no family do all survive"
    none = (
        f"none in a family of {none_from} or more" if none_from else f"some in families of up to {by_size[-1]['size']}"
    )
    return f"At {bounded(alpha, 2)}, {some}, {none}."
