"""Counts and percentages that should make up a whole: which counts are meant, of how many, and what they sum to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pilotage.published.checks.proportions import exact_interval
from pilotage.published.finding import Finding, judged
from pilotage.published.paper import Breakdown
from pilotage.published.printed import Printed
from pilotage.published.words import listed, numbers

Choices = dict[str, list[int]]


def breakdowns(row: Breakdown) -> Iterator[Finding]:
    """Whether the parts make up the whole, what they are, which other n would fit, and exact intervals."""
    if row.counts:
        yield _counts(row)
        chosen = {name: [count] for name, count in row.counts.items()}
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

    Empty lists where no set of counts does.
    """
    each = {name: _counts_of(percentage, n) for name, percentage in percentages.items()}
    names = list(each)
    before = _reachable([each[name] for name in names])
    after = _reachable([each[name] for name in reversed(names)])[::-1]
    return {name: [c for c in each[name] if any(n - c - s in after[i + 1] for s in before[i])]
            for i, name in enumerate(names)}  # fmt: skip


def _counts_of(percentage: Printed, n: int) -> list[int]:
    low, high = percentage.low or Fraction(0), percentage.high or Fraction(0)
    return list(range(max(math.ceil(low * n / 100), 0), min(math.floor(high * n / 100), n) + 1))


def _reachable(choices: Sequence[Sequence[int]]) -> list[set[int]]:
    """The sums that the first none, one, two... of these can have."""
    found = [{0}]
    for counts in choices:
        found.append({s + c for s in found[-1] for c in counts})
    return found


def _counts(row: Breakdown) -> Finding:
    total = sum(row.counts.values())
    parts = " + ".join(map(str, row.counts.values()))
    sentence = f"{parts} = {total}, {'which is' if total == row.n else 'but'} n = {row.n}."
    return Finding(judged(total == row.n), "breakdown.counts", row.name, sentence, {"sum": total, "n": row.n})


def _percentages(row: Breakdown, chosen: Choices) -> Finding:
    printed = listed(f"{p.text} %" for p in row.percentages.values())
    fits = all(chosen.values())
    facts = {"n": row.n, "counts": chosen}
    if fits:
        meant = listed(f"{' or '.join(map(str, counts))} of {row.n}" for counts in chosen.values())
        sentence = f"{printed} are {meant}."
    else:
        sentence = f"No counts that sum to {row.n} give {printed}."
        alone = [f"{p.text} %" for p in row.percentages.values() if not _counts_of(p, row.n)]
        sentence += f" {listed(alone)} fit{'s' if len(alone) == 1 else ''} no count of {row.n} at all." if alone else ""
    return Finding(judged(fits), "breakdown.percentages", row.name, sentence, facts)


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
        why += f": {listed(halves)} {'are' if len(halves) > 1 else 'is'} rounded up from exactly half-way"
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
        f"Of n = {low} to {high}, {only}{numbers(fitting)} fit{'s' if len(fitting) == 1 else ''} the percentages."
    )
    yield Finding(judged(row.n in fitting), "breakdown.n", row.name, sentence, {"n": fitting, "of": [low, high]})


def _unanswered(row: Breakdown, asked: int) -> Finding:
    missing = asked - row.n
    if missing < 0:
        sentence = f"{row.n} answered, but only {asked} were asked."
        return Finding("inconsistent", "breakdown.asked", row.name, sentence, {"asked": asked, "n": row.n})
    sentence = (
        f"{row.n} of the {asked} who were asked answered: {missing} missing, which shares of n = {row.n} do not show."
    )
    return Finding("note", "breakdown.asked", row.name, sentence, {"asked": asked, "n": row.n, "missing": missing})


def _intervals(row: Breakdown, chosen: Choices) -> Iterator[Finding]:
    for name, counts in chosen.items():
        if len(counts) == 1 and counts[0] <= row.n:
            sentence, facts = exact_interval(counts[0], row.n)
            yield Finding("note", "proportion.interval", row.name, f"{name}: {sentence}", {"answer": name} | facts)


def mixed_precision(rows: Sequence[Breakdown]) -> Iterator[Finding]:
    """The same fraction printed with more decimals in one place than in another."""
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
