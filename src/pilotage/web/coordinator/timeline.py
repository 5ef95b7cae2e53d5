"""What happened to one person and what comes, in order of time: the larger part of a person's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pilotage.protocol.protocol import Protocol
from pilotage.vocabulary import AllocationMethod, EntryStep
from pilotage.web.coordinator.labels import reason_words
from pilotage.web.pages.protocol_words import in_page_language, named
from pilotage.web.records import queries
from pilotage.web.records.models import Consent, Leaving, Participant, PersonalLink, Step
from pilotage.web.records.queries.due import Due


@dataclass(frozen=True)
class Moment:
    """Something that happened or is planned: when, what, and by whom or why."""

    at: datetime
    what: str
    detail: str = ""
    planned: bool = False
    day_only: bool = False


def timeline(person: Participant, protocol: Protocol, asked_for: Sequence[Due], now: datetime) -> list[Moment]:
    """Return all of it, the latest last; ``asked_for`` is all that the person is asked."""
    zone, history = ZoneInfo(protocol.study.time_zone), queries.history_of(person)
    moments = [
        *(_step(step, zone, protocol) for step in history.steps),
        *(moment for link in history.links for moment in _link(link)),
        *(_consent(consent) for consent in history.consents),
        *_joined(person, protocol),
        *_answered(asked_for),
        *(_left(leaving, protocol) for leaving in history.leavings),
        *_erased(person),
        *_to_come(asked_for, now),
    ]
    return sorted(moments, key=lambda moment: moment.at)


def _step(step: Step, zone: ZoneInfo, protocol: Protocol) -> Moment:
    words = {
        EntryStep.APPROACHED: _("Approached."),
        EntryStep.INTERESTED: _("Interested."),
        EntryStep.NO_REPLY: _("No reply."),
        EntryStep.DECLINED: _("Declined."),
        EntryStep.ELIGIBLE: _("Screened: eligible."),
        EntryStep.NOT_ELIGIBLE: _("Screened: not eligible."),
        EntryStep.WAITING_LIST: _("Put on the waiting list."),
        EntryStep.PROMOTED: _("Admitted from the waiting list."),
    }
    who = step.by.name if step.by else ""
    # A step bears its day alone; the moment it was written down puts those of one day in order.
    written = step.at.astimezone(zone)
    at = written if written.date() == step.on else datetime.combine(step.on, time(), zone)
    detail = " · ".join(part for part in (reason_words(step.reason, protocol), who) if part)
    return Moment(at, words[EntryStep(step.kind)], detail, day_only=True)


def _link(link: PersonalLink) -> Iterator[Moment]:
    yield Moment(link.created_at, _("Personal link made."))
    if link.revoked_at:
        yield Moment(link.revoked_at, _("Personal link ended."))


def _consent(consent: Consent) -> Moment:
    version = {"version": consent.text.version}
    if consent.mode == "paper":
        kept = _("Paper kept by: %(who)s.") % {"who": consent.paper_held_by}
        return Moment(consent.given_at, _("Consented on paper to version %(version)s.") % version, kept, day_only=True)
    return Moment(consent.given_at, _("Consented to version %(version)s.") % version)


def _joined(person: Participant, protocol: Protocol) -> Iterator[Moment]:
    allocation, place = getattr(person, "allocation", None), getattr(person, "place", None)
    if allocation is not None:
        arm = in_page_language(protocol.arm_labels[allocation.arm])
        yield Moment(allocation.at, _("Allocated to %(arm)s.") % {"arm": arm}, _method(allocation.method))
    if place is not None:
        words = _("Has a place in %(group)s.") if place.on_course else _("Follows the schedule of %(group)s.")
        yield Moment(place.taken_at, words % {"group": place.cohort.name}, place.override)


def _method(method: str) -> str:
    words = {
        AllocationMethod.BY_CHOICE: _("by own choice"),
        AllocationMethod.BY_LIST: _("from the list"),
        AllocationMethod.BY_CHANCE: _("at random"),
    }
    return words[AllocationMethod(method)]


def _answered(asked_for: Sequence[Due]) -> Iterator[Moment]:
    """Yield a moment for each occasion of which something is answered, on the day of the last questionnaire.

    What was answered is never told.
    """
    for label, group in _occasions(asked_for):
        finished = [due.administration.completed_at for due in group if due.administration and due.finished]
        moments = [moment for moment in finished if moment is not None]
        if moments:
            counted = {"occasion": label, "done": len(moments), "of": len(group)}
            words = _("%(occasion)s: %(done)s of %(of)s questionnaires completed.")
            yield Moment(max(moments), words % counted)


def _to_come(asked_for: Sequence[Due], now: datetime) -> Iterator[Moment]:
    for label, group in _occasions(asked_for):
        closes = [due.closes for due in group if due.closes and due.state == "open"]
        opens = [due.opens for due in group if due.state == "to come"]
        if opens:
            first = min(opens)
            words = _("Questionnaires open: %(occasion)s.") % {"occasion": label}
            yield Moment(first, words, planned=True, day_only=first.time() == time())
        elif closes and min(closes) > now:
            last = next(due.last_day for due in group if due.closes == min(closes))
            if last is not None:
                words = _("Last day for questionnaires: %(occasion)s.") % {"occasion": label}
                yield Moment(last, words, planned=True, day_only=True)


def _occasions(asked_for: Sequence[Due]) -> Iterator[tuple[str, list[Due]]]:
    """Yield what is asked by occasion; one that comes back has its number."""
    groups: dict[tuple[str, int], list[Due]] = {}
    for due in asked_for:
        if not due.any_time:
            groups.setdefault((due.assessment.id, due.number), []).append(due)
    often = {name for name, number in groups if number > 1}
    for (name, number), group in groups.items():
        label = named(group[0].assessment)
        yield (f"{label} ({number})" if name in often else label), group


def _left(leaving: Leaving, protocol: Protocol) -> Moment:
    words = {"course": _("Left the course."), "study": _("Left the study.")}
    kept = _("Answers are kept.") if leaving.answers == "keep" else _("Answers are erased.")
    parts = (reason_words(leaving.reason, protocol), kept if leaving.what == "study" else "")
    return Moment(leaving.at, words[leaving.what], " · ".join(part for part in parts if part))


def _erased(person: Participant) -> Iterator[Moment]:
    if person.erased_at is not None:
        yield Moment(person.erased_at, _("Erased from the research."))
