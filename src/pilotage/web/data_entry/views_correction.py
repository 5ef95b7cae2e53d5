"""An answer is put right: by code, with a reason, and without showing what it was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.web.accounts.access import staff
from pilotage.web.data_entry.forms import CorrectionForm
from pilotage.web.data_entry.names import title_of
from pilotage.web.records import actions, items, protocols, queries
from pilotage.web.records.models import Administration, Study
from pilotage.web.records.refused import ActionRefused


@staff("data-entry")
def correct(request: Any, study: Study, code: str, **which: Any) -> HttpResponse:
    """One item, what it should say, and why."""
    given = get_object_or_404(queries.finished_forms(request.user, study, code), **which)
    loaded, language = protocols.of_version(given.version), str(get_language())
    form = CorrectionForm(request.POST or None, of=items.source(loaded, given.instrument), language=language)
    if request.method == "POST" and form.is_valid() and _corrected(request, given, form):
        return redirect("data-entry:forms", study=study.key)
    context = {"form": form, "given": given, "title": title_of(loaded, given.instrument, language)}
    context["occasion"] = loaded.protocol.assessment(given.assessment).label
    return render(request, "data_entry/correct.html", context)


def _corrected(request: Any, given: Administration, form: CorrectionForm) -> bool:
    said = form.cleaned_data
    try:
        actions.correct_answer(request.user, given, said["item"], said["value"], said["reason"])
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("The answer is put right. What it was stays in the log."))
    return True
