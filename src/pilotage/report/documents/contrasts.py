"""Contrasts over columns of a spreadsheet as a document: scores by arm, each arm minus the reference, exclusions."""

from __future__ import annotations

from pilotage.analysis.compare_contrasts import ArmByOccasion, Contrasts, OutcomeContrasts
from pilotage.formatting import sentence
from pilotage.report.documents.comparison import column_lines, exclusion_lines
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Document, Paragraph, Section, TableBlock, TableColumn, TableRow
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Cell, Estimated, MeanSd, Quantity
from pilotage.report.model.wording import number
from pilotage.stats.contrast import Contrast


def contrasts_document(contrasts: Contrasts, file: str) -> Document:
    """Build the document of the contrasts; ``file`` is where the scores come from."""
    lines = [*column_lines(contrasts.outcomes), *exclusion_lines(contrasts.outcomes)]
    blocks: tuple[Block, ...] = (
        _scores_table(contrasts),
        _contrasts_table(contrasts),
        *(Paragraph(line, "note") for line in lines),
    )
    return numbered(Document("Outcomes by arm", f"From {file}", "en", (Section("outcomes", "Outcomes", blocks),)))


def _scores_table(contrasts: Contrasts) -> TableBlock:
    """Return each outcome by arm and occasion."""
    occasions = max(len(compared.outcome.columns) for compared in contrasts.outcomes)
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), numbers("n", "n")]
    columns += [numbers(f"occasion_{k}", f"Occasion {k}, mean (SD)") for k in range(1, occasions + 1)]
    rows = [
        _scores(compared.outcome.name if k == 0 else "", arm, occasions)
        for compared in contrasts.outcomes
        for k, arm in enumerate(compared.arms)
    ]
    return table("scores", "Scores by arm", columns, rows)


def _scores(name: str, arm: ArmByOccasion, occasions: int) -> TableRow:
    cells: list[Cell] = []
    for mean, sd, seen in zip(arm.means, arm.sds, arm.seen, strict=True):
        of = "" if seen == arm.n else f", n = {seen}"
        cells.append(MeanSd(mean, sd) if not of else f"{number(mean, 'score')} ({number(sd, 'score')}){of}")
    return TableRow((name, arm.arm, Quantity(arm.n, "count"), *cells, *[""] * (occasions - len(cells))))


def _contrasts_table(contrasts: Contrasts) -> TableBlock:
    """Return each arm minus the reference, at each occasion after the first."""
    tested = contrasts.method != "permutation"
    columns: list[TableColumn] = [text("outcome", "Outcome"), text("arm", "Arm"), text("occasion", "Occasion")]
    columns += [numbers("estimate", "Difference [95 %]")]
    columns += [numbers("se", "SE"), numbers("df", "df"), numbers("t", "t")] if tested else []
    columns += [numbers("p", "p, exact" if not tested else "p")]
    rows = [
        _contrast(compared, contrast, name=k == 0, tested=tested)
        for compared in contrasts.outcomes
        for k, contrast in enumerate(compared.contrasts)
    ]
    methods = dict.fromkeys(contrast.method for compared in contrasts.outcomes for contrast in compared.contrasts)
    notes = (*map(sentence, methods), *contrasts.notes)
    return table("contrasts", f"Each arm minus {contrasts.reference}", columns, rows, notes=notes)


def _contrast(compared: OutcomeContrasts, contrast: Contrast, *, name: bool, tested: bool) -> TableRow:
    cells: list[Cell] = [compared.outcome.name if name else "", contrast.arm]
    cells.append(compared.outcome.columns[contrast.occasion])
    cells.append(Estimated(contrast.estimate, contrast.low, contrast.high, "score"))
    if tested:
        cells += [Quantity(contrast.se, "score"), Quantity(contrast.df, "df"), Quantity(contrast.t, "statistic")]
    return TableRow((*cells, Quantity(contrast.p, "p")))
