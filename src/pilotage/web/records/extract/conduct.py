"""What the team did and saw, by role and number; and departures from the protocol, a changed plan among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from pilotage.vocabulary import AuditAction, ConductKind
from pilotage.web.records import audit
from pilotage.web.records.extract.source import Source, Staff
from pilotage.web.records.models import Deviation, Event, Freeze, PlanLock, Release, RoleHeld, Study
from pilotage.web.records.plan_changes import plan_changes

Row = dict[str, Any]


def staff(study: Study) -> Staff:
    """Return who held which role, ever, numbered within the role."""
    held = RoleHeld.objects.filter(study=study).order_by("user", "pk").values_list("user", "role")
    numbers: dict[tuple[int, str], int] = {}
    for user, role in dict.fromkeys(held):
        numbers[user, role] = 1 + sum(known == role for _, known in numbers)
    return Staff(numbers)


def deviations(source: Source) -> list[Row]:
    """Return departures from the protocol, and every change of the plan after it was locked."""
    all_rows = Deviation.objects.filter(study=source.study).select_related("session__cohort").order_by("on", "pk")
    rows = [_deviation(record, source) for record in all_rows] + [_plan_deviation(row) for row in _plan_changes(source)]
    rows.sort(key=lambda row: str(row["date"]))
    return [row | {"deviation": f"D{number:03}"} for number, row in enumerate(rows, start=1)]


def _deviation(row: Deviation, source: Source) -> Row:
    return {
        "date": row.on,
        "cohort": row.session.cohort.key if row.session else None,
        "session": row.session.number if row.session else None,
        "kind": row.kind,
        "core": row.core,
        "planned": row.planned,
        "description": source.words(row.description),
    }


def _plan_deviation(change: Row) -> Row:
    text = f"Analysis plan changed after it was locked: {change['what']}. Reason: {change['reason']}"
    return {"date": change["date"], "kind": "procedure", "core": "not judged", "planned": "ad hoc", "description": text}


def conduct(source: Source) -> list[Row]:
    """Return every entry, in order of time."""
    rows = [*_roles(source), *_together(source), *_locked(source), *_plan_changes(source), *_frozen(source),
            *_logged(source), *_released(source)]  # fmt: skip
    rows.sort(key=lambda row: str(row["date"]))
    return [row | {"entry": f"C{number:03}"} for number, row in enumerate(rows, start=1)]


def _row(source: Source, at: datetime, kind: str, who: str, what: str, reason: str = "") -> Row:
    return {"date": source.day(at), "kind": kind, "who": who, "what": what, "reason": source.words(reason)}


def _roles(source: Source) -> Iterator[Row]:
    for held in RoleHeld.objects.filter(study=source.study).select_related("centre").order_by("since", "pk"):
        where = f"at {held.centre.name}" if held.centre else "at all centres"
        until = f", until {source.day(held.until)}" if held.until else ""
        who = source.staff.label(held.user_id, held.role)
        yield _row(source, held.since, "role held", who, f"{held.role} {where}{until}", held.reason)


def _together(source: Source) -> Iterator[Row]:
    """Yield two roles that one person held at the same time."""
    everyone = RoleHeld.objects.filter(study=source.study).order_by("since", "pk")
    yielded = set()
    for row, other in combinations(everyone, 2):
        pair = (row.user_id, frozenset((row.role, other.role)))
        apart = (row.until and row.until <= other.since) or (other.until and other.until <= row.since)
        if row.user_id != other.user_id or row.role == other.role or apart or pair in yielded:
            continue
        yielded.add(pair)
        who = " and ".join(source.staff.label(held.user_id, held.role) for held in (row, other))
        why = source.loaded.protocol.roles.reason_for(row.role, other.role) or other.reason or row.reason
        since = max(row.since, other.since)
        yield _row(source, since, "two roles in one person", who, f"{row.role} and {other.role}", why)


def _locked(source: Source) -> Iterator[Row]:
    for lock in PlanLock.objects.filter(study=source.study).select_related("version"):
        who = source.staff.label(lock.by_id, "researcher")
        yield _row(source, lock.at, ConductKind.PLAN_LOCKED, who, f"the plan of protocol version {lock.version.number}")


def _plan_changes(source: Source) -> Iterator[Row]:
    for change in plan_changes(source.study):
        who, version = source.staff.label(change.version.by_id), change.version
        yield _row(source, version.since, "plan changed", who, change.summary, version.reason)


def _frozen(source: Source) -> Iterator[Row]:
    for freeze in Freeze.objects.filter(study=source.study):
        outcomes = "with outcomes" if freeze.with_outcomes else "without outcomes"
        what = f"copy {freeze.number}: {freeze.people} people, {outcomes}"
        yield _row(source, freeze.at, ConductKind.DATA_FROZEN, source.staff.label(freeze.by_id, "researcher"), what)


def _logged(source: Source) -> Iterator[Row]:
    """Yield what was taken out, each time; and the first time each teacher opened a released report."""
    seen = set()
    for event in Event.objects.filter(
        study=source.study.pk, what__in=(AuditAction.DATA_EXPORTED, AuditAction.RELEASED_REPORT_READ), person=None
    ):
        what = ((audit.detail(event) or {}).get("after") or {}).get("what", "")
        if event.what == AuditAction.DATA_EXPORTED:
            yield _row(source, event.at, ConductKind.DATA_EXPORTED, source.staff.label(event.actor, "researcher"), what)
        elif (event.actor, "teacher") in source.staff.numbers and (event.actor, event.subject) not in seen:
            seen.add((event.actor, event.subject))
            yield _row(source, event.at, "teachers saw results", source.staff.label(event.actor, "teacher"), what)


def _released(source: Source) -> Iterator[Row]:
    for release in Release.objects.filter(run__freeze__study=source.study).select_related("run__freeze"):
        what = f"the shared report of copy {release.run.freeze.number}, to teachers and coordinators"
        who = source.staff.label(release.by_id, "researcher")
        yield _row(source, release.at, ConductKind.REPORT_RELEASED, who, what)
