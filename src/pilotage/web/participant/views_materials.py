"""What was given out with the sessions: to read and to listen to; and recordings made in the group."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.pages.ranged import ranged
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Participant


@participant
@require_safe
def materials(request: Any, person: Participant) -> HttpResponse:
    """Show the materials of someone's course, in their language where there are several."""
    if not queries.is_on_course(person):
        raise Http404
    context = {
        "materials": queries.materials_of(person, _language()),
        "has_recordings": queries.has_recordings(person),
    }
    return render(request, "participant/materials.html", context)


@participant
@require_safe
def material(request: Any, person: Participant, material: str) -> HttpResponse:
    """Send a material's file; one that was not given out, or is not there, is not found."""
    released = queries.materials_of(person, _language())
    wanted = next((row for row in released if row.material.id == material), None)
    if wanted is None or wanted.file is None:
        raise Http404
    file = wanted.file.open("rb")
    return FileResponse(file, as_attachment=True, filename=wanted.file.name)  # type: ignore[return-value]  # it streams


@participant
@require_safe
def recordings(request: Any, person: Participant) -> HttpResponse:
    """Show recordings that someone is asked about, and those they may hear; taking back works after leaving too."""
    voices, heard = list(queries.voices_of(person)), list(queries.recordings_heard_by(person))
    if not voices and not queries.is_on_course(person):
        raise Http404
    return render(request, "participant/recordings.html", {"voices": voices, "heard": heard})


@participant
@require_POST
def agree(request: Any, person: Participant, recording: int) -> HttpResponse:
    """Let the group hear the recording that the person's voice is on, or no longer."""
    voice = queries.voice_of(person, recording)
    if voice is None:
        raise Http404
    if request.POST.get("do") == "agree":
        actions.agree_to_recording(person, voice)
        messages.success(request, _("Thank you. Your group can listen once everybody has agreed."))
    else:
        actions.disagree_with_recording(person, voice)
        messages.success(request, _("You withdrew your permission. Nobody in your group can listen to it any more."))
    return redirect("participant:recordings")


@participant
@require_safe
def hear(request: Any, person: Participant, recording: int) -> HttpResponse:
    """Send the sound of a recording, while everybody on it agrees."""
    heard = queries.recording_heard_by(person, recording)
    if heard is None:
        raise Http404
    return ranged(request, queries.size_of(heard), heard.content_type, lambda a, b: queries.sound(heard, a, b))


def _language() -> str:
    return translation.get_language() or "en"
