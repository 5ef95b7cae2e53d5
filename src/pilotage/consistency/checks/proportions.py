"""So many of so many: the percentage, the denominators it fits, and the exact interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.paper import Proportion
from pilotage.consistency.printed import Printed
from pilotage.formatting import per_cent, rounded, whole_numbers
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none


def proportions(row: Proportion) -> Iterator[Finding]:
    """Whether count, denominator and percentage agree; which other denominators would; the exact interval."""
    if row.percent:
        yield _percent(row, row.percent)
    sentence, facts = exact_interval(row.count, row.of)
    yield Finding("note", "proportion.interval", row.name, sentence, facts)


def exact_interval(count: int, of: int) -> tuple[str, dict[str, Any]]:
    """Return a proportion with its exact interval in words, and as numbers; at none of n with the one-sided bound."""
    share = clopper_pearson(count, of)
    low, high = share.low or 0.0, share.high or 0.0
    facts: dict[str, Any] = {"count": count, "of": of, "low": low, "high": high, "level": share.level}
    limits = f"{rounded(100 * low, 1)}–{rounded(100 * high, 1)} %"
    sentence = f"{count} of {of} is {per_cent(share.value)}, exact 95 % interval {limits}"
    if count == 0:
        bound = upper_bound_of_none(of).high or 0.0
        facts["one_sided_high"] = bound
        sentence += f"; one-sided, at most {per_cent(bound)}"
    return f"{sentence}.", facts


def _percent(row: Proportion, percent: Printed) -> Finding:
    fits = _rounds_to(row, row.of)
    facts: dict[str, Any] = {"count": row.count, "of": row.of, "percent": 100 * row.count / row.of}
    share = rounded(100 * row.count / row.of, percent.decimals + 1)
    sentence = f"{row.count} of {row.of} is {share} %, {'' if fits else 'not '}the {percent.text} % printed."
    if row.of_between:
        facts["fitting"] = [n for n in range(max(row.of_between[0], 1), row.of_between[1] + 1) if _rounds_to(row, n)]
        among = f"{row.of_between[0]} to {row.of_between[1]}"
        sentence += f" Of the denominators {among} it fits {whole_numbers(facts['fitting'])}{_only(facts['fitting'])}."
    return Finding(judged(fits), "proportion.percent", row.name, sentence, facts)


def _rounds_to(row: Proportion, of: int) -> bool:
    return row.percent is not None and row.count <= of and Fraction(100 * row.count, of) in row.percent


def _only(fitting: list[int]) -> str:
    return " alone" if len(fitting) == 1 else ""
