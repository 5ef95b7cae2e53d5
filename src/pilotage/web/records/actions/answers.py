"""Answers come in, one at a time or a page at once, and a questionnaire is finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, items, protocols
from pilotage.web.records.actions.alerts import raise_from_answers
from pilotage.web.records.models import Administration, Answer, Comment, Consent
from pilotage.web.records.queries.answers import answers_given
from pilotage.web.records.queries.due import Due
from pilotage.web.records.refused import ActionRefused


@dataclass(frozen=True)
class Sent:
    """An answer as a browser sent it: its own random name, and its own count, by which a later one is known."""

    item: str
    value: str | None
    device: str = ""
    sequence: int = 0


@dataclass(frozen=True)
class Saved:
    """What became of what was sent."""

    administration: Administration
    refused: tuple[str, ...] = ()
    """Items whose answer is none that they take; the others are kept."""


class Unfinished(ActionRefused):
    """Not finished yet: some items have no answer."""

    def __init__(self, unanswered: items.Unanswered) -> None:
        super().__init__(_("Some questions have no answer yet."))
        self.unanswered = unanswered


@transaction.atomic
def begin_administration(by: audit.By, due: Due, language: str) -> Administration:
    """Begin what is asked, under the consent and the version of the protocol that hold now."""
    _refuse_out_of_time(due)
    participant = due.participant
    consent = Consent.objects.filter(participant=participant, ended_at=None).first()
    version = protocols.in_force(participant.study)
    if consent is None or version is None:
        raise ActionRefused(_("We can ask you questions only after you have given your consent."))
    key = {"assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    administration, new = Administration.objects.get_or_create(
        participant=participant, **key, defaults={"consent": consent, "version": version, "language": language}
    )
    if new:
        after = key | {"version": version.number, "language": language}
        audit.record(by, AuditAction.ADMINISTRATION_BEGUN, administration, about=participant, after=after)
    return administration


@transaction.atomic
def save_answers(by: audit.By, due: Due, sent: Sequence[Sent], language: str) -> Saved:
    """Keep what was sent: each item once, the latest of a browser, and of several browsers what arrived last."""
    administration = _locked(by, due, language)
    if administration.completed_at is not None:
        raise ActionRefused(_("You have already sent these answers. They can no longer be changed."))
    of = items.source(protocols.of_version_key(administration.version_id), due.instrument)
    tidy = [Sent(s.item, items.normalised(of, s.item, s.value), s.device, s.sequence) for s in sent if _known(of, s)]
    good = [answer for answer in tidy if items.allowed(of, answer.item, answer.value)]
    words = items.own_words(of)
    changes = _keep_answers(administration, [answer for answer in good if answer.item not in words])
    changes |= _keep_comments(administration, [answer for answer in good if answer.item in words])
    if changes:
        before = {item: was for item, (was, _now) in changes.items()}
        after = {item: now for item, (_was, now) in changes.items()}
        audit.record(by, AuditAction.ANSWERS_SAVED, administration, about=due.participant, before=before, after=after)
    return Saved(administration, tuple(answer.item for answer in tidy if answer not in good))


@transaction.atomic
def finish(by: audit.By, due: Due, language: str, *, blanks_meant: bool = False) -> Administration:
    """Finish a questionnaire, whose answers do not change from now on; sent twice, it is finished once.

    Raises
    ------
    Unfinished
        When an item needs an answer, or when blanks are asked about once and that was not done.
    """
    administration = _locked(by, due, language)
    if administration.completed_at is not None:
        return administration
    of = items.source(protocols.of_version_key(administration.version_id), due.instrument)
    answers = answers_given(administration)
    lacking = items.unanswered(of, due.assessment, answers)
    if lacking.needed or (lacking.left_blank and not blanks_meant):
        raise Unfinished(lacking)
    _clear(by, administration, items.not_asked(of, answers))
    administration.completed_at = timezone.now()
    administration.save(update_fields=["completed_at"])
    audit.record(by, AuditAction.ADMINISTRATION_FINISHED, administration, about=due.participant)
    raise_from_answers(administration)
    return administration


def _known(of: Any, sent: Sent) -> bool:
    return sent.item in items.item_ids(of)


def _locked(by: audit.By, due: Due, language: str) -> Administration:
    """Lock the administration until the transaction ends, and begin it where it was not."""
    _refuse_out_of_time(due)
    key = due.administration.pk if due.administration else begin_administration(by, due, language).pk
    rows = Administration.objects.select_for_update(of=("self",)).select_related("consent")
    administration = rows.get(pk=key)
    if administration.consent.ended_at is not None:
        raise ActionRefused(_("You have left the study. We ask you no more questions and save no more answers."))
    if administration.mode == "paper":
        raise ActionRefused(_("You have answered this questionnaire on paper."))
    return administration


def _refuse_out_of_time(due: Due) -> None:
    if due.state == "to come":
        raise ActionRefused(_("This questionnaire is not open yet."))
    if due.state == "missed":
        raise ActionRefused(_("This questionnaire has closed. The answers you gave before then are saved."))


def _keep_answers(administration: Administration, sent: Iterable[Sent]) -> dict[str, tuple[str | None, str | None]]:
    """Save answers, and return the items that changed, with what they were and are."""
    latest = _latest(sent)
    rows = {row.item: row for row in administration.answers.filter(item__in=latest)}
    changes: dict[str, tuple[str | None, str | None]] = {}
    new: list[Answer] = []
    for item, answer in latest.items():
        row = rows.get(item)
        if row is None:
            columns = {"value": answer.value, "device": answer.device, "sequence": answer.sequence}
            new.append(Answer(administration=administration, item=item, **columns))
            changes[item] = (None, answer.value)
        elif row.value != answer.value and not _stale(answer, row):
            changes[item] = (row.value, answer.value)
            row.value = answer.value
            _overwrite(row, answer)
    Answer.objects.bulk_create(new)
    return changes


def _keep_comments(administration: Administration, sent: Iterable[Sent]) -> dict[str, tuple[str | None, str | None]]:
    """Save comments as answers are saved; an emptied comment stays, empty."""
    latest = _latest(sent)
    rows = {row.item: row for row in administration.comments.filter(item__in=latest)} if latest else {}
    changes: dict[str, tuple[str | None, str | None]] = {}
    for item, answer in latest.items():
        row, text = rows.get(item), answer.value or ""
        if row is None:
            columns = {"text": text, "device": answer.device, "sequence": answer.sequence}
            Comment.objects.create(administration=administration, item=item, **columns)
            changes[item] = (None, text)
        elif row.text != text and not _stale(answer, row):
            changes[item] = (row.text, text)
            row.text = text
            _overwrite(row, answer)
    return changes


def _latest(sent: Iterable[Sent]) -> Mapping[str, Sent]:
    latest: dict[str, Sent] = {}
    for answer in sorted(sent, key=lambda answer: answer.sequence):
        latest[answer.item] = answer
    return latest


def _stale(sent: Sent, row: Answer | Comment) -> bool:
    """Return whether the same browser sent something later already: copies and latecomers change nothing."""
    return bool(sent.device) and sent.device == row.device and sent.sequence <= row.sequence


def _overwrite(row: Answer | Comment, sent: Sent) -> None:
    row.device, row.sequence, row.saved_at = sent.device, sent.sequence, timezone.now()
    row.save(update_fields=["value" if isinstance(row, Answer) else "text", "device", "sequence", "saved_at"])


def _clear(by: audit.By, administration: Administration, unasked: Iterable[str]) -> None:
    """Blank what was answered and is asked no more; the log keeps what it was."""
    of = items.source(protocols.of_version_key(administration.version_id), administration.instrument)
    words, empty = items.own_words(of), [Sent(item, None) for item in unasked]
    changes = _keep_answers(administration, [answer for answer in empty if answer.item not in words])
    changes |= _keep_comments(administration, [answer for answer in empty if answer.item in words])
    if changes:
        before = {item: was for item, (was, _now) in changes.items()}
        reason = "no longer asked, by a later answer"
        about = administration.participant
        audit.record(by, AuditAction.ANSWERS_CLEARED, administration, about=about, before=before, reason=reason)
