"""The table behind each figure: what it shows, in numbers and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pilotage.report.model.document import (
    ArmChange,
    ChangeFigure,
    Figure,
    FlowBox,
    FlowFigure,
    GridFigure,
    TableBlock,
    TableColumn,
    TableRow,
)
from pilotage.report.model.values import Cell, Estimated, Quantity

_QUANTILES = ("10th", "25th", "median", "75th", "90th")


def table_of(figure: Figure) -> TableBlock:
    """Return the figure's content as a table, under the figure's id."""
    match figure:
        case ChangeFigure():
            return _change(figure)
        case FlowFigure():
            return _flow(figure)
        case GridFigure():
            return _grid(figure)
        case _:
            assert_never(figure)


def _change(figure: ChangeFigure) -> TableBlock:
    spread = any(arm.spreads for arm in figure.arms)
    quantiles = tuple(TableColumn(f"q{n}", words) for n, words in zip((10, 25, 50, 75, 90), _QUANTILES, strict=True))
    columns = (
        TableColumn("occasion", "Occasion", "left"),
        TableColumn("mean", "Mean [interval]"),
        *(quantiles if spread else ()),
    )
    rows = tuple(row for arm in figure.arms for row in _arm_rows(arm, figure.occasions, spread))
    return TableBlock(figure.id, figure.title, columns, rows)


def _arm_rows(arm: ArmChange, occasions: tuple[str, ...], spread: bool) -> Iterator[TableRow]:
    yield TableRow((f"{arm.label} (n = {arm.n})",), heading=True)
    for n, (occasion, whisker) in enumerate(zip(occasions, arm.means, strict=False)):
        cells: tuple[Cell, ...] = (occasion, Estimated(whisker.mean, whisker.low, whisker.high, "score"))
        if spread:
            known = arm.spreads[n].quantiles if n < len(arm.spreads) else (None,) * 5
            cells += tuple(Quantity(q, "score") for q in known)
        yield TableRow(cells)


def _flow(figure: FlowFigure) -> TableBlock:
    columns = (TableColumn("stage", "Stage", "left"), TableColumn("lost", "Lost on the way to the next", "left"))
    rows = [_stage_row(stage) for stage in figure.shared]
    for label, stages in figure.arms:
        rows += [TableRow((label,), heading=True), *(_stage_row(stage) for stage in stages)]
    return TableBlock(figure.id, figure.title, columns, tuple(rows))


def _stage_row(stage: FlowBox) -> TableRow:
    return TableRow(("; ".join(stage.lines), "; ".join(stage.lost)))


def _grid(figure: GridFigure) -> TableBlock:
    """Return one row for each row of a panel; panels whose columns differ are padded."""
    widest = max((panel.columns for panel in figure.panels), key=len, default=())
    columns = (
        TableColumn("row", figure.down, "left"),
        *(TableColumn(f"c{n}", name, "left") for n, name in enumerate(widest, 1)),
    )
    rows: list[TableRow] = []
    for panel in figure.panels:
        rows.append(TableRow((panel.label,), heading=True))
        for label, cells in panel.rows:
            blank: tuple[Cell, ...] = ("",) * (len(widest) - len(cells))
            rows.append(TableRow((label, *(cell.meaning for cell in cells), *blank)))
    return TableBlock(figure.id, figure.title, columns, tuple(rows))
