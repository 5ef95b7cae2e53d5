"""Counts and percentages that should make up a whole: which counts are meant, of how many, and what they sum to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pilotage.consistency.checks.proportions import exact_interval
from pilotage.consistency.finding import Finding, judged
from pilotage.consistency.paper import Breakdown
from pilotage.consistency.printed import Printed
from pilotage.formatting import listed, plural, whole_numbers

Choices = dict[str, range]


def breakdowns(row: Breakdown) -> Iterator[Finding]:
    """Whether the parts make up the whole, what they are, which other n would fit, and exact intervals."""
    if row.counts:
        yield _counts(row)
        chosen = {name: range(count, count + 1) for name, count in row.counts.items()}
    else:
        chosen = possible_counts(row.percentages, row.n)
        yield _percentages(row, chosen)
        yield from _sum(row)
        yield from _sizes(row)
    if row.asked is not None and row.asked != row.n:
        yield _unanswered(row, row.asked)
    yield from _intervals(row, chosen)


def possible_counts(percentages: dict[str, Printed], n: int) -> Choices:
    """For each answer the counts of n whose percentage rounds to the printed one, in sets that sum to n.

    Each answer's counts are a run of whole numbers, and so are the sums of runs: the others' fewest and most say how
    far a count can go. All are empty where no set of counts sums to n.
    """
    each = {name: _counts_of(percentage, n) for name, percentage in percentages.items()}
    fewest, most = sum(c.start for c in each.values()), sum(c.stop - 1 for c in each.values())
    if not all(each.values()) or not fewest <= n <= most:
        return {name: range(0) for name in each}
    return {
        name: range(max(c.start, n - most + c.stop - 1), min(c.stop - 1, n - fewest + c.start) + 1)
        for name, c in each.items()
    }


def _counts_of(percentage: Printed, n: int) -> range:
    low, high = percentage.low or Fraction(0), percentage.high or Fraction(0)
    return range(max(math.ceil(low * n / 100), 0), min(math.floor(high * n / 100), n) + 1)


def _counts(row: Breakdown) -> Finding:
    total = sum(row.counts.values())
    parts = " + ".join(map(str, row.counts.values()))
    sentence = f"{parts} = {total}, {'which is' if total == row.n else 'but'} n = {row.n}."
    return Finding(judged(total == row.n), "breakdown.counts", row.name, sentence, {"sum": total, "n": row.n})


def _percentages(row: Breakdown, chosen: Choices) -> Finding:
    printed = listed(f"{p.text} %" for p in row.percentages.values())
    fits = all(chosen.values())
    ends = {name: [counts[0], counts[-1]] for name, counts in chosen.items() if counts}
    facts = {"n": row.n, "counts": ends}
    if fits:
        meant = listed(f"{_either(counts)} of {row.n}" for counts in chosen.values())
        sentence = f"{printed} are {meant}."
    else:
        sentence = f"No counts that sum to {row.n} give {printed}."
        alone = [f"{p.text} %" for p in row.percentages.values() if not _counts_of(p, row.n)]
        sentence += f" {listed(alone)} {plural(len(alone), 'fits', 'fit')} no count of {row.n} at all." if alone else ""
    return Finding(judged(fits), "breakdown.percentages", row.name, sentence, facts)


def _either(counts: range) -> str:
    return whole_numbers(counts) if len(counts) > 2 else " or ".join(map(str, counts))


def _sum(row: Breakdown) -> Iterator[Finding]:
    total = sum((p.value for p in row.percentages.values()), Fraction(0))
    if total == 100:
        return
    terms = " + ".join(p.text for p in row.percentages.values())
    halves = [p.text for p in row.percentages.values() if any(_is_end(p, Fraction(100 * c, row.n)) for c in
              _counts_of(p, row.n))]  # fmt: skip
    slack = sum((p.high - p.value for p in row.percentages.values() if p.high is not None), Fraction(0))
    explained = abs(total - 100) <= slack
    why = ", which rounding explains" if explained else ", more than rounding explains"
    if halves and explained:
        why += f": {listed(halves)} {plural(len(halves), 'is', 'are')} rounded up from exactly half-way"
    sentence = f"{terms} = {float(total):g} and not 100{why}."
    yield Finding("note" if explained else "inconsistent", "breakdown.sum", row.name, sentence, {"sum": float(total)})


def _is_end(printed: Printed, value: Fraction) -> bool:
    return value in (printed.low, printed.high)


def _sizes(row: Breakdown) -> Iterator[Finding]:
    if not row.n_between:
        return
    low, high = row.n_between
    fitting = [n for n in range(low, high + 1) if all(possible_counts(row.percentages, n).values())]
    only = "only " if len(fitting) == 1 else ""
    sentence = (
        f"Of n = {low} to {high}, {only}{whole_numbers(fitting)} {plural(len(fitting), 'fits', 'fit')} the percentages."
    )
    yield Finding(judged(row.n in fitting), "breakdown.n", row.name, sentence, {"n": fitting, "of": [low, high]})


def _unanswered(row: Breakdown, invited: int) -> Finding:
    missing = invited - row.n
    if missing < 0:
        sentence = f"{row.n} answered, but only {invited} were asked."
        return Finding("inconsistent", "breakdown.asked", row.name, sentence, {"asked": invited, "n": row.n})
    sentence = (
        f"{row.n} of the {invited} who were asked answered: {missing} missing, which shares of n = {row.n} do not show."
    )
    return Finding("note", "breakdown.asked", row.name, sentence, {"asked": invited, "n": row.n, "missing": missing})


def _intervals(row: Breakdown, chosen: Choices) -> Iterator[Finding]:
    for name, counts in chosen.items():
        if len(counts) == 1 and counts[0] <= row.n:
            sentence, facts = exact_interval(counts[0], row.n)
            yield Finding("note", "proportion.interval", row.name, f"{name}: {sentence}", {"answer": name} | facts)


def mixed_precision(rows: Sequence[Breakdown]) -> Iterator[Finding]:
    """Yield the same fraction printed with more decimals in one place than in another."""
    printed: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for row in rows:
        for name, counts in possible_counts(row.percentages, row.n).items():
            if len(counts) == 1:
                printed[counts[0], row.n].setdefault(row.percentages[name].text, row.name)
    for (count, n), texts in printed.items():
        if len({len(text.partition(".")[2]) for text in texts}) > 1:
            where = listed(f"{text} % ({row})" for text, row in texts.items())
            sentence = f"The same {count} of {n} is printed as {where}."
            yield Finding(
                "note", "breakdown.precision", "percentages", sentence, {"count": count, "n": n, "as": [*texts]}
            )
