"""A teacher's groups: the next session first, then who came to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.address import address_page, make_address
from pilotage.web.pages.sessions import Words, state_of
from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Attendance, Cohort, Session, Study
from pilotage.web.teacher.labels import STATUSES, theme_of
from pilotage.web.teacher.lookups import cohort_or_404


@dataclass(frozen=True)
class Group:
    """A group in a teacher's list."""

    cohort: Cohort
    next_session: Session | None
    theme: str
    people: int


@dataclass(frozen=True)
class Meeting:
    """A session as a line of its group's page."""

    session: Session
    theme: str
    state: Words
    tone: str


@staff("teacher")
@require_safe
def cohorts(request: Any, study: Study) -> HttpResponse:
    """My groups; the one that meets next comes first."""
    found = [_group(cohort, study) for cohort in queries.cohorts_taught_by(request.user, study)]
    last = timezone.now().max.replace(tzinfo=timezone.now().tzinfo)
    found.sort(key=lambda group: group.next_session.planned_start if group.next_session else last)
    return render(request, "teacher/groups.html", {"groups": found})


@staff("teacher")
@require_safe
def group(request: Any, study: Study, group: str) -> HttpResponse:
    """One group: its sessions, and who came to which."""
    found = cohort_or_404(request, study, group)
    loaded = protocols.of(study)
    sessions = list(queries.sessions_taught_by(request.user, study).filter(cohort=found).order_by("number"))
    coming = queries.next_session(sessions, timezone.now())
    page = {
        "group": found,
        "meetings": [Meeting(one, theme_of(loaded, one), *state_of(one)) for one in sessions],
        "coming": coming,
        "teachers": [taught.user for taught in found.teachers.select_related("user")],
        "grid": _grid(sessions),
        "sessions": sessions,
    }
    return render(request, "teacher/group.html", page)


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Any, study: Study) -> HttpResponse:
    """The private address by which a teacher's own calendar reads the sessions of all their groups."""
    if request.method == "POST":
        make_address(request, request.user)
        return redirect("teacher:calendar", study=study.key)
    return render(request, "teacher/calendar.html", address_page(request, request.user))


def _group(cohort: Cohort, study: Study) -> Group:
    sessions = list(cohort.sessions.select_related("held").order_by("planned_start"))
    coming = queries.next_session(sessions, timezone.now())
    theme = theme_of(protocols.of(study), coming) if coming else ""
    people = queries.places_taken(cohort)
    return Group(cohort, coming, theme, people)


def _grid(sessions: list[Session]) -> list[tuple[str, list[tuple[Session, Words]]]]:
    """Each person's line: whether they came to each session that is over or going on."""
    begun = [session for session in sessions if getattr(session, "held", None) is not None]
    rows = Attendance.objects.filter(session__in=sessions)
    marked = {(row.participant_id, row.session_id): row.status for row in rows}
    people = {line.participant.pk: line.name for session in sessions[-1:] for line in queries.roster(session)}
    return [
        (name, [(session, STATUSES.get(marked.get((key, session.pk), ""), "")) for session in begun])
        for key, name in people.items()
    ]
