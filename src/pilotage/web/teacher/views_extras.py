"""What goes with a session: materials given out, recordings added, heard by their teacher, and removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.pages.ranged import ranged
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Recording, Study
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.forms import RecordingForm
from pilotage.web.teacher.lookups import session_or_404, to_session


@staff("teacher")
@require_POST
def release(request: Any, study: Study, session: int, material: str) -> HttpResponse:
    """Give a material to the group now."""
    found = session_or_404(request, study, session)
    perform(request, lambda: actions.release_material(request.user, found, material), _("The group has it now."))
    return to_session(found, "materials")


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def add_recording(request: Any, study: Study, session: int) -> HttpResponse:
    """Add a recording made in this session; everybody who was there is asked."""
    found = session_or_404(request, study, session)
    form = RecordingForm(request.POST, request.FILES) if request.method == "POST" else RecordingForm()
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_recording(request.user, found, title=given["title"], file=given["file"])
        except ActionRefused as refused:
            form.add_error("file", str(refused))
        else:
            said = _("Kept. Everybody who was there is asked on their own page whether the group may hear it.")
            messages.success(request, said)
            return to_session(found, "recordings")
    return render(request, "teacher/recording.html", {"form": form, "session": found})


@staff("teacher")
@require_POST
def remove_recording(request: Any, study: Study, recording: int) -> HttpResponse:
    """Erase a recording."""
    found = _recording_or_404(request, study, recording)
    perform(request, lambda: actions.remove_recording(request.user, found), _("The recording is erased."))
    return to_session(found.session, "recordings")


@staff("teacher")
@require_safe
def hear(request: Any, study: Study, recording: int) -> HttpResponse:
    """The sound of a recording, for those who teach the group."""
    found = _recording_or_404(request, study, recording)
    return ranged(request, queries.size_of(found), found.content_type, lambda a, b: queries.sound(found, a, b))


def _recording_or_404(request: Any, study: Study, key: int) -> Recording:
    found = queries.recording_taught_by(request.user, study, key)
    if found is None:
        raise Http404
    return found
