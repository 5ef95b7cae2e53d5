"""An answer is corrected: by code, with a reason, and without showing what it was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.web.accounts.access import staff
from pilotage.web.data_entry.forms import CorrectionForm
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.protocol_words import named, questionnaire_name
from pilotage.web.records import actions, items, protocols, queries
from pilotage.web.records.models import Administration, Study


@staff("data-entry")
def correct(request: Any, study: Study, code: str, **which: Any) -> HttpResponse:
    """Take one item of a finished form, the answer it should have, and the reason."""
    administration = get_object_or_404(queries.finished_forms(request.user, study, code), **which)
    loaded, language = protocols.of_version(administration.version), str(get_language())
    of = items.source(loaded, administration.instrument)
    form = CorrectionForm(request.POST or None, of=of, language=language)
    if request.method == "POST" and perform_form(form, lambda: _correct(request, administration, form)):
        messages.success(request, _("The answer is corrected. The earlier answer stays in the log."))
        return redirect("data-entry:forms", study=study.key)
    context = {
        "form": form,
        "code": administration.participant.code,
        "title": questionnaire_name(loaded, administration.instrument, language),
        "occasion": named(loaded.protocol.assessment(administration.assessment)),
    }
    return render(request, "data_entry/correct.html", context)


def _correct(request: Any, administration: Administration, form: CorrectionForm) -> None:
    form_data = form.cleaned_data
    actions.correct_answer(request.user, administration, form_data["item"], form_data["value"], form_data["reason"])
