"""Writes a study's report: HTML, Word, every table as CSV, and the results as JSON, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.as_json import as_json
from pilotage.analysis.disclosure import shareable
from pilotage.analysis.run import analyse
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol
from pilotage.report.documents.study_report import build
from pilotage.report.model.context import Context
from pilotage.report.model.document import Document, Edition
from pilotage.report.render.html import write_html
from pilotage.report.render.tables_csv import write_tables
from pilotage.report.render.word import write_word


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and where."""

    folder: Path
    document: Document
    files: tuple[Path, ...]


def write_report(loaded: LoadedProtocol, data: StudyData, folder: Path, edition: Edition, command: str) -> Written:
    """Analyse the data and write the report into a folder, replacing an earlier report there.

    Everything is written beside the folder first and moved in at the end, so that a report is never half new.
    """
    results, scores = analyse(loaded, data)
    if edition == "shared":
        results = shareable(results, loaded.protocol.report.small_cells)
    context = Context(loaded, results, scores, edition, command, AnalysisInput(loaded, data).arm_of)
    document = build(context)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / "report"
        (made / "tables").mkdir(parents=True)
        write_html(document, made / "report.html")
        write_word(document, made / "report.docx")
        write_tables(document, made / "tables")
        (made / "results.json").write_text(as_json(results, codes=edition == "analyst"), encoding="utf-8")
        if edition == "analyst":
            scores.table().write_csv(made / "scores.csv")
        names = _move(made, folder)
    return Written(folder, document, names)


def _move(made: Path, folder: Path) -> tuple[Path, ...]:
    """Move the new report in; files that are not a report's own stay where they are."""
    folder.mkdir(exist_ok=True)
    names = []
    for new in sorted(made.iterdir()):
        target = folder / new.name
        if target.is_dir():
            shutil.rmtree(target)
        new.replace(target)
        names.append(target)
    if folder / "scores.csv" not in names:
        (folder / "scores.csv").unlink(missing_ok=True)  # an analyst's file must not lie beside a shared report
    return tuple(names)
