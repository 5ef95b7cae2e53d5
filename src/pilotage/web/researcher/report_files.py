"""The files of a report that are taken out one by one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.web.records import archives
from pilotage.web.records.models import AnalysisRun


@dataclass(frozen=True)
class ReportFile:
    """A file, or a folder, of the report: its name there, what the log calls it, and the words of its link."""

    name: str
    what: str
    label: str | Promise


FILES = {
    "word": ReportFile("report.docx", "report (Word)", _("Word")),
    "html": ReportFile("report.html", "report (HTML)", _("HTML")),
    "tables": ReportFile("tables/", "tables of the report (CSV)", _("Tables (CSV)")),
    "results": ReportFile("results.json", "results (JSON)", _("Results (JSON)")),
    "all": ReportFile("", "report with all its files", _("Everything")),
}


def report_file(run: AnalysisRun, name: str) -> tuple[bytes, str]:
    """Return the content of one of `FILES`, and a name to keep it under."""
    wanted, package = FILES[name], bytes(run.package or b"")
    stem = f"{archives.name_of(run.freeze)}-{run.edition}"
    if not wanted.name:
        return package, f"{stem}-report.zip"
    if wanted.name.endswith("/"):
        return _part(package, wanted.name), f"{stem}-tables.zip"
    return archives.file_of(package, wanted.name) or b"", f"{stem}-{wanted.name}"


def _part(package: bytes, folder: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as part:
        for entry in whole.infolist():
            if entry.filename.startswith(folder):
                part.writestr(entry, whole.read(entry))
    return out.getvalue()
