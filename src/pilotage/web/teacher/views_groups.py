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
from pilotage.web.records.models import Cohort, Session, Study
from pilotage.web.teacher.labels import STATUSES, theme_of
from pilotage.web.teacher.lookups import cohort_or_404


@dataclass(frozen=True)
class GroupCard:
    """A group in a teacher's list."""

    cohort: Cohort
    next_session: Session | None
    theme: str
    people: int


@dataclass(frozen=True)
class SessionLine:
    """A session as a line of its group's page."""

    session: Session
    theme: str
    state: Words
    tone: str


@staff("teacher")
@require_safe
def cohorts(request: Any, study: Study) -> HttpResponse:
    """Show my groups; the one that meets next comes first."""
    cards = [_card(cohort, study) for cohort in queries.cohorts_taught_by(request.user, study)]
    last = timezone.now().max.replace(tzinfo=timezone.now().tzinfo)
    cards.sort(key=lambda card: card.next_session.planned_start if card.next_session else last)
    return render(request, "teacher/groups.html", {"cards": cards})


@staff("teacher")
@require_safe
def group(request: Any, study: Study, group: str) -> HttpResponse:
    """Show one group: its sessions, and who came to which."""
    cohort = cohort_or_404(request, study, group)
    loaded, sessions = protocols.of(study), queries.sessions_of_cohort(cohort)
    context = {
        "group": cohort,
        "lines": [SessionLine(session, theme_of(loaded, session), *state_of(session)) for session in sessions],
        "next_session": queries.next_session(sessions, timezone.now()),
        "teachers": queries.teachers_of_cohort(cohort),
        "grid": _grid(sessions),
    }
    return render(request, "teacher/group.html", context)


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Any, study: Study) -> HttpResponse:
    """Show or make the private address by which a teacher's calendar reads the sessions of all their groups."""
    if request.method == "POST":
        make_address(request, request.user)
        return redirect("teacher:calendar", study=study.key)
    return render(request, "teacher/calendar.html", address_page(request, request.user))


def _card(cohort: Cohort, study: Study) -> GroupCard:
    coming = queries.next_session(queries.sessions_of_cohort(cohort), timezone.now())
    theme = theme_of(protocols.of(study), coming) if coming else ""
    return GroupCard(cohort, coming, theme, queries.places_taken(cohort))


def _grid(sessions: list[Session]) -> list[tuple[str, list[tuple[Session, Words]]]]:
    """Return each person's line: whether they came to each session that is over or going on."""
    begun = [session for session in sessions if getattr(session, "held", None) is not None]
    statuses = queries.statuses_at(sessions)
    people = {line.participant.pk: line.name for session in sessions[-1:] for line in queries.roster(session)}
    return [
        (name, [(session, STATUSES.get(statuses.get((key, session.pk), ""), "")) for session in begun])
        for key, name in people.items()
    ]
