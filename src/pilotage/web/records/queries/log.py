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

ACCESS = tuple(action for action in AuditAction if action.changes_access)


@dataclass(frozen=True)
class LogEntry:
    """One event, readable; ``details`` is empty where it is about a person, whose key seals it."""

    sequence: int
    at: datetime
    who: str
    what: str
    subject: str
    details: tuple[tuple[str, str], ...]
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
    detail = () if event.person is not None else tuple(_detail_lines(audit.detail(event) or {}, names))
    return LogEntry(event.sequence, event.at, who, event.what, event.subject, detail, event.person is not None)


def _detail_lines(detail: dict[str, Any], names: dict[Any, str]) -> Iterator[tuple[str, str]]:
    for part in ("before", "after"):
        for name, value in (detail.get(part) or {}).items():
            words = names.get(value, str(value)) if name == "user" else str(value)
            yield f"{name} ({part})" if part == "before" else name, words
    if detail.get("reason"):
        yield "reason", str(detail["reason"])
