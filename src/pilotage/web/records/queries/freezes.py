"""What a researcher may see of frozen data, of runs of the analysis, and of what was released."""

from __future__ import annotations

from django.db.models import QuerySet

from pilotage.web.records import protocols
from pilotage.web.records.models import AnalysisRun, Answer, Freeze, PlanLock, Release, Study, User
from pilotage.web.records.queries.access import centres_of


def sees_all_data(user: User, study: Study) -> bool:
    """Whether someone's role as a researcher is for every centre: frozen data are of the whole study."""
    return not study.centres.exclude(pk__in=centres_of(user, study, "researcher")).exists()


def freezes_of(study: Study) -> QuerySet[Freeze]:
    """The frozen copies, newest first, without their content."""
    return Freeze.objects.filter(study=study).defer("package").select_related("by", "version").order_by("-number")


def runs_of(study: Study) -> QuerySet[AnalysisRun]:
    """The runs of the analysis, newest first, without their content."""
    found = AnalysisRun.objects.filter(freeze__study=study).defer("package", "freeze__package")
    return found.select_related("freeze__study", "freeze__version", "asked_by", "release").order_by("-asked_at", "-pk")


def plan_lock(study: Study) -> PlanLock | None:
    """The lock of the analysis plan."""
    return PlanLock.objects.filter(study=study).select_related("version", "by").first()


def latest_release(study: Study) -> Release | None:
    """The report that teachers and coordinators may read: the one released last."""
    found = Release.objects.filter(run__freeze__study=study).defer("run__package", "run__freeze__package")
    return found.select_related("run__freeze__study").order_by("-at", "-pk").first()


def outcomes_collected(study: Study) -> bool:
    """Whether anyone answered an instrument of the plan's outcomes after the first assessment that is compared."""
    plan = protocols.of(study).protocol.analysis
    outcomes = (*plan.outcomes.main, *plan.outcomes.secondary, *plan.outcomes.if_reliable)
    instruments = {outcome.scale.partition(".")[0] for outcome in outcomes}
    firsts = {comparison.assessments[0] for comparison in plan.comparisons}
    answers = Answer.objects.filter(
        administration__participant__study=study, administration__instrument__in=instruments
    )
    return answers.exclude(administration__assessment__in=firsts).exists()
