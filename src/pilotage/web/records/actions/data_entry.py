"""Paper forms are keyed by two people; where both read the same it becomes answers, and differences are settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, items, protocols
from pilotage.web.records.actions.alerts import raise_from_answers
from pilotage.web.records.models import Administration, Answer, Comment, Consent, DataEntryPass, Participant, User
from pilotage.web.records.queries.due import Due
from pilotage.web.records.refused import ActionRefused

Values = Mapping[str, str | None]


@transaction.atomic
def enter_paper_form(by: User, due: Due, values: Values, filled_in_on: date) -> DataEntryPass:
    """Save one person's reading of a paper form; the second one that agrees makes answers of both."""
    Participant.objects.select_for_update().get(pk=due.participant.pk)  # two keyers at once must see each other
    _refuse_given(due)
    mine = _passes_of(due)
    if any(entry.by_id == by.pk for entry in mine):
        raise ActionRefused(_("You have already entered this form. Another person does the second data entry."))
    if len(mine) == 2:
        raise ActionRefused(
            _("This form has already been entered twice. Resolve the differences instead of entering it again.")
        )
    entry = DataEntryPass.objects.create(
        participant=due.participant,
        assessment=due.assessment.id,
        instrument=due.instrument,
        number=due.number,
        turn=len(mine) + 1,
        by=by,
        filled_in_on=filled_in_on,
        values=dict(values),
    )
    audit.record(by, AuditAction.PAPER_FORM_KEYED, entry, about=due.participant, after={"turn": entry.turn, **values})
    if mine and not differences(mine[0], entry):
        _give(by, due, values, filled_in_on, [*mine, entry], reason="")
    return entry


@transaction.atomic
def settle_double_entry(by: User, due: Due, values: Values, filled_in_on: date, reason: str) -> Administration:
    """Settle what the paper says where two readings differ, with the reason; both readings stay as they were."""
    Participant.objects.select_for_update().get(pk=due.participant.pk)
    _refuse_given(due)
    mine = _passes_of(due)
    if len(mine) < 2:
        raise ActionRefused(_("This form has been entered only once. A second person has to enter it first."))
    if not reason.strip():
        raise ActionRefused(_("Enter how the differences were resolved, for example: checked the paper form again."))
    return _give(by, due, values, filled_in_on, mine, reason)


def differences(first: DataEntryPass, second: DataEntryPass) -> tuple[str, ...]:
    """Return the items that two people read differently; ``filled-in-on`` where they differ in the day."""
    keys = list(dict.fromkeys([*first.values, *second.values]))
    differ = [item for item in keys if (first.values.get(item) or None) != (second.values.get(item) or None)]
    return (*(["filled-in-on"] if first.filled_in_on != second.filled_in_on else []), *differ)


def _passes_of(due: Due) -> list[DataEntryPass]:
    key = {"assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    return list(DataEntryPass.objects.filter(participant=due.participant, **key).order_by("turn"))


def _refuse_given(due: Due) -> None:
    key = {"assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    row = Administration.objects.filter(participant=due.participant, **key).first()
    if row is not None and row.mode == "web":
        raise ActionRefused(_("This form was started on the web. A paper copy of it cannot be entered."))
    if row is not None:
        raise ActionRefused(_("This form has already been entered and its differences resolved."))


def _give(
    by: User, due: Due, values: Values, filled_in_on: date, passes: list[DataEntryPass], reason: str
) -> Administration:
    person, version = due.participant, protocols.in_force(due.participant.study)
    zone = ZoneInfo(protocols.of(person.study).protocol.study.time_zone)
    noon = datetime.combine(filled_in_on, time(12), zone)
    evening = datetime.combine(filled_in_on, time.max, zone)
    consent = Consent.objects.filter(participant=person, given_at__lte=evening).order_by("-given_at").first()
    if consent is None or version is None:
        raise ActionRefused(_("The paper form was filled in before the consent. It cannot be entered."))
    administration = Administration.objects.create(
        participant=person,
        consent=consent,
        version=version,
        assessment=due.assessment.id,
        instrument=due.instrument,
        number=due.number,
        language=consent.text.language,
        mode="paper",
        started_at=max(noon, consent.given_at),
        completed_at=max(noon, consent.given_at),
    )
    _answers(administration, values)
    DataEntryPass.objects.filter(pk__in=[entry.pk for entry in passes]).update(administration=administration)
    after = {"assessment": due.assessment.id, "instrument": due.instrument, **values}
    audit.record(by, AuditAction.PAPER_FORM_TAKEN_OVER, administration, about=person, after=after, reason=reason)
    raise_from_answers(administration)
    return administration


def _answers(administration: Administration, values: Values) -> None:
    of = items.source(protocols.of_version(administration.version), administration.instrument)
    words = items.own_words(of)
    Answer.objects.bulk_create(
        Answer(administration=administration, item=item, value=value)
        for item, value in values.items()
        if item not in words
    )
    Comment.objects.bulk_create(
        Comment(administration=administration, item=item, text=value)
        for item, value in values.items()
        if item in words and value
    )
