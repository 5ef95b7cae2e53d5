"""Groups by mean and SD: whether they make up the total, and what t test they give."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

from pilotage.consistency.checks.agreement import significance
from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.number_format import after_name, between, p_range, p_text
from pilotage.consistency.paper import PrintedComparison, PrintedMoments
from pilotage.consistency.pooled import Ends, pooled_mean, pooled_sd
from pilotage.consistency.printed import Printed
from pilotage.formatting import rounded
from pilotage.stats.distributions import t_two_sided_p
from pilotage.stats.ttests import Summary, TTest, student_t_from_summaries, welch_t_from_summaries

_MOST_WAYS = 100_000


def comparisons(row: PrintedComparison) -> Iterator[Finding]:
    """Yield the total against its groups, and for two groups the t test with what rounding leaves open."""
    groups = list(row.groups.values())
    if row.total:
        yield _total(row, row.total, groups)
        if row.whole_numbers:
            yield from _sums(row, row.total, groups)
    if len(groups) == 2 and all(group.sd.value > 0 for group in groups):
        yield from _t_test(row, groups)


def _total(row: PrintedComparison, total: PrintedMoments, groups: Sequence[PrintedMoments]) -> Finding:
    mean, mean_ends = pooled_mean(groups)
    sd, sd_ends = pooled_sd(groups)
    fits = _overlap(total.mean, mean_ends) and _overlap(total.sd, sd_ends)
    digits = max(total.mean.decimals, total.sd.decimals) + 1
    sentence = (
        f"The groups together have mean {rounded(mean, digits)} ({between(*mean_ends, digits)}) and SD "
        f"{rounded(sd, digits)} ({between(*sd_ends, digits)}); printed {'are' if fits else 'are, instead,'} "
        f"{total.mean.text} and {total.sd.text}."
    )
    numbers = {"mean": mean, "mean_low": mean_ends[0], "mean_high": mean_ends[1]}
    numbers |= {"sd": sd, "sd_low": sd_ends[0], "sd_high": sd_ends[1]}
    return Finding(judged(fits), "comparison.total", row.name, sentence, numbers)


def _overlap(printed: Printed, ends: Ends) -> bool:
    low, high = printed.ends
    slack = 1e-9 * (1 + abs(high))  # of floating point, at ends that meet exactly
    return ends[0] <= high + slack and low <= ends[1] + slack


def _possible_sums(moments: PrintedMoments) -> range:
    low, high = moments.mean.low or 0, moments.mean.high or 0
    return range(math.ceil(moments.n * low), math.floor(moments.n * high) + 1)


def _sums(row: PrintedComparison, total: PrintedMoments, groups: Sequence[PrintedMoments]) -> Iterator[Finding]:
    """Whether whole numbers in each group can add up to the total's, and in how many of the ways there are."""
    each, wanted = [_possible_sums(group) for group in groups], _possible_sums(total)
    if not all(each) or not wanted:
        yield Finding("inconsistent", "comparison.sums", row.name, "No whole numbers give one of the means.")
        return
    ways = math.prod(map(len, each))
    if ways > _MOST_WAYS:
        return  # so many that some always fit
    fitting = sum(sum(sums) in wanted for sums in product(*each))
    sentence = f"Of {ways} ways in which whole numbers give the groups' means, {fitting} give the total's as well."
    yield Finding(judged(fitting > 0), "comparison.sums", row.name, sentence, {"ways": ways, "fitting": fitting})


def _t_test(row: PrintedComparison, groups: Sequence[PrintedMoments]) -> Iterator[Finding]:
    a, b = (Summary(float(g.mean.value), float(g.sd.value), g.n) for g in groups)
    student, welch = student_t_from_summaries(a, b), welch_t_from_summaries(a, b)
    t_ends = _t_range(groups)
    sizes = _sizes(t_ends)
    p_ends = t_two_sided_p(sizes[1], student.df), t_two_sided_p(sizes[0], student.df)
    first, second = row.groups
    sentence = (
        f"{first} less {second}: Student's t({student.df:g}) = {rounded(student.t, 3)} ({between(*t_ends, 3)}), "
        f"p = {p_text(student.p)} ({p_range(*p_ends)}); Welch's t = {rounded(welch.t, 3)}, p = {p_text(welch.p)}."
    )
    numbers = {"t": student.t, "t_low": t_ends[0], "t_high": t_ends[1], "df": student.df}
    numbers |= {"p": student.p, "p_low": p_ends[0], "p_high": p_ends[1], "welch_t": welch.t, "welch_p": welch.p}
    yield Finding("note", "comparison.t", row.name, sentence, numbers)
    yield from _claims(row, sizes, p_ends, welch)


def _t_range(groups: Sequence[PrintedMoments]) -> Ends:
    """t is monotonic in each mean and SD, so its ends are at corners of what rounds to the four numbers."""
    samples = [[Summary(m, s, g.n) for m, s in product(g.mean.ends, _sd_ends(g))] for g in groups]
    corners = [student_t_from_summaries(a, b).t for a, b in product(*samples)]
    return min(corners), max(corners)


def _sd_ends(moments: PrintedMoments) -> Ends:
    low, high = moments.sd.ends
    return max(low, 1e-9), high


def _sizes(t: Ends) -> Ends:
    """Return the smallest and largest size of t."""
    return (0.0 if t[0] <= 0 <= t[1] else min(map(abs, t))), max(map(abs, t))


def _claims(row: PrintedComparison, sizes: Ends, p: Ends, welch: TTest) -> Iterator[Finding]:
    """Compare the printed t, p and verdict; not the sign of t, which is that of whichever group comes first."""
    if row.t:
        low, high = _sizes(row.t.ends)
        fits = low <= sizes[1] + 1e-9 and sizes[0] <= high + 1e-9
        yield _claim(row, "t", row.t, fits, f"{between(*sizes, 3)} in size")
    if row.p:
        fits = _overlap(row.p, p) or welch.p in row.p
        yield _claim(row, "p", row.p, fits, f"{p_range(*p)} by Student's t, {p_text(welch.p)} by Welch's")
    if row.significant is not None:
        yield significance(row.name, row.significant, row.alpha, p)


def _claim(row: PrintedComparison, name: str, printed: Printed, fits: bool, range_: str) -> Finding:
    sentence = f"{name} {after_name(printed)} is printed; means and SDs {'also' if fits else 'instead'} give {range_}."
    return Finding(judged(fits), f"comparison.printed_{name}", row.name, sentence, {"printed": printed.text})
