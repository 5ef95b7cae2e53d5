"""One group's mean and SD: whether any whole numbers can have them, between the ends that are given."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.grim import SampleTarget, Solutions, solutions
from pilotage.consistency.paper import Sample
from pilotage.consistency.printed import Printed
from pilotage.consistency.sd_bounds import sd_bounds, sd_limits, widest_range
from pilotage.formatting import counted, plural, rounded, whole_numbers, with_commas

SKEWED = 2  # Altman & Bland (1996): fewer SDs than this above the lowest possible value suggest a skewed distribution


def samples(sample: Sample) -> Iterator[Finding]:
    """Whether the mean and the SD can occur, with which other sizes, and what shape they suggest."""
    if sample.whole_numbers:
        yield _mean(sample)
        if not _sums(sample, sample.n):
            return
        if sample.sd is not None:
            yield _mean_and_sd(sample, sample.sd)
        if sample.multiples_of:
            yield _multiples(sample, sample.multiples_of)
    yield from _limits(sample)
    yield from _shape(sample)


def _ends(number: Printed, factor: int) -> tuple[Fraction, Fraction]:
    scaled = number.times(factor)
    return scaled.low or Fraction(0), scaled.high or Fraction(0)


def _sums(sample: Sample, n: int) -> range:
    """Return sums of n people's whole numbers whose mean rounds to the printed one."""
    low, high = _ends(sample.mean, sample.items)
    return range(math.ceil(n * low), math.floor(n * high) + 1)


def _sizes(sample: Sample) -> list[int]:
    return list(range(sample.n_between[0], sample.n_between[1] + 1)) if sample.n_between else [sample.n]


def _mean(sample: Sample) -> Finding:
    """Apply the GRIM test."""
    sums_possible = _sums(sample, sample.n)
    of = f"{sample.n} whole numbers" if sample.items == 1 else f"{sample.n} people's means of {sample.items} items"
    fitting = [n for n in _sizes(sample) if _sums(sample, n)]
    if sums_possible:
        sums = plural(len(sums_possible), "a sum", "sums")
        sentence = f"A mean of {sample.mean.text} of {of} needs {sums} of {whole_numbers(sums_possible)}."
    else:
        sentence = f"No {of} have a mean of {sample.mean.text}: the nearest are {_nearest(sample)}."
    if sample.n_between:
        sentence += _which_sizes(sample, fitting)
    return Finding(
        judged(bool(sums_possible)),
        "sample.mean",
        sample.name,
        sentence,
        {"sums": list(sums_possible[:100]), "n": fitting},
    )


def _nearest(sample: Sample) -> str:
    unit = sample.n * sample.items
    below = math.floor(sample.mean.value * unit)
    digits = sample.mean.decimals + 2
    return " and ".join(rounded(total / unit, digits) for total in (below, below + 1))


def _which_sizes(sample: Sample, fitting: list[int]) -> str:
    every = _sizes(sample)
    if fitting == every:
        return f" So it is with any n of {whole_numbers(every)}: the number does not tell how many answered."
    return f" Of n = {whole_numbers(every)} it is possible with {whole_numbers(fitting)}."


def _wanted(sample: Sample, n: int) -> SampleTarget | None:
    if sample.sd is None:
        return None
    mean, sd = _ends(sample.mean, sample.items), _ends(sample.sd, sample.items)
    ends = sample.range or sample.scale
    if ends:
        low, high = ends[0] * sample.items, ends[1] * sample.items
    else:
        low, high = widest_range((float(mean[0]), float(mean[1])), float(sd[1]), n)
    return (
        SampleTarget(n, low, high, bool(sample.range), mean, (max(sd[0], Fraction(0)), sd[1])) if low <= high else None
    )


def _solved(sample: Sample, n: int, *, any_will_do: bool) -> Solutions | None:
    wanted = _wanted(sample, n)
    return solutions(wanted, any_will_do=any_will_do) if wanted else Solutions(0, 0, exact=True)


def _mean_and_sd(sample: Sample, sd: Printed) -> Finding:
    """GRIMMER, and SPRITE in full: every sample there is, with both ends of the range attained."""
    solutions = _solved(sample, sample.n, any_will_do=False)
    what = f"mean {sample.mean.text} and SD {sd.text}{_where(sample)} of n = {sample.n}"
    if solutions is None:
        sentence = f"Whether whole numbers have {what} was not decided: there are too many to count."
        return Finding("note", "sample.sd", sample.name, sentence)
    sentence = _counted(solutions, what)
    facts = {
        "pairs": solutions.pairs,
        "samples": solutions.samples,
        "exact": solutions.exact,
        "example": list(solutions.example),
    }
    if sample.n_between:
        fitting = [n for n in _sizes(sample) if (s := _solved(sample, n, any_will_do=True)) is None or s.pairs]
        facts["n"] = fitting
        sentence += _which_sizes(sample, fitting)
    return Finding(judged(solutions.pairs > 0), "sample.sd", sample.name, sentence, facts)


def _where(sample: Sample) -> str:
    if sample.range:
        return f" with {sample.range[0]} and {sample.range[1]} as lowest and highest"
    return f" between {sample.scale[0]} and {sample.scale[1]}" if sample.scale else ""


def _counted(solutions: Solutions, what: str) -> str:
    if not solutions.pairs:
        return f"No whole numbers have {what}."
    if not solutions.exact:
        return f"Whole numbers with {what} exist (one was constructed; there may be many)."
    pair, pairs = "pair of sum and sum of squares has", "pairs of sum and sum of squares have"
    counted_pairs = counted(solutions.pairs, pair, pairs, thousands=True)
    sets = "" if solutions.samples is None else f", in {counted(solutions.samples, 'different sample', thousands=True)}"
    return f"{counted_pairs} {what}{sets}."


def _multiples(sample: Sample, step: int) -> Finding:
    """Whether all answers can be round, such as minutes in fives: a weak flag, for one odd answer explains it."""
    round_sums = {n: _multiples_in(_sums(sample, n), step) for n in _sizes(sample)}
    here = _multiples_in(_sums(sample, sample.n), step)
    facts = {"multiples_of": step, "sums": list(here[:100]), "n": [n for n, sums in round_sums.items() if sums]}
    if here:
        sentence = f"All {sample.n} answers can be multiples of {step} (sum {whole_numbers(here)})."
        return Finding("consistent", "sample.multiples", sample.name, sentence, facts)
    sums = _sums(sample, sample.n)
    sentence = (
        f"Not all {sample.n} answers can be multiples of {step}: the sum is {' or '.join(map(with_commas, sums))}."
    )
    others = [f"{with_commas(sums[0])} with n = {n}" for n, sums in round_sums.items() if sums]
    if others:
        sentence += f" They could with another n ({', '.join(others)}); a weak sign that n is not {sample.n} here."
    return Finding("note", "sample.multiples", sample.name, sentence, facts)


def _multiples_in(sums: range, step: int) -> range:
    return range(-(-sums.start // step) * step, sums.stop, step)


def _limits(sample: Sample) -> Iterator[Finding]:
    """Whether the SD is within what the ends allow, also for what is no whole number."""
    ends = sample.range or sample.scale
    if sample.sd is None or ends is None:
        return
    attained = bool(sample.range)
    bounds = sd_bounds(sample.n, sample.mean.ends, *ends, attained=attained)
    if bounds is None:
        sentence = f"The mean {sample.mean.text} is not possible{_where(sample)} and n = {sample.n}."
        yield Finding("inconsistent", "sample.limits", sample.name, sentence)
        return
    shown = sd_limits(sample.n, float(sample.mean.value), *ends, attained=attained) or bounds
    fits = sample.sd.ends[0] <= bounds[1] + 1e-9 and bounds[0] - 1e-9 <= sample.sd.ends[1]
    digits = sample.sd.decimals
    sentence = (
        f"The SD {sample.sd.text} is {'' if fits else 'not '}within {rounded(shown[0], digits)}–"
        f"{rounded(shown[1], digits)}, what the mean allows{_where(sample)}."
    )
    yield Finding(judged(fits), "sample.limits", sample.name, sentence, {"low": shown[0], "high": shown[1]})


def _shape(sample: Sample) -> Iterator[Finding]:
    lowest = sample.scale[0] if sample.scale else sample.never_below
    if sample.sd is None or lowest is None or not sample.sd.value:
        return
    above = float((sample.mean.value - lowest) / sample.sd.value)
    if above >= SKEWED:
        return
    ratio = float(sample.sd.value / sample.mean.value) if sample.mean.value else math.nan
    sentence = (
        f"The mean lies {rounded(above, 2)} SD above the lowest possible value, {lowest}; fewer than {SKEWED} suggest "
        f"a skewed distribution (Altman & Bland 1996); SD / mean is {rounded(ratio, 2)}. Pearson's r and t are fragile "
        "there; rank correlations and medians are not."
    )
    yield Finding("note", "sample.shape", sample.name, sentence, {"sds_above_lowest": above, "sd_over_mean": ratio})
