"""A session's page: its run-sheet, attendance in one tap each, materials and recordings; begun, ended, put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.vocabulary import AttendanceStatus, SessionState
from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.pages.sessions import Words, state_of
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Session, Study
from pilotage.web.records.queries.delivery import RosterLine
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.forms_session import AttendanceForm, EndForm
from pilotage.web.teacher.labels import ONE_TAP, STATUSES, theme_of
from pilotage.web.teacher.lookups import expected_or_404, session_or_404, to_session

GET_AND_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class StatusButton:
    """One of the buttons of a person's line."""

    value: str
    words: Words
    chosen: bool


@dataclass(frozen=True)
class AttendanceLine:
    """One person's line: who it is, what is marked, and the buttons."""

    line: RosterLine
    buttons: tuple[StatusButton, ...]

    @property
    def words(self) -> Words:
        """What is marked, in words."""
        return STATUSES.get(self.line.status, "")

    @property
    def made_up(self) -> bool:
        """Whether they made the session up on another day."""
        return self.line.status == AttendanceStatus.MADE_UP

    @property
    def in_room(self) -> bool:
        """Whether they were marked as having been in the room."""
        return bool(self.line.status) and AttendanceStatus(self.line.status).in_room

    @property
    def shape(self) -> str:
        """The class whose shape stands before the name: there, away, or not marked yet."""
        return "done" if self.in_room else "omitted" if self.line.status else ""


@staff("teacher")
@require_safe
def session(request: Any, study: Study, session: int) -> HttpResponse:
    """Show the session's page; a part of it that has nothing to show is None."""
    row = session_or_404(request, study, session)
    held = getattr(row, "held", None)
    state, tone = state_of(row)
    overdue = row.planned_start < timezone.now()
    context = {
        "session": row,
        "group": row.cohort,
        "held": held,
        "minutes": held.minutes if held else None,
        "theme": theme_of(protocols.of(study), row),
        "state": state,
        "tone": tone,
        "can_begin": _can_begin(row),
        "can_enter_times": overdue and SessionState(row.state).to_be_held,
        "cancelled": row.state == SessionState.CANCELLED,
        "postponed": row.state == SessionState.POSTPONED,
        "run_sheet": _run_sheet(row),
        "attendance": _attendance(row),
        "materials": _materials(row),
        "recordings": _recordings(row),
    }
    return render(request, "teacher/session.html", context)


def _run_sheet(session: Session) -> dict[str, bool] | None:
    """Return what the way to the run-sheet says, from the day of the session on.

    None where the session was called off, or nothing is planned for its time.
    """
    to_come = queries.day_of(session.cohort.study, session.planned_start) > queries.day_of(session.cohort.study)
    if to_come or SessionState(session.state).called_off or not queries.blocks_of(session):
        return None
    return {"over": _has_ended(session), "going_on": _goes_on(session), "has_debrief": queries.has_debrief(session)}


def _attendance(session: Session) -> dict[str, Any] | None:
    """Return everybody expected, with their buttons; None for a session that was called off."""
    return None if SessionState(session.state).called_off else _marked_so_far(session)


def _marked_so_far(session: Session) -> dict[str, Any]:
    """Return the lines of attendance, and in words what they come to."""
    lines = [_line(line) for line in queries.roster(session)]
    unmarked = sum(not line.line.status for line in lines)
    can_mark = queries.day_of(session.cohort.study, session.planned_start) <= queries.day_of(session.cohort.study)
    return {
        "lines": lines,
        "unmarked": unmarked,
        "can_mark": can_mark,
        "summary": _summary(lines, unmarked if can_mark else 0),
    }


def _line(line: RosterLine) -> AttendanceLine:
    buttons = (StatusButton(status, STATUSES[status], line.status == status) for status in ONE_TAP)
    return AttendanceLine(line, tuple(buttons))


def _summary(lines: list[AttendanceLine], unmarked: int) -> str:
    """Return such as '3 of 8 present · 1 person has said they cannot come · 4 not marked yet'."""
    present = sum(line.in_room for line in lines)
    parts = [_("%(present)s of %(all)s present") % {"present": present, "all": len(lines)}]
    if apologies := sum(line.line.apology is not None for line in lines):
        parts.append(cannot_come(apologies))
    if unmarked:
        parts.append(_("%(number)s not marked yet") % {"number": unmarked})
    return " · ".join(parts)


def cannot_come(apologies: int) -> str:
    """Return how many people sent an apology, in words."""
    words = ngettext(
        "%(number)s person has said they cannot come", "%(number)s people have said they cannot come", apologies
    )
    return words % {"number": apologies}


def _materials(session: Session) -> list[dict[str, Any]] | None:
    """Return the session's materials, and whether the group has them; None where the programme has none here."""
    study = session.cohort.study
    return [
        {"material": material, "released": released, "file": queries.file_of(study, material, material.language)}
        for material, released in queries.materials_with(session)
    ] or None


def _recordings(session: Session) -> dict[str, Any] | None:
    """Return the recordings, with how many of those on them agreed; None until the session has begun."""
    if getattr(session, "held", None) is None:
        return None
    return {"recordings": list(queries.recordings_of_session(session))}


@staff("teacher")
@require_POST
def begin(request: Any, study: Study, session: int) -> HttpResponse:
    """Begin the session, or undo that where it was pressed by mistake."""
    row = session_or_404(request, study, session)
    if request.POST.get("do") == "undo":
        done = _("The start has been undone. The session is still to come.")
        perform(request, lambda: actions.undo_beginning(request.user, row), done)
    else:
        perform(request, lambda: actions.begin_session(request.user, row))
    return to_session(row)


@staff("teacher")
@require_http_methods(GET_AND_POST)
def end(request: Any, study: Study, session: int) -> HttpResponse:
    """End the session, or correct its times afterwards."""
    row = session_or_404(request, study, session)
    form = EndForm(request.POST if request.method == "POST" else None, session=row, zone=queries.zone_of(study))
    if perform_form(form, lambda: _end(request, form, row)):
        messages.success(request, _("Session times saved. Thank you."))
        return to_session(row)
    context = {"form": form, "session": row, "group": row.cohort, "ended": _has_ended(row)}
    return render(request, "teacher/end.html", context)


def _end(request: Any, form: EndForm, session: Session) -> None:
    actions.end_session(
        request.user,
        session,
        started_at=form.started_at,
        ended_at=form.ended_at,
        teachers=form.cleaned_data["teachers"],
        reason=form.cleaned_data["reason"],
    )


@staff("teacher")
@require_POST
def mark(request: Any, study: Study, session: int, code: str) -> HttpResponse:
    """Mark whether someone came, in one tap."""
    row = session_or_404(request, study, session)
    person, status = expected_or_404(row, code), request.POST.get("status")
    if status not in ONE_TAP:
        return HttpResponseBadRequest()
    if not request.htmx:
        perform(request, lambda: actions.mark_attendance(request.user, row, person, status))
        return to_session(row, f"person-{person.code}")
    refusal = ""
    try:
        actions.mark_attendance(request.user, row, person, status)
    except ActionRefused as refused:  # said on the person's line, which is all that the page takes in
        refusal = str(refused)
    return _person_alone(request, row, person, refusal)


def _person_alone(request: Any, session: Session, person: Participant, refusal: str) -> HttpResponse:
    """Answer with the person's line, and what all lines come to; for a page that has script."""
    attendance = _marked_so_far(session)
    line = next(line for line in attendance["lines"] if line.line.participant == person)
    context = {"attendance": attendance, "line": line, "session": session, "refusal": refusal, "alone": True}
    return render(request, "teacher/attendance_line.html", context)


@staff("teacher")
@require_POST
def mark_others_present(request: Any, study: Study, session: int) -> HttpResponse:
    """Mark everybody present who is not marked yet."""
    row = session_or_404(request, study, session)
    perform(request, lambda: actions.mark_others_present(request.user, row))
    return to_session(row, "people")


@staff("teacher")
@require_http_methods(GET_AND_POST)
def attendance_details(request: Any, study: Study, session: int, code: str) -> HttpResponse:
    """Enter minutes, a session made up on another day, or a correction with its reason."""
    row = session_or_404(request, study, session)
    person = expected_or_404(row, code)
    form = AttendanceForm(
        request.POST if request.method == "POST" else None, attendance=queries.attendance_at(row, person)
    )
    if perform_form(form, lambda: _mark_in_detail(request, form, row, person)):
        messages.success(request, _("Attendance saved."))
        return to_session(row, f"person-{person.code}")
    context = {"form": form, "session": row, "name": queries.known_as(person)}
    return render(request, "teacher/attendance.html", context)


def _mark_in_detail(request: Any, form: AttendanceForm, session: Session, person: Participant) -> None:
    status, reason = form.cleaned_data["status"], form.cleaned_data["reason"]
    actions.mark_attendance(request.user, session, person, status, form.there, reason)


@staff("teacher")
@require_POST
def release(request: Any, study: Study, session: int, material: str) -> HttpResponse:
    """Hand out a material to the group now."""
    row = session_or_404(request, study, session)
    done = _("The material is now available to the group.")
    perform(request, lambda: actions.release_material(request.user, row, material), done)
    return to_session(row, "materials")


def _can_begin(session: Session) -> bool:
    today = queries.day_of(session.cohort.study)
    to_begin = SessionState(session.state).to_be_held and getattr(session, "held", None) is None
    return to_begin and queries.day_of(session.cohort.study, session.planned_start) == today


def _goes_on(session: Session) -> bool:
    held = getattr(session, "held", None)
    return held is not None and held.ended_at is None


def _has_ended(session: Session) -> bool:
    held = getattr(session, "held", None)
    return held is not None and held.ended_at is not None
