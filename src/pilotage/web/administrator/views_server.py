"""The server: the studies of its folder, and the way to accounts and the log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import administrator
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.refused import ActionRefused


@administrator
@require_safe
def server(request: Any) -> HttpResponse:
    """Which studies are here, and how far each is."""
    mine = set(queries.studies_of(request.user))
    found = [(one, protocols.in_force(one.study) if one.study else None, one.study in mine)
             for one in queries.studies_in_folder()]  # fmt: skip
    return render(request, "administrator/server.html", {"found": found})


@administrator
@require_POST
def take_in(request: Any) -> HttpResponse:
    """A study whose folder was added since the server started."""
    folder = request.POST.get("folder", "")
    one = next((one for one in queries.studies_in_folder() if one.folder == folder and one.loaded), None)
    if one is None or one.loaded is None:
        raise Http404
    try:
        actions.register(one.loaded.protocol.study.id, one.folder, one.loaded)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The study is here now. Give its people their roles."))
    return redirect("administrator:server")
