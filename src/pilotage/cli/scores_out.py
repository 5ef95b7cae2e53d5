"""Scores as a CSV file, as JSON, and as a short summary for a person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pilotage.atomic import write_text
from pilotage.formatting import counted, with_commas
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import TableRow
from pilotage.report.model.values import Cell, Quantity
from pilotage.report.render.text import table_text
from pilotage.scoring.score import ScaleScores

if TYPE_CHECKING:
    import polars as pl

FEW = 20
Scales = Mapping[str, ScaleScores]
Names = Mapping[str, str]
"""What a person calls each scale, by its id."""


def json_text(scales: Scales, ids: Sequence[str | None] | pl.Series) -> str:
    """Return ``{"scores": [{"id", "scale", "score", "n_missing"}]}``, person by person; an empty score is null."""
    columns = [(name, _plain(s.score), s.n_missing.tolist()) for name, s in scales.items()]
    scores = [
        {"id": person, "scale": name, "score": values[i], "n_missing": blanks[i]}
        for i, person in enumerate(ids)
        for name, values, blanks in columns
    ]
    return json.dumps({"scores": scores}, ensure_ascii=False)


def write_csv(file: Path, scales: Scales, ids: Sequence[str | None] | pl.Series, id_name: str) -> None:
    """Write one row a person: id, each scale, then the blanks of each scale; empty where not scored."""
    if not isinstance(ids, list):
        _write_large(file, scales, ids, id_name)
        return
    columns = [ids, *(_plain(s.score) for s in scales.values()), *(s.n_missing.tolist() for s in scales.values())]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_header(scales, id_name))
    writer.writerows(["" if cell is None else cell for cell in row] for row in zip(*columns, strict=True))
    write_text(file, written.getvalue())


def _write_large(file: Path, scales: Scales, ids: Sequence[str | None] | pl.Series, id_name: str) -> None:
    """Write the same by polars, to a name beside the file first."""
    import polars as pl

    columns = [pl.Series(ids)]
    for s in scales.values():
        score = pl.Series(s.score, nan_to_null=True)
        columns.append(score.cast(pl.Int64) if _whole(s.score) else score)
    columns += [pl.Series(s.n_missing) for s in scales.values()]
    header = _header(scales, id_name)
    frame = pl.DataFrame([column.rename(name) for name, column in zip(header, columns, strict=True)])
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        frame.write_csv(unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _header(scales: Scales, id_name: str) -> list[str]:
    return [id_name, *scales, *(f"{name}_missing" for name in scales)]


def _whole(score: NDArray[np.float64]) -> bool:
    return bool(np.all(np.isnan(score) | (score == np.rint(score))))


def _plain(score: NDArray[np.float64]) -> list[Any]:
    """Return numbers for a file: whole ones without a decimal point where the whole scale is, None where empty."""
    if _whole(score):
        return [None if empty else int(value) for empty, value in zip(np.isnan(score), score.tolist(), strict=True)]
    return [None if empty else value for empty, value in zip(np.isnan(score), score.tolist(), strict=True)]


def written(scales: Scales) -> str:
    """Say how many rows have a score on any of the scales: ``774 of 776 rows scored on 1 scale.``"""
    scored = np.any([~np.isnan(s.score) for s in scales.values()], axis=0)
    rows = counted(len(scored), "row", thousands=True)
    return f"{with_commas(scored.sum())} of {rows} scored on {counted(len(scales), 'scale')}."


def summary(scales: Scales, names: Names, ids: Sequence[str | None] | pl.Series) -> str:
    """Describe how each scale came out; and every person's scores where there are few people."""
    columns = [text("scale", "Scale"), numbers("n", "n"), numbers("mean", "Mean"), numbers("sd", "SD")]
    columns += [numbers("lowest", "Lowest"), numbers("highest", "Highest")]
    columns += [numbers("not_scored", "Not scored"), numbers("blanks", "Blank answers")]
    rows = (_scale_row(names[scale], scores) for scale, scores in scales.items())
    parts = [table_text(table("scores", "Scores", columns, rows))]
    if len(ids) <= FEW:
        parts.append(_people(scales, names, ids))
    return "\n\n".join(parts)


def _scale_row(name: str, scores: ScaleScores) -> TableRow:
    scored = scores.score[~np.isnan(scores.score)]
    ends = (float(scored.min()), float(scored.max())) if len(scored) else (None, None)
    mean = float(scored.mean()) if len(scored) else None
    sd = float(scored.std(ddof=1)) if len(scored) > 1 else None
    described: list[Cell] = [Quantity(value, "score") for value in (mean, sd, *ends)]
    counts = (len(scores.score) - len(scored), int(scores.n_missing.sum()))
    return TableRow((name, Quantity(len(scored), "count"), *described, *(Quantity(count, "count") for count in counts)))


def _people(scales: Scales, names: Names, ids: Sequence[str | None] | pl.Series) -> str:
    columns = [text("id", "Person"), *(numbers(scale, names[scale]) for scale in scales)]
    values = [s.score.tolist() for s in scales.values()]
    rows = [
        TableRow((person or "(no id)", *(Quantity(column[i], "score") for column in values)))
        for i, person in enumerate(ids)
    ]
    return table_text(table("people", "Each person", columns, rows))
