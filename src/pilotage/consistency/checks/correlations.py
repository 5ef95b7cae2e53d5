"""Correlations: how large one must be to be told from none, and whether r and p agree."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pilotage.consistency.checks.agreement import significance
from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.number_format import after_name, bounded_interval, p_range, p_text
from pilotage.consistency.paper import Correlations
from pilotage.formatting import bounded
from pilotage.stats.correlation import critical_r
from pilotage.stats.distributions import normal_quantile, t_two_sided_p


def correlations(row: Correlations) -> Iterator[Finding]:
    """Yield the critical r, and for a printed r its interval, its p, and whether what is printed agrees."""
    least = critical_r(row.n, row.alpha)
    sentence = (
        f"With n = {row.n} a correlation below {bounded(least, 3)} is not significant at {bounded(row.alpha, 2)}: 'not "
        "significant' does not say that there is none."
    )
    yield Finding("note", "correlation.critical", row.name, sentence, {"n": row.n, "critical_r": least})
    if row.r and abs(row.r.value) < 1:
        yield from _printed(row, float(row.r.value), row.r.ends)


def _printed(row: Correlations, r: float, ends: tuple[float, float]) -> Iterator[Finding]:
    nearest = 0.0 if ends[0] <= 0 <= ends[1] else min(map(abs, ends))
    p_ends = _p(max(map(abs, ends)), row.n), _p(nearest, row.n)
    half = normal_quantile(0.975) / math.sqrt(row.n - 3)
    low, high = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
    sentence = (
        f"r = {row.r.text if row.r else ''} of n = {row.n} has p = {p_text(_p(r, row.n))} ({p_range(*p_ends)}) and the "
        f"95 % interval {bounded_interval(low, high)} (Fisher)."
    )
    numbers = {"r": r, "p": _p(r, row.n), "p_low": p_ends[0], "p_high": p_ends[1], "low": low, "high": high}
    yield Finding("note", "correlation.interval", row.name, sentence, numbers)
    if row.p:
        printed = row.p.ends
        fits = printed[0] <= p_ends[1] and p_ends[0] <= printed[1]
        sentence = f"p {after_name(row.p)} is printed; r gives {p_range(*p_ends)}."
        yield Finding(judged(fits), "correlation.p", row.name, sentence, {"printed": row.p.text})
    if row.significant is not None:
        yield significance(row.name, row.significant, row.alpha, p_ends)


def _p(r: float, n: int) -> float:
    r = min(abs(r), 1.0)
    return 0.0 if r == 1 else t_two_sided_p(r * math.sqrt((n - 2) / (1 - r * r)), n - 2)
