"""The words of questionnaires: brought in, proved, signed off by a second person, or done without."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import problems_of
from pilotage.problems import ProblemsFound, refuse
from pilotage.protocol import wordings as files
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import staff
from pilotage.web.administrator.forms import ComparedForm, WordingFileForm
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study, WordingText
from pilotage.web.records.refused import ActionRefused
from pilotage.yaml_file import read_yaml, validate


@staff("administrator")
def wordings(request: Any, study: Study) -> HttpResponse:
    """Every instrument in every language, and how far its words are; a file is brought in here."""
    loaded = _draft(study)
    form = WordingFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.import_wording(request.user, study, _read(form.cleaned_data["file"], loaded))
        except ProblemsFound as found:
            for problem in found.problems:
                form.add_error("file", " ".join(str(problem).splitlines()))
        except ActionRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The words are in. A second person compares them and signs them off."))
            return redirect("administrator:sign-off", study=study.key, row=row.pk)
    states = queries.wording_states(study, loaded)
    return render(request, "administrator/wordings.html", {"states": states, "form": form})


@staff("administrator")
@require_POST
def from_folder(request: Any, study: Study, instrument: str, language: str) -> HttpResponse:
    """Bring in the words that stand in the study's folder."""
    try:
        wording = files.needed_wording(_draft(study), instrument, language)
        row = actions.import_wording(request.user, study, wording)
    except ProblemsFound as found:
        for problem in found.problems:
            messages.error(request, str(problem))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The words are in. A second person compares them and signs them off."))
        return redirect("administrator:sign-off", study=study.key, row=row.pk)
    return redirect("administrator:wordings", study=study.key)


@staff("administrator")
def sign_off(request: Any, study: Study, row: int) -> HttpResponse:
    """The words of one instrument, its proof sheet, and a second person's word that they are right."""
    found = _row(study, row)
    form = ComparedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.sign_off_wording(request.user, found)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The words are signed off, and in use."))
            return redirect("administrator:wordings", study=study.key)
    wording = queries.kept_wording(found.pk, found.fingerprint)
    said = {"row": found, "wording": wording, "form": form, "own": found.imported_by_id == request.user.pk}
    return render(request, "administrator/sign_off.html", said)


@staff("administrator")
@require_safe
def proof(request: Any, study: Study, row: int) -> HttpResponse:
    """The proof sheet, to print and to compare with the edition."""
    from pilotage.report.documents.paper_forms.proof import proof_sheet

    found, loaded = _row(study, row), _draft(study)
    if found.instrument not in loaded.instruments:
        raise Http404
    wording = queries.kept_wording(found.pk, found.fingerprint)
    style_at = reverse("data-entry:style", args=[study.key])
    return HttpResponse(proof_sheet(wording, loaded.instruments[found.instrument], stylesheet=style_at))


@staff("administrator")
def without(request: Any, study: Study, instrument: str, language: str) -> HttpResponse:
    """Ask without words, for a reason."""
    loaded = _draft(study)
    if instrument not in loaded.instruments or language not in loaded.protocol.study.languages:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None, max_length=2000, rows=3)
    if form.is_valid():
        actions.go_without_wording(request.user, study, instrument=instrument, language=language, **form.cleaned_data)
        messages.success(request, _("It is noted, with your reason, in the log."))
        return redirect("administrator:wordings", study=study.key)
    said = {"instrument": loaded.instruments[instrument], "language": language, "form": form}
    return render(request, "administrator/without.html", said)


def _draft(study: Study) -> LoadedProtocol:
    """The folder's protocol; while it cannot be read there is nothing to bring words in for."""
    try:
        return protocols.draft(study)
    except ProblemsFound:
        raise Http404 from None


def _row(study: Study, key: int) -> WordingText:
    found = queries.wording_row(study, key)
    if found is None:
        raise Http404
    return found


def _read(file: UploadedFile[Any], loaded: LoadedProtocol) -> Wording:
    """The wording in a file that was sent, checked; ProblemsFound with everything that is wrong."""
    from pilotage.data.importing.wording_sheet import read_sheet

    with TemporaryDirectory() as place:
        kept = Path(place) / Path(str(file.name)).name
        kept.write_bytes(file.read())
        document = read_sheet(kept) if kept.suffix.lower() == ".csv" else read_yaml(kept)
    wording = validate(document, Wording)
    refuse(problems_of(wording, document, loaded.instruments, loaded.protocol.study.languages))
    return wording
