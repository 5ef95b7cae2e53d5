"""Whether someone may take part: criteria judged, the outcome, and the waiting list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.protocol.study import EligibilityCriterion
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.people import step
from pilotage.web.records.models import Participant, Screening, Step, User
from pilotage.web.records.queries.people import first_in_line
from pilotage.web.records.queries.standing import criteria_for, outcome_of
from pilotage.web.records.refused import ActionRefused

NOT_MET = "not met: "
KEPT_OUT_BY = "kept out by: "
"""How the reason of somebody who is not eligible begins; the criterion follows."""


@dataclass(frozen=True)
class CriterionJudgement:
    """A criterion judged: whether it is met, how that is known, and since when.

    Its fields are those of a row of ``Screening``, the keys of its log entry, and what is compared for a change:
    a field that is added here is kept, logged and noticed everywhere.
    """

    met: bool
    evidence: str
    on: date

    @classmethod
    def of(cls, row: Screening) -> CriterionJudgement:
        """Return what a row of the records says."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def values(self) -> dict[str, Any]:
        """The values by name, as a row and a log entry keep them."""
        return asdict(replace(self, evidence=self.evidence.strip()))


@transaction.atomic
def screen(
    by: audit.By, person: Participant, judged: Mapping[str, CriterionJudgement], reason: str = ""
) -> Step | None:
    """Judge criteria; once it is clear whether someone is eligible, that is noted, and returned where it is new.

    Parameters
    ----------
    judged : mapping
        What is known so far, by the criterion's id; those not named stay as they are.
    reason : str
        Why something judged before is judged otherwise now; needed for that alone.
    """
    if hasattr(person, "allocation"):
        raise ActionRefused(
            _("This person is already allocated to an arm. Record what turned out differently as a protocol deviation.")
        )
    rules = criteria_for(protocols.of(person.study).protocol, person.arm_sought)
    unknown = set(judged) - {rule.id for rule, _must in rules}
    if unknown:
        raise ValueError(f"The protocol has no criterion {sorted(unknown)[0]!r} for {person.arm_sought or 'any arm'}.")
    for criterion, judgement in judged.items():
        _judge(by, person, criterion, judgement, reason)
    return _conclude(by, person, rules)


@transaction.atomic
def put_on_waiting_list(by: audit.By, person: Participant, reason: str) -> Step:
    """Put someone eligible on the waiting list, whose order is that of coming onto it."""
    last = _last(person)
    if last is None or last.kind not in ("eligible", "promoted") or person.consents.filter(ended_at=None).exists():
        raise ActionRefused(_("Only someone who is eligible and has not consented can be put on the waiting list."))
    return step(by, person, "waiting list", reason=reason)


@transaction.atomic
def promote(by: audit.By, person: Participant, reason: str = "") -> Step:
    """Let the next of the waiting list come in; anyone else only with a reason."""
    type(person.study).objects.select_for_update().get(pk=person.study_id)  # two promoted at once see each other
    last = _last(person)
    if last is None or last.kind != "waiting list":
        raise ActionRefused(_("%(code)s is not on the waiting list.") % {"code": person.code})
    in_turn = person.pk in {first.pk for first in first_in_line(person.study)}
    if not in_turn and not reason.strip():
        raise ActionRefused(
            _("Others have waited longer. Enter the reason why %(code)s comes first.") % {"code": person.code}
        )
    return step(by, person, "promoted", reason=reason)


def _judge(by: audit.By, person: Participant, criterion: str, now: CriterionJudgement, reason: str) -> None:
    after = now.values
    row = person.screenings.filter(criterion=criterion).first()
    if row is None:
        who = by if isinstance(by, User) else None
        row = Screening.objects.create(participant=person, criterion=criterion, by=who, **after)
        audit.record(by, AuditAction.CRITERION_JUDGED, row, about=person, after={"criterion": criterion, **after})
        return
    before = CriterionJudgement.of(row)
    if before.values == after:
        return
    if before.met != now.met and not reason.strip():
        raise ActionRefused(_("You judged this criterion differently before. Enter the reason for the change."))
    Screening.objects.filter(pk=row.pk).update(**after)
    audit.record(
        by, AuditAction.CRITERION_JUDGED_ANEW, row, about=person, before=before.values, after=after, reason=reason
    )


def _conclude(by: audit.By, person: Participant, rules: tuple[tuple[EligibilityCriterion, bool], ...]) -> Step | None:
    """Record what the criteria come to: one against it is enough to stay out; to come in, all must be judged."""
    met = dict(person.screenings.values_list("criterion", "met"))
    against = next(((rule, must) for rule, must in rules if rule.id in met and met[rule.id] != must), None)
    if against is None and any(rule.id not in met for rule, _must in rules):
        return None
    kind = "eligible" if against is None else "not eligible"
    reason = _why(*against) if against else ""
    last = _last(person)
    if last is not None and (last.kind, last.reason) == (kind, reason[:200]):
        return None
    if last is not None and kind == "eligible" and last.kind in ("waiting list", "promoted"):
        return None
    return step(by, person, kind, reason=reason)


def _why(rule: EligibilityCriterion, must: bool) -> str:
    """Return the reason that is counted, in the protocol's words and canonical language."""
    return f"{NOT_MET if must else KEPT_OUT_BY}{rule.text}"


def _last(person: Participant) -> Step | None:
    return outcome_of(Participant.objects.prefetch_related("steps").get(pk=person.pk))
