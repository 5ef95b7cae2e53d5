"""The log as an administrator reads it: what happened, when and by whom, and nothing that is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import Event, Study, User

STAFF = frozenset({"user", "teachers"})
"""The keys under which an event records members of staff, one or several, by number."""

ACCESS = tuple(action for action in AuditAction if action.changes_access)


@dataclass(frozen=True)
class LogDetail:
    """One thing that an event records, as it is stored; staff are named."""

    key: str
    value: Any
    before: bool = False


@dataclass(frozen=True)
class LogEntry:
    """One event, readable; ``details`` is empty where it is about a person, whose key seals it."""

    sequence: int
    at: datetime
    who: str
    what: str
    subject: str
    details: tuple[LogDetail, ...]
    sealed: bool


def events(study: Study | None, day: date | None = None, what: str = "", zone: str = "UTC") -> QuerySet[Event]:
    """Return the events of a study, or of the server, newest first; of one day by the study's clock, of one kind."""
    rows = Event.objects.filter(study=study.pk if study else None).order_by("-sequence")
    if day is not None:
        begins = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
        ends = datetime.combine(day + timedelta(1), time(), tzinfo=ZoneInfo(zone))
        rows = rows.filter(at__gte=begins, at__lt=ends)
    return rows.filter(what=what) if what else rows


def kinds_of_event(study: Study | None) -> list[str]:
    """Return everything that ever happened, by kind."""
    rows = Event.objects.filter(study=study.pk if study else None)
    return list(rows.order_by("what").values_list("what", flat=True).distinct())


def access_events(study: Study, most: int = 10) -> list[Event]:
    """Return what last changed in who may open what."""
    return list(events(study).filter(what__in=ACCESS)[:most])


def lines(rows: Sequence[Event]) -> list[LogEntry]:
    """Return events as lines, with the names of staff."""
    names = dict(User.objects.values_list("pk", "name"))
    return [_line(event, names) for event in rows]


def _line(event: Event, names: dict[Any, str]) -> LogEntry:
    kinds = {"server": _("the server"), "participant": _("a participant"), "colleague": _("a colleague")}
    who = names.get(event.actor, "") if event.actor_kind == "user" else kinds.get(event.actor_kind, event.actor_kind)
    details = () if event.person is not None else tuple(_details(audit.detail(event) or {}, names))
    return LogEntry(event.sequence, event.at, who, event.what, event.subject, details, event.person is not None)


def _details(detail: dict[str, Any], names: dict[Any, str]) -> Iterator[LogDetail]:
    for part in ("before", "after"):
        for key, value in (detail.get(part) or {}).items():
            yield LogDetail(key, _with_names(value, names) if key in STAFF else value, part == "before")
    if detail.get("reason"):
        yield LogDetail("reason", detail["reason"])


def _with_names(value: Any, names: dict[Any, str]) -> Any:
    return [_with_names(user, names) for user in value] if isinstance(value, list) else names.get(value, str(value))
