"""The texts of questionnaires: imported, proofread, signed off by a second person, or left out for a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.problems import ProblemsFound
from pilotage.protocol import wordings as files
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import staff
from pilotage.web.administrator.forms_wording import ComparedForm, WordingFileForm
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.pages.perform import perform_form, result_of_form, result_or_message
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study, WordingText


@staff("administrator")
def wordings(request: Any, study: Study) -> HttpResponse:
    """Show every instrument in every language, and the state of its texts; a file is imported here."""
    loaded = _draft(study)
    form = WordingFileForm(request.POST or None, request.FILES or None, loaded=loaded)
    row = result_of_form(
        form, lambda: actions.import_wording(request.user, study, form.cleaned_data["file"]), field="file"
    )
    if row is not None:
        return _to_sign_off(request, study, row)
    states = queries.wording_states(study, loaded)
    return render(request, "administrator/wordings.html", {"states": states, "form": form})


@staff("administrator")
@require_POST
def from_folder(request: Any, study: Study, instrument: str, language: str) -> HttpResponse:
    """Import the texts that are in the study's folder."""
    try:
        wording = files.needed_wording(_draft(study), instrument, language)
    except ProblemsFound as wrong:
        for problem in wrong.problems:
            messages.error(request, str(problem))
        return redirect("administrator:wordings", study=study.key)
    row = result_or_message(request, lambda: actions.import_wording(request.user, study, wording))
    if row is None:
        return redirect("administrator:wordings", study=study.key)
    return _to_sign_off(request, study, row)


@staff("administrator")
def sign_off(request: Any, study: Study, row: int) -> HttpResponse:
    """Show the texts of one instrument; a second person signs off that they are right."""
    text = _row(study, row)
    form = ComparedForm(request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.sign_off_wording(request.user, text)):
        messages.success(request, _("The texts are signed off and in use."))
        return redirect("administrator:wordings", study=study.key)
    context = {
        "row": text,
        "name": _name(_draft(study), text.instrument),
        "wording": queries.kept_wording(text.pk, text.fingerprint),
        "form": form,
        "own": text.imported_by_id == request.user.pk,
    }
    return render(request, "administrator/sign_off.html", context)


@staff("administrator")
@require_safe
def proof(request: Any, study: Study, row: int) -> HttpResponse:
    """Show the proof sheet, to print and to compare with the edition."""
    from pilotage.report.documents.paper_forms.proof import proof_sheet

    text, loaded = _row(study, row), _draft(study)
    if text.instrument not in loaded.instruments:
        raise Http404
    wording = queries.kept_wording(text.pk, text.fingerprint)
    style_at = reverse("data-entry:style", args=[study.key])
    return HttpResponse(proof_sheet(wording, loaded.instruments[text.instrument], stylesheet=style_at))


@staff("administrator")
def without(request: Any, study: Study, instrument: str, language: str) -> HttpResponse:
    """Ask a questionnaire without its texts, for a reason."""
    loaded = _draft(study)
    if instrument not in loaded.instruments or language not in loaded.protocol.study.languages:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None, max_length=2000, rows=3)

    def go_without() -> None:
        actions.go_without_wording(request.user, study, instrument=instrument, language=language, **form.cleaned_data)

    if perform_form(form, go_without):
        messages.success(request, _("Your choice and its reason are recorded in the log."))
        return redirect("administrator:wordings", study=study.key)
    context = {"instrument": loaded.instruments[instrument], "language": language, "form": form}
    return render(request, "administrator/without.html", context)


def _to_sign_off(request: Any, study: Study, row: WordingText) -> HttpResponse:
    messages.success(request, _("The texts were imported. A second person compares them and signs them off."))
    return redirect("administrator:sign-off", study=study.key, row=row.pk)


def _draft(study: Study) -> LoadedProtocol:
    """Return the folder's protocol; while it cannot be read there is nothing to import texts for."""
    try:
        return protocols.draft(study)
    except ProblemsFound:
        raise Http404 from None


def _name(loaded: LoadedProtocol, instrument: str) -> str:
    """Name a questionnaire; by its id where the protocol no longer uses it."""
    definition = loaded.instruments.get(instrument)
    return definition.name if definition else instrument


def _row(study: Study, key: int) -> WordingText:
    row = queries.wording_row(study, key)
    if row is None:
        raise Http404
    return row
