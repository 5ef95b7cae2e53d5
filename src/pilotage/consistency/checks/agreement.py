"""F, t, p and partial eta squared: whether they agree within rounding, what follows, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from pilotage.consistency.f_range import FRange, f_of_p, f_ranges, together
from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.number_format import after_name, between, p_range, p_text
from pilotage.consistency.paper import Test
from pilotage.formatting import bounded, listed, plural, rounded
from pilotage.stats.distributions import f_sf


def agreement(test: Test) -> Iterator[Finding]:
    """Yield findings on a test's own numbers."""
    ranges = f_ranges(test)
    if not ranges:
        return
    if len(ranges) > 1:
        yield _agree(test, ranges)
    yield _follows(test, ranges)
    if test.significant is not None:
        yield _significance(test, ranges)
    if test.between and test.df2 != sum(test.between) - 2:
        yield _degrees(test)


def _agree(test: Test, ranges: list[FRange]) -> Finding:
    apart = [(a, b) for a, b in combinations(ranges, 2) if not a.meets(b)]
    numbers = {r.name: {"printed": r.printed.text, "f_low": r.low, "f_high": r.high} for r in ranges}
    names = listed(f"{r.name} {after_name(r.printed)}" for r in ranges)
    if not apart:
        low, high = max(r.low for r in ranges), min(r.high for r in ranges)
        sentence = f"{names} agree within rounding: {_df(test)} {_f_between(low, high)}."
    else:
        pairs = (f"{_allows(test, a)}, but {_allows(test, b)}" for a, b in apart)
        sentence = f"{'; '.join(pairs)}.{_one_sided(test, apart)}"
    return Finding(judged(not apart), "test.agreement", test.name, sentence, numbers)


def _allows(test: Test, r: FRange) -> str:
    return f"{r.name} {after_name(r.printed)} means {_df(test)} {_f_between(r.low, r.high)}"


def _f_between(low: float, high: float) -> str:
    return f"of at least {rounded(low, 3)}" if math.isinf(high) else f"= {between(low, high, 3)}"


def _one_sided(test: Test, apart: list[tuple[FRange, FRange]]) -> str:
    """Return a likely reason, where p alone stands out and twice p would fit."""
    if test.df1 != 1 or test.p is None or not all("p" in (a.name, b.name) for a, b in apart):
        return ""
    low, high = (2 * max(end, 0.0) for end in test.p.ends)
    doubled = FRange("p", test.p, math.nan, f_of_p(high, test.df1, test.df2), f_of_p(low, test.df1, test.df2))
    fits = all(r.meets(doubled) for r in f_ranges(test) if r.name != "p")
    return " It would fit if p were one-sided." if fits else ""


def _follows(test: Test, ranges: list[FRange]) -> Finding:
    f, low, high = together(ranges)
    df = test.df1, test.df2
    p = [f_sf(x, *df) for x in (f, high, low)]
    premises = listed(f"{r.name} {after_name(r.printed)}" for r in ranges)
    means = plural(len(ranges), "means", "mean")
    numbers = {"F": f, "F_low": low, "F_high": high, "df1": test.df1, "df2": test.df2}
    numbers |= {"p": p[0], "p_low": p[1], "p_high": p[2]}
    if math.isinf(high):
        sentence = f"{premises} {means} {_df(test)} of at least {rounded(low, 3)}, and p of at most {p_text(p[2])}."
        bounds = {"F": None, "F_high": None, "p": None}
        return Finding("note", "test.derived", test.name, sentence, numbers | bounds)
    eta = [test.df1 * x / (test.df1 * x + test.df2) for x in (f, low, high)]
    numbers |= {"partial_eta_squared": eta[0], "partial_eta_squared_low": eta[1], "partial_eta_squared_high": eta[2]}
    if test.df1 == 1:
        numbers |= {"t": math.sqrt(f), "t_low": math.sqrt(low), "t_high": math.sqrt(high)}
    parts = [f"{_df(test)} = {rounded(f, 3)} ({between(low, high, 3)})"]
    parts += [f"|t| = {rounded(math.sqrt(f), 3)}"] if test.df1 == 1 else []
    parts += [f"p = {p_text(p[0])} ({p_range(p[1], p[2])})"]
    if not test.partial_eta_squared:
        value, lowest, highest = (bounded(end, 3) for end in eta)
        parts.append(f"partial eta squared = {value} ({lowest}–{highest})")
    sentence = f"{premises} {means} {', '.join(parts)}."
    return Finding("note", "test.derived", test.name, sentence, numbers)


def _significance(test: Test, ranges: list[FRange]) -> Finding:
    _, low, high = together(ranges)
    return significance(test.name, bool(test.significant), test.alpha, (f_sf(high, test.df1, test.df2),
                        f_sf(low, test.df1, test.df2)))  # fmt: skip


def significance(name: str, claimed: bool, alpha: float, p: tuple[float, float]) -> Finding:
    """Compare what the paper says of significance with the p values that its numbers allow."""
    low, high = p
    claim = f"said to be {'' if claimed else 'not '}significant at {bounded(alpha, 2)}"
    numbers = {"claimed": claimed, "alpha": alpha, "p_low": low, "p_high": high}
    if low < alpha <= high:
        sentence = f"It is {claim}; with p of {p_range(low, high)}, that depends on how the numbers were rounded."
        return Finding("note", "test.significance", name, sentence, numbers)
    right = (high < alpha) == claimed
    sentence = (
        f"It is {claim}, and p is {p_range(low, high)}." if right else f"It is {claim}, but p is {p_range(low, high)}."
    )
    return Finding(judged(right), "test.significance", name, sentence, numbers)


def _degrees(test: Test) -> Finding:
    """More error df than people allow cannot be; fewer are left by covariates, Welch's formula, or people left out."""
    most = sum(test.between) - 2
    possible = test.df2 < most
    why = "covariates, Welch's formula or people left out would explain it" if possible else "so many there cannot be"
    sentence = (
        f"Groups of {test.between[0]} and {test.between[1]} leave {most} df of error, printed are {test.df2:g}: {why}."
    )
    return Finding(
        "note" if possible else "inconsistent", "test.df", test.name, sentence, {"most": most, "df2": test.df2}
    )


def _df(test: Test) -> str:
    return f"F({test.df1:g}, {test.df2:g})"
