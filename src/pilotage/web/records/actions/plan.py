"""The analysis plan is locked, before anyone sees an outcome."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import PlanLock, Study, User
from pilotage.web.records.plan_changes import plan_of
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def lock_plan(by: User, study: Study) -> PlanLock:
    """Keep the plan of the version in force: every later change of it is a deviation, and the report says so."""
    version = protocols.in_force(Study.objects.select_for_update().get(pk=study.pk))
    if version is None:
        raise ActionRefused(_("The study is not open yet, so its plan can still change. Open enrolment first."))
    if PlanLock.objects.filter(study=study).exists():
        raise ActionRefused(
            _("The plan is already locked. To change it, amend the protocol; the report lists the amendment.")
        )
    lock = PlanLock.objects.create(study=study, version=version, plan=plan_of(version), by=by)
    after = {"version": version.number, "fingerprint": version.fingerprint}
    audit.record(by, AuditAction.PLAN_LOCKED, lock, study=study, after=after)
    return lock
