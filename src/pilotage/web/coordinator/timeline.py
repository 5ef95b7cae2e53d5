"""What happened to one person and what comes, in order of time, from the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pilotage.protocol.protocol import Protocol
from pilotage.web.records.models import Consent, Participant, Step
from pilotage.web.records.queries import Due


@dataclass(frozen=True)
class Moment:
    """Something that happened or is planned: when, what, and by whom or why."""

    at: datetime
    what: str
    detail: str = ""
    planned: bool = False
    day_only: bool = False


def timeline(person: Participant, protocol: Protocol, asked: Sequence[Due], now: datetime) -> list[Moment]:
    """All of it, the latest last."""
    zone = ZoneInfo(protocol.study.time_zone)
    found = [
        *(_step(step, zone) for step in person.steps.select_related("by")),
        *_links(person),
        *(_consent(consent) for consent in person.consents.all()),
        *_joined(person, protocol),
        *_answered(asked),
        *_left(person),
        *_to_come(asked, now),
    ]
    return sorted(found, key=lambda moment: moment.at)


def _step(step: Step, zone: ZoneInfo) -> Moment:
    words = {
        "approached": _("Approached."),
        "interested": _("Is interested."),
        "no reply": _("Did not reply."),
        "declined": _("Declined."),
        "eligible": _("Screened: eligible."),
        "not eligible": _("Screened: not eligible."),
        "waiting list": _("Put on the waiting list."),
        "promoted": _("Let in from the waiting list."),
    }
    who = step.by.name if step.by else ""
    # A step bears its day alone; the moment it was written down puts those of one day in order.
    written = step.at.astimezone(zone)
    at = written if written.date() == step.on else datetime.combine(step.on, time(), zone)
    return Moment(at, words[step.kind], " · ".join(part for part in (step.reason, who) if part), day_only=True)


def _links(person: Participant) -> Iterator[Moment]:
    for link in person.links.all():
        if link.purpose == "participant":
            yield Moment(link.created_at, _("A personal link was made."))
            if link.revoked_at:
                yield Moment(link.revoked_at, _("That link was ended."))


def _consent(consent: Consent) -> Moment:
    said = {"version": consent.text.version}
    if consent.mode == "paper":
        kept = _("The paper is kept by: %(who)s.") % {"who": consent.paper_held_by}
        return Moment(consent.given_at, _("Consented on paper to version %(version)s.") % said, kept, day_only=True)
    return Moment(consent.given_at, _("Consented to version %(version)s.") % said)


def _joined(person: Participant, protocol: Protocol) -> Iterator[Moment]:
    allocation, place = getattr(person, "allocation", None), getattr(person, "place", None)
    if allocation is not None:
        arm = protocol.arm(allocation.arm).label
        yield Moment(allocation.at, _("Entered the arm %(arm)s.") % {"arm": arm}, _method(allocation.method))
    if place is not None:
        words = _("Has a place in %(group)s.") if place.on_course else _("Follows the dates of %(group)s.")
        yield Moment(place.taken_at, words % {"group": place.cohort.name}, place.override)


def _method(method: str) -> str:
    return {"by choice": _("by own choice"), "by list": _("from the list"), "by chance": _("by chance")}[method]


def _answered(asked: Sequence[Due]) -> Iterator[Moment]:
    """One entry for each occasion that is whole, on the day of its last questionnaire; never what was answered."""
    for label, group in _occasions(asked):
        finished = [due.administration.completed_at for due in group if due.administration and due.finished]
        moments = [moment for moment in finished if moment is not None]
        if moments:
            said = {"occasion": label, "done": len(moments), "of": len(group)}
            yield Moment(max(moments), _("%(occasion)s: %(done)s of %(of)s questionnaires answered.") % said)


def _to_come(asked: Sequence[Due], now: datetime) -> Iterator[Moment]:
    for label, group in _occasions(asked):
        closes = [due.closes for due in group if due.closes and due.state == "open"]
        opens = [due.opens for due in group if due.state == "to come"]
        if opens:
            first = min(opens)
            words = _("%(occasion)s: opens.") % {"occasion": label}
            yield Moment(first, words, planned=True, day_only=first.time() == time())
        elif closes and min(closes) > now:
            last = next(due.last_day for due in group if due.closes == min(closes))
            if last is not None:
                yield Moment(last, _("%(occasion)s: last day.") % {"occasion": label}, planned=True, day_only=True)


def _occasions(asked: Sequence[Due]) -> Iterator[tuple[str, list[Due]]]:
    groups: dict[tuple[str, int], list[Due]] = {}
    for due in asked:
        if not due.any_time:
            groups.setdefault((due.assessment.id, due.number), []).append(due)
    often = {name for name, number in groups if number > 1}
    for (name, number), group in groups.items():
        label = group[0].assessment.label
        yield (f"{label} {number}" if name in often else label), group


def _left(person: Participant) -> Iterator[Moment]:
    words = {"course": _("Left the course."), "study": _("Left the study.")}
    for leaving in person.leavings.all():
        kept = _("Answers are kept.") if leaving.answers == "keep" else _("Answers are erased.")
        parts = (leaving.reason, kept if leaving.what == "study" else "")
        yield Moment(leaving.at, words[leaving.what], " · ".join(part for part in parts if part))
    if person.erased_at is not None:
        yield Moment(person.erased_at, _("Erased from the research."))
