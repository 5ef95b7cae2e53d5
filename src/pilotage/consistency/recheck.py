"""Checks every row of a file of published numbers, and gathers what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from pilotage.consistency.checks.agreement import agreement
from pilotage.consistency.checks.breakdowns import breakdowns, mixed_precision
from pilotage.consistency.checks.comparisons import comparisons
from pilotage.consistency.checks.correlations import correlations
from pilotage.consistency.checks.effect_sizes import effect_sizes
from pilotage.consistency.checks.families import families
from pilotage.consistency.checks.power import powers
from pilotage.consistency.checks.proportions import proportions
from pilotage.consistency.checks.samples import samples
from pilotage.consistency.finding import Finding
from pilotage.consistency.paper import Paper, Test
from pilotage.plain_json import plain

FORMAT = 1
"""Raised when a key of the JSON is removed or changes its meaning; keys are added without."""


def recheck(paper: Paper) -> tuple[Finding, ...]:
    """Everything found, in the order of the file's parts.

    Examples
    --------
    >>> found = recheck(Paper(title="T", tests=[{"name": "SCS", "df": [1, 45], "partial_eta_squared": ".119"}]))
    >>> found[0].check, round(found[0].numbers["F"], 3)
    ('test.derived', 6.078)
    """
    return tuple(_findings(paper))


def _findings(paper: Paper) -> Iterator[Finding]:
    tests = paper.tests
    yield from _placed("tests", tests, _test)
    yield from _placed("families", paper.families, lambda row: families(row, tests))
    yield from _placed("power", paper.power, lambda row: powers(row, tests))
    yield from _placed("breakdowns", paper.breakdowns, breakdowns)
    yield from mixed_precision(paper.breakdowns)
    yield from _placed("proportions", paper.proportions, proportions)
    yield from _placed("samples", paper.samples, samples)
    yield from _placed("comparisons", paper.comparisons, comparisons)
    yield from _placed("correlations", paper.correlations, correlations)


def _test(test: Test) -> Iterator[Finding]:
    yield from agreement(test)
    yield from effect_sizes(test)


def _placed(rows: str, of: Iterable[Any], check: Callable[[Any], Iterable[Finding]]) -> Iterator[Finding]:
    for i, row in enumerate(of):
        for finding in check(row):
            yield replace(finding, place=f"{rows}[{i}]")


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each verdict."""
    verdicts = [finding.verdict for finding in findings]
    return {verdict: verdicts.count(verdict) for verdict in ("consistent", "inconsistent", "note")}


def as_json(paper: Paper, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the findings as plain data, numbers at full precision; what is infinite is null."""
    rows = [plain(finding) for finding in findings]
    head = {"format": FORMAT, "title": paper.title, "source": paper.source, "assumes": list(paper.assumes)}
    return head | {"counts": counts(findings), "findings": rows}
