"""Analyses a study and writes its report: HTML, Word, every table as CSV, the results as JSON, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.as_json import as_json
from pilotage.analysis.disclosure import shareable
from pilotage.analysis.run import analyse_study
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol
from pilotage.report.documents.study_report import study_report
from pilotage.report.model.document import Document, Edition
from pilotage.report.render.files import write_document_and_tables
from pilotage.report.sections.context import Context


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report that was written: its folder, its document and its files."""

    folder: Path
    document: Document
    files: tuple[Path, ...]


def write_report(
    loaded: LoadedProtocol, data: StudyData, folder: Path, edition: Edition, command: str
) -> WrittenReport:
    """Analyse the data and write the report into a folder, replacing an earlier report there.

    Everything is written beside the folder first and moved in at the end, so that a report is never half new.
    """
    study = AnalysisInput(loaded, data)
    results, scores = analyse_study(study)
    if edition == "shared":
        results = shareable(results, loaded.protocol.report.small_cells)
    context = Context(loaded, results, scores, edition, command, study.arm_of)
    document = study_report(context)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        made = Path(temporary) / "report"
        write_document_and_tables(document, made, "report")
        (made / "results.json").write_text(as_json(results, codes=edition == "analyst"), encoding="utf-8")
        if edition == "analyst":
            scores.table().write_csv(made / "scores.csv")
        names = _move(made, folder)
    return WrittenReport(folder, document, names)


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
