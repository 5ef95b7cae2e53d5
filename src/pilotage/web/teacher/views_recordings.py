"""Recordings made in a session: added, heard by the teachers of the group, and deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.lookups import or_404
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.pages.ranged import ranged
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Recording, Study
from pilotage.web.teacher.forms_session import RecordingForm
from pilotage.web.teacher.lookups import session_or_404, to_session


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def add_recording(request: Any, study: Study, session: int) -> HttpResponse:
    """Add a recording made in this session; everybody who was there is asked."""
    row = session_or_404(request, study, session)
    form = RecordingForm(request.POST, request.FILES) if request.method == "POST" else RecordingForm()
    if perform_form(form, lambda: actions.add_recording(request.user, row, **form.cleaned_data), field="file"):
        done = _("Recording saved. Everyone who was present is now asked whether the group may listen to it.")
        messages.success(request, done)
        return to_session(row, "recordings")
    return render(request, "teacher/recording.html", {"form": form, "session": row})


@staff("teacher")
@require_POST
def remove_recording(request: Any, study: Study, recording: int) -> HttpResponse:
    """Delete a recording."""
    row = _recording_or_404(request, study, recording)
    perform(request, lambda: actions.remove_recording(request.user, row), _("The recording was deleted."))
    return to_session(row.session, "recordings")


@staff("teacher")
@require_safe
def hear(request: Any, study: Study, recording: int) -> HttpResponse:
    """Play a recording to those who teach the group."""
    row = _recording_or_404(request, study, recording)
    return ranged(request, queries.size_of(row), row.content_type, lambda a, b: queries.sound(row, a, b))


def _recording_or_404(request: Any, study: Study, key: int) -> Recording:
    return or_404(queries.recording_taught_by(request.user, study, key))
