"""An analysis is asked for, runs, ends well or not, and its aggregate report is released."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import AnalysisRun, Freeze, PlanLock, Release, User
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def ask_for_analysis(by: User, freeze: Freeze, edition: str) -> AnalysisRun:
    """Request a run, which waits; while one of the same kind waits or runs, no second one is made."""
    Freeze.objects.select_for_update().only("pk").get(pk=freeze.pk)
    if freeze.runs.filter(edition=edition, state__in=("waiting", "running")).exists():
        raise ActionRefused(_("This analysis is already running. This page shows when it is finished."))
    run = AnalysisRun.objects.create(freeze=freeze, edition=edition, asked_by=by)
    audit.record(
        by, AuditAction.ANALYSIS_ASKED_FOR, run, study=freeze.study, after={"freeze": freeze.number, "edition": edition}
    )
    return run


@transaction.atomic
def begin_analysis(run: AnalysisRun) -> bool:
    """Begin the run, unless another worker has begun it."""
    return bool(AnalysisRun.objects.filter(pk=run.pk, state="waiting").update(state="running"))


@transaction.atomic
def end_analysis(run: AnalysisRun, package: bytes | None, trouble: str = "") -> None:
    """End the run, with its report, or with why it failed."""
    ended = AnalysisRun.objects.filter(pk=run.pk, state="running")
    state = "failed" if package is None else "done"
    if ended.update(state=state, package=package, trouble=trouble, finished_at=timezone.now()):
        audit.record(audit.SERVER, AuditAction(f"analysis {state}"), run, study=run.freeze.study)


@transaction.atomic
def end_lost_analyses(older_than: timedelta | None = None) -> int:
    """Mark runs whose server stopped as failed; call it at the start, or with an age where several servers run."""
    lost = AnalysisRun.objects.filter(state__in=("waiting", "running")).select_related("freeze__study")
    if older_than is not None:
        lost = lost.filter(asked_at__lt=timezone.now() - older_than)
    rows = list(lost)
    for run in rows:
        run.state, run.finished_at = "failed", timezone.now()
        run.trouble = _("The server stopped during this analysis. No data are lost. Run the analysis again.")
        run.save(update_fields=["state", "finished_at", "trouble"])
        audit.record(audit.SERVER, AuditAction.ANALYSIS_FAILED, run, study=run.freeze.study)
    return len(rows)


@transaction.atomic
def release(by: User, run: AnalysisRun) -> Release:
    """Release the aggregate report: teachers and coordinators may read it from now on."""
    study = run.freeze.study
    if run.edition != "shared":
        raise ActionRefused(_("Only the shared edition can be released. It contains no codes and no small counts."))
    if run.state != "done":
        raise ActionRefused(_("The report is not ready yet. Release it when the analysis is finished."))
    if not PlanLock.objects.filter(study=study).exists():
        raise ActionRefused(_("Lock the analysis plan first. Teachers can see results only after that."))
    if Release.objects.filter(run=run).exists():
        raise ActionRefused(_("This report has already been released."))
    released = Release.objects.create(run=run, by=by)
    audit.record(by, AuditAction.REPORT_RELEASED, released, study=study, after={"freeze": run.freeze.number})
    return released
