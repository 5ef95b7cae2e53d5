"""Power computed after the fact: which convention and which outcome give the number that was printed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.consistency.f_range import d_over_t, f_ranges, together
from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.paper import Power, Test
from pilotage.formatting import bounded, listed, rounded
from pilotage.stats.power import cohen_f, f_power
from pilotage.stats.power_conventions import POST_HOC_WARNING, post_hoc_power, within_between
from pilotage.stats.roots import root_between

WANTED = (0.80, 0.90)
OF_OCCASIONS = "within-between"  # conventions that hold only for people measured more than once


@dataclass(frozen=True, slots=True)
class ByConvention:
    """The power of one effect by one convention: as printed, and at the ends that rounding leaves open."""

    effect: str
    convention: str
    power: float
    low: float
    high: float


def powers(row: Power, tests: Sequence[Test]) -> Iterator[Finding]:
    """Yield the power of each effect by each convention, which give the printed one, and what could be detected."""
    named = [test for test in tests if test.name in row.tests]
    known = [test for test in named if _has_effect(test)]
    yield from (_without_effect(row, test) for test in named if test not in known)
    if not known:
        return
    effects = {test.name: _etas(test) for test in known}
    if len(known) > 1 and len({test.df2 for test in known}) == 1:
        effects["the mean of these effects"] = tuple(sum(e) / len(known) for e in zip(*effects.values(), strict=True))
    people = round(known[0].df2) + 2
    table = [convention for name, etas in effects.items() for convention in _by_convention(row, name, etas, people)]
    yield _reproduced(row, table)
    for name in effects:
        yield _of_one(row, [convention for convention in table if convention.effect == name])
    if row.occasions:
        yield from (_correlation_needed(row, test, people) for test in known if row.alpha < row.reported.value < 1)
    yield from _detectable(row, known)


def noncentrality_for(power: float, df1: float, df2: float, alpha: float) -> float:
    """Return the noncentrality at which an F test has this power.

    Raises
    ------
    ValueError
        When the power is not between alpha and 1.

    Examples
    --------
    >>> round(math.sqrt(noncentrality_for(0.80, 1, 45, 0.05) * (1 / 25 + 1 / 22)), 2)
    0.84
    """
    if not alpha < power < 1:
        raise ValueError(f"a power lies between alpha, {alpha}, and 1, not at {power}")
    high = 10.0
    while f_power(high, df1, df2, alpha) < power:
        high *= 2
    return root_between(lambda ncp: f_power(ncp, df1, df2, alpha) - power, 0.0, high)


def _has_effect(test: Test) -> bool:
    return not math.isinf(together(f_ranges(test))[2])


def _without_effect(row: Power, test: Test) -> Finding:
    sentence = f"{test.name} has only a bound of p, from which no power follows."
    return Finding("note", "power.no_effect", row.name, sentence, {"test": test.name})


def _etas(test: Test) -> tuple[float, ...]:
    return tuple(f / (f + test.df2) for f in together(f_ranges(test)))


def _by_convention(row: Power, name: str, etas: tuple[float, ...], people: int) -> Iterator[ByConvention]:
    for variants in zip(*(post_hoc_power(eta, people, row.alpha) for eta in etas), strict=True):
        if row.occasions or OF_OCCASIONS not in variants[0].convention:
            yield ByConvention(name, variants[0].formula, *(at.power for at in variants))


def _reproduced(row: Power, table: Sequence[ByConvention]) -> Finding:
    low, high = row.reported.ends
    gives = [convention for convention in table if low <= convention.power <= high]
    could = [
        convention
        for convention in table
        if convention not in gives and convention.low <= high and convention.high >= low
    ]
    if gives:
        sentence = f"The power {row.reported.text} is that of {listed(_said(g) for g in gives)}."
    else:
        sentence = f"None of the conventions gives the power {row.reported.text} at the effects as printed."
    if could:
        how = listed(f"{_said(c)[:-1]}, up to {bounded(c.high, 4)})" for c in could)
        sentence += f" Where rounding hid a little more effect, it could also be {how}."
    numbers = {
        "reported": float(row.reported.value),
        "given_by": [{"effect": g.effect, "convention": g.convention, "power": g.power} for g in gives],
        "possible_by": [{"effect": c.effect, "convention": c.convention, "low": c.low, "high": c.high} for c in could],
    }
    verdict = judged(bool(gives or could))
    return Finding(verdict, "power.reproduced", row.name, f"{sentence} {POST_HOC_WARNING}", numbers)


def _said(power: ByConvention) -> str:
    return f"{power.effect} by {power.convention} ({bounded(power.power, 4)})"


def _of_one(row: Power, table: Sequence[ByConvention]) -> Finding:
    values = "; ".join(f"{convention.convention}: {bounded(convention.power, 4)}" for convention in table)
    numbers = {
        convention.convention: {"power": convention.power, "low": convention.low, "high": convention.high}
        for convention in table
    }
    effect = table[0].effect
    return Finding("note", "power.conventions", row.name, f"{effect[0].upper()}{effect[1:]}: {values}.",
                   {"effect": effect, "conventions": numbers})  # fmt: skip


def _correlation_needed(row: Power, test: Test, people: int) -> Finding:
    """Which correlation between occasions the within-between formula would need for the printed power."""
    needed = noncentrality_for(float(row.reported.value), test.df1, test.df2, row.alpha)
    rho = 1 - within_between(cohen_f(_etas(test)[0]), people, 0.0) / needed
    likely = "impossible" if rho < -1 else "hardly what a questionnaire gives" if rho < 0 else "possible"
    sentence = (
        f"{test.name}: by G*Power 3.0's formula for within-between interactions the occasions would have to correlate "
        f"{bounded(rho, 2)} for a power of {row.reported.text}: {likely}."
    )
    return Finding("note", "power.correlation", row.name, sentence, {"test": test.name, "rho": rho})


def _detectable(row: Power, known: Sequence[Test]) -> Iterator[Finding]:
    """Yield what the groups could have shown: the question about power that the data have not answered already."""
    for test in {(*test.between, test.df2): test for test in known if test.between}.values():
        lambdas = {power: noncentrality_for(power, 1, test.df2, row.alpha) for power in WANTED}
        ds = {power: math.sqrt(ncp) * d_over_t(test) for power, ncp in lambdas.items()}
        words = listed(f"d = {rounded(d, 2)} with power {bounded(power, 2)}" for power, d in ds.items())
        least = lambdas[WANTED[0]]
        eta, by_df = least / (least + test.people), least / (least + test.df2)
        sentence = (
            f"Groups of {test.between[0]} and {test.between[1]} detect {words}; for {bounded(WANTED[0], 2)} that is a "
            f"partial eta squared of {bounded(eta, 3)} by lambda/(lambda + N) and {bounded(by_df, 3)} by "
            "lambda/(lambda + df2)."
        )
        numbers: dict[str, Any] = {"between": list(test.between), "d": {str(power): d for power, d in ds.items()}}
        numbers |= {"partial_eta_squared": eta, "partial_eta_squared_by_df2": by_df}
        yield Finding("note", "power.detectable", row.name, sentence, numbers)
