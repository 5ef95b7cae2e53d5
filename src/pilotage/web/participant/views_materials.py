"""What was given out with the sessions: to read and to hear; and recordings made in the group."""

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
    """The materials of someone's course, in their language where there are several."""
    if not queries.is_on_course(person):
        raise Http404
    found = queries.materials_of(person, _language())
    page = {"materials": found, "heard": queries.recordings_heard_by(person), "asked": queries.voices_of(person)}
    return render(request, "participant/materials.html", page)


@participant
@require_safe
def material(request: Any, person: Participant, material: str) -> HttpResponse:
    """A material's file, to keep; what was not given out is not found, and neither is a file that is not there."""
    found = next((one for one in queries.materials_of(person, _language()) if one.material.id == material), None)
    if found is None or found.file is None:
        raise Http404
    file = found.file.open("rb")
    return FileResponse(file, as_attachment=True, filename=found.file.name)  # type: ignore[return-value]  # it streams


@participant
@require_safe
def recordings(request: Any, person: Participant) -> HttpResponse:
    """Recordings that someone is asked about, and those they may hear; taking back works after leaving too."""
    asked, heard = list(queries.voices_of(person)), list(queries.recordings_heard_by(person))
    if not asked and not queries.is_on_course(person):
        raise Http404
    return render(request, "participant/materials_recordings.html", {"asked": asked, "heard": heard})


@participant
@require_POST
def agree(request: Any, person: Participant, recording: int) -> HttpResponse:
    """My group may hear the recording that my voice is on, or no longer."""
    voice = queries.voices_of(person).filter(recording=recording).first()
    if voice is None:
        raise Http404
    if request.POST.get("do") == "agree":
        actions.agree_to_recording(person, voice)
        messages.success(request, _("Thank you. Your group hears it once everybody agreed."))
    else:
        actions.disagree_with_recording(person, voice)
        messages.success(request, _("That is taken back. Nobody of your group hears it any more."))
    return redirect("participant:recordings")


@participant
@require_safe
def hear(request: Any, person: Participant, recording: int) -> HttpResponse:
    """The sound of a recording, while everybody on it agrees."""
    found = queries.recordings_heard_by(person).filter(pk=recording).first()
    if found is None:
        raise Http404
    return ranged(request, queries.size_of(found), found.content_type, lambda a, b: queries.sound(found, a, b))


def _language() -> str:
    return translation.get_language() or "en"
