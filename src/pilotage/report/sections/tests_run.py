"""Every test that was run, counted by what it was for; each stands by itself in results.json."""

from __future__ import annotations

from pilotage.analysis.results import LoggedTest
from pilotage.formatting import counted
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context


def tests_run(context: Context) -> Section | None:
    """Return the section on every test that was run; None where there was none."""
    if not context.results.tests:
        return None
    blocks = (Paragraph(tests_sentence(context)), _table(context))
    return Section("tests", "Every test that was run", blocks)


def tests_sentence(context: Context) -> str:
    """Say how many tests were run in all, and how many of them would be below the limit if nothing were true."""
    tests, limit = context.results.tests, context.protocol.analysis.significance
    below = sum(test.p < limit for test in tests)
    run = f"{counted(len(tests), 'test was', 'tests were')} run"
    return (
        f"{run}, and {below} had p < {number(limit, 'coefficient')}. Were there "
        f"nothing to find in any, about {number(limit * len(tests), 'count')} would. Tests of the same outcome are not "
        "independent: those called sensitivity ask one question in several ways."
    )


def _table(context: Context) -> TableBlock:
    by_kind: dict[tuple[str, str, str], list[LoggedTest]] = {}
    for test in context.results.tests:
        by_kind.setdefault((test.preset, test.purpose, _family(test.test)), []).append(test)
    limit = context.protocol.analysis.significance
    columns = (text("preset", "Preset"), text("purpose", "What for"), text("test", "Test"), numbers("run", "Run"),
               numbers("below", f"p < {number(limit, 'coefficient')}"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (*kind, Quantity(len(tests), "count"), Quantity(sum(t.p < limit for t in tests), "count"))
        for kind, tests in by_kind.items()
    ]
    return table("tests-run", "Every test that was run", columns, rows, place="supplement")


def _family(name: str) -> str:
    """Return the kind of a test: tests that differ only by what was assumed are one kind."""
    for start in ("missing scores", "change under an ICC"):
        if name.startswith(start):
            return start
    return name
