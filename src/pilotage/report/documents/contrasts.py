"""Contrasts from a spreadsheet as tables: scores by arm, each arm less the reference, and who was left out."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.analysis.compare_contrasts import ArmScores, Contrasted, Contrasts
from pilotage.report.documents.comparison import columns_said, left_out
from pilotage.report.model.building import numbers, table, text
from pilotage.report.model.document import Block, Column, Document, Paragraph, Row, Section, Table
from pilotage.report.model.values import Cell, Estimated, MeanSd, Quantity
from pilotage.report.model.wording import number
from pilotage.stats.contrast import Contrast


def scores_table(found: Contrasts) -> Table:
    """Each outcome by arm and occasion."""
    occasions = max(len(one.outcome.columns) for one in found.outcomes)
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), numbers("n", "n")]
    columns += [numbers(f"occasion_{k}", f"Occasion {k}, mean (SD)") for k in range(1, occasions + 1)]
    rows = [
        _scores(one.outcome.name if k == 0 else "", arm, occasions)
        for one in found.outcomes
        for k, arm in enumerate(one.arms)
    ]
    return table("scores", "Scores by arm", columns, rows)


def _scores(name: str, arm: ArmScores, occasions: int) -> Row:
    given: list[Cell] = []
    for mean, sd, seen in zip(arm.means, arm.sds, arm.seen, strict=True):
        of = "" if seen == arm.n else f", n = {seen}"
        given.append(MeanSd(mean, sd) if not of else f"{number(mean, 'score')} ({number(sd, 'score')}){of}")
    return Row((name, arm.arm, Quantity(arm.n, "count"), *given, *[""] * (occasions - len(given))))


def contrasts_table(found: Contrasts) -> Table:
    """Each arm less the reference, at each occasion after the first."""
    tested = found.method != "permutation"
    columns: list[Column] = [text("outcome", "Outcome"), text("arm", "Arm"), text("occasion", "Occasion")]
    columns += [numbers("estimate", "Difference [95 %]")]
    columns += [numbers("se", "SE"), numbers("df", "df"), numbers("t", "t")] if tested else []
    columns += [numbers("p", "p, exact" if not tested else "p")]
    rows = [
        _contrast(one, contrast, name=k == 0, tested=tested)
        for one in found.outcomes
        for k, contrast in enumerate(one.contrasts)
    ]
    methods = dict.fromkeys(contrast.method for one in found.outcomes for contrast in one.contrasts)
    notes = (*(f"{method[0].upper()}{method[1:]}." for method in methods), *found.notes)
    return table("contrasts", f"Each arm less {found.reference}", columns, rows, notes=notes)


def _contrast(one: Contrasted, contrast: Contrast, *, name: bool, tested: bool) -> Row:
    cells: list[Cell] = [one.outcome.name if name else "", contrast.arm, one.outcome.columns[contrast.occasion]]
    cells.append(Estimated(contrast.estimate, contrast.low, contrast.high, "score"))
    if tested:
        cells += [Quantity(contrast.se, "score"), Quantity(contrast.df, "df"), Quantity(contrast.t, "statistic")]
    return Row((*cells, Quantity(contrast.p, "p")))


def lines(found: Contrasts) -> Sequence[str]:
    """Which columns the occasions are, and who was left out."""
    return [*columns_said(found.outcomes), *left_out(found.outcomes)]


def document(found: Contrasts, file: str) -> Document:
    """The tables as a document to be written as Word."""
    blocks: list[Block] = [scores_table(found), contrasts_table(found)]
    blocks += [Paragraph(line, "note") for line in lines(found)]
    return Document("Outcomes by arm", f"From {file}", "en", (Section("outcomes", "Outcomes", tuple(blocks)),))
