"""The analysis, in a process of its own: `pilotage report` on the frozen copy, as anyone could run it by hand."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pilotage.web.records import actions, archives, queries
from pilotage.web.records.models import AnalysisRun

LONGEST = 3600  # seconds
# What a program needs to start; the server's secrets and its database are not the analysis's business.
_PASSED_ON = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT", "VIRTUAL_ENV"})
# How numbers are added up is chosen by these; without them the last digits would not be those of the command.
_OF_THE_NUMBERS = ("OPENBLAS_", "OMP_", "MKL_", "NPY_", "POLARS_", "PYTHON", "LC_")


def start_when_committed(run: AnalysisRun) -> None:
    """Begin beside the answer to the request, as soon as the run can be found by others."""
    transaction.on_commit(lambda: threading.Thread(target=_in_a_thread, args=(run.pk,), daemon=True).start())


def carry_out(run: AnalysisRun) -> None:
    """Run the analysis to its end; unless another worker has begun it."""
    if not actions.begin_analysis(run):
        return
    try:
        package, trouble = _report(run)
    except subprocess.TimeoutExpired:
        package, trouble = None, _("The analysis took longer than an hour and was stopped.")
    except OSError as error:
        package, trouble = None, str(error)
    actions.end_analysis(run, package, trouble)


def _in_a_thread(key: int) -> None:
    try:
        carry_out(queries.run_to_carry_out(key))
    finally:
        connection.close()


def _report(run: AnalysisRun) -> tuple[bytes | None, str]:
    """Return the report's folder as a zip file, or what the command printed instead."""
    with archives.study_folder(run.freeze) as study, tempfile.TemporaryDirectory(prefix="pilotage-report-") as out:
        words = [sys.executable, "-P", "-m", "pilotage", "report", study.name, "--edition", run.edition, "--out", out]
        done = subprocess.run(
            words, cwd=study.parent, env=_environment(), capture_output=True, text=True, timeout=LONGEST, check=False
        )
        if done.returncode:
            return None, (done.stderr or done.stdout).replace(str(study.parent), "").strip()[-2000:]
        return archives.zipped(Path(out)), ""


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith(_OF_THE_NUMBERS)}
    return kept | {"PYTHONUTF8": "1"}
