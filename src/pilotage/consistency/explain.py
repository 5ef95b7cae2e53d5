"""Findings as plain text for a person: by row, with the verdict before each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import fill

from pilotage.consistency.finding import Finding
from pilotage.consistency.paper import Paper
from pilotage.consistency.recheck import counts

WIDTH = 100
MARGIN = 16


def explain(paper: Paper, findings: Sequence[Finding]) -> str:
    """Return all findings, in lines of at most 100 characters, with a count at the end."""
    head = [fill(line, WIDTH) for line in (paper.title, paper.source) if line]
    taken = [_entry("assumed", text) for text in paper.assumes]
    rows = (_row(about, list(group)) for (_, about), group in groupby(findings, key=lambda f: (f.place, f.about)))
    parts = ["\n".join(head), *(["\n".join(taken)] if taken else []), *rows, _totals(findings)]
    return "\n\n".join(parts)


def _row(about: str, findings: list[Finding]) -> str:
    return "\n".join([about, *(_entry(finding.verdict, finding.sentence) for finding in findings)])


def _entry(name: str, text: str) -> str:
    first = f"  {name:<{MARGIN - 2}}"
    return fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * MARGIN, break_on_hyphens=False)


def _totals(findings: Sequence[Finding]) -> str:
    number = counts(findings)
    lines = [f"{number['consistent']} consistent, {number['inconsistent']} inconsistent, {number['note']} notes."]
    wrong = dict.fromkeys(f.about for f in findings if f.verdict == "inconsistent")
    if wrong:
        lines.append(fill(f"Inconsistent: {'; '.join(wrong)}.", WIDTH))
    return "\n".join(lines)
