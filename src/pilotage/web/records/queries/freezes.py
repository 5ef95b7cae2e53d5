"""What a researcher may see of frozen data, of runs of the analysis, and of what was released."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from pilotage.web.records import protocols
from pilotage.web.records.models import AnalysisRun, Answer, Freeze, PlanLock, Release, Study, User
from pilotage.web.records.queries.access import reaches_every_centre


def sees_all_data(user: User, study: Study) -> bool:
    """Return whether someone's role as a researcher is for every centre: frozen data are of the whole study."""
    return reaches_every_centre(user, study, "researcher")


def freezes_of(study: Study) -> QuerySet[Freeze]:
    """Return the frozen copies, newest first, without their content."""
    copies = Freeze.objects.filter(study=study).defer("package").select_related("by", "version")
    return copies.annotate(analyses=Count("runs")).order_by("-number")


def freeze_with_package(study: Study, number: int) -> Freeze | None:
    """Return a frozen copy with its content; None where the study has none of this number."""
    return Freeze.objects.select_related("study", "version").filter(study=study, number=number).first()


def runs_of(study: Study) -> QuerySet[AnalysisRun]:
    """Return the runs of the analysis, newest first, without their content."""
    rows = AnalysisRun.objects.filter(freeze__study=study).defer("package", "freeze__package")
    return rows.select_related("freeze__study", "freeze__version", "asked_by", "release").order_by("-asked_at", "-pk")


def runs_of_copy(frozen: Freeze) -> QuerySet[AnalysisRun]:
    """Return the runs of one frozen copy, newest first, without their content."""
    return runs_of(frozen.study).filter(freeze=frozen)


def run_with_package(study: Study, key: int) -> AnalysisRun | None:
    """Return a run with the files of its report; None where the study has none of this key."""
    runs = AnalysisRun.objects.filter(freeze__study=study).defer("freeze__package")
    return runs.select_related("freeze__study", "freeze__version", "asked_by").filter(pk=key).first()


def run_to_carry_out(key: int) -> AnalysisRun:
    """Return a run with the frozen data that it is to analyse."""
    return AnalysisRun.objects.select_related("freeze__study", "freeze__version").get(pk=key)


def plan_lock(study: Study) -> PlanLock | None:
    """Return the lock of the analysis plan."""
    return PlanLock.objects.filter(study=study).select_related("version", "by").first()


def latest_release(study: Study) -> Release | None:
    """Return the report that teachers and coordinators may read: the one released last."""
    rows = Release.objects.filter(run__freeze__study=study).defer("run__package", "run__freeze__package")
    return rows.select_related("run__freeze__study").order_by("-at", "-pk").first()


def outcomes_collected(study: Study) -> bool:
    """Return whether anyone answered an instrument of the outcomes after the first assessment compared."""
    plan = protocols.of(study).protocol.analysis
    outcomes = (*plan.outcomes.main, *plan.outcomes.secondary, *plan.outcomes.if_reliable)
    instruments = {outcome.scale.partition(".")[0] for outcome in outcomes}
    firsts = {comparison.assessments[0] for comparison in plan.comparisons}
    answers = Answer.objects.filter(
        administration__participant__study=study, administration__instrument__in=instruments
    )
    return answers.exclude(administration__assessment__in=firsts).exists()
