"""The server: the studies of its folder, and the way to accounts and the log."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import administrator
from pilotage.web.pages.perform import perform
from pilotage.web.records import actions, protocols, queries


@administrator
@require_safe
def server(request: Any) -> HttpResponse:
    """Show which studies are here, and how far each is."""
    mine = set(queries.studies_of(request.user))
    studies = [
        (place, protocols.in_force(place.study) if place.study else None, place.study in mine)
        for place in queries.studies_in_folder()
    ]
    return render(request, "administrator/server.html", {"studies": studies})


@administrator
@require_POST
def take_in(request: Any) -> HttpResponse:
    """Add a study whose folder was put there since the server started."""
    folder = request.POST.get("folder", "")
    sound = {place.folder: place.loaded for place in queries.studies_in_folder() if place.loaded is not None}
    loaded = sound.get(folder)
    if loaded is None:
        raise Http404
    perform(
        request,
        lambda: actions.register(loaded.protocol.study.id, folder, loaded),
        _("The study was added. Assign roles to its people."),
    )
    return redirect("administrator:server")
