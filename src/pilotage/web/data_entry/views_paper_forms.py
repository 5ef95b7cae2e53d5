"""Paper forms: printed for a code, entered by two people who see codes only, and resolved where the two differ."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.instruments.definition import Instrument
from pilotage.protocol.forms import Form
from pilotage.protocol.words import say
from pilotage.web.accounts.access import public, staff
from pilotage.web.data_entry.forms import KeyingForm, SettlingForm, label_of, shown_items
from pilotage.web.data_entry.labels import finished_row, row_of, title
from pilotage.web.pages.perform import perform_form, result_of
from pilotage.web.pages.questionnaire import sheet
from pilotage.web.records import actions, items, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.data_entry import PaperForm

LONGEST_CODE = 20


@staff("data-entry")
@require_safe
def forms(request: Any, study: Study) -> HttpResponse:
    """List every form that may be on paper, those that wait for something first."""
    language, loaded = str(get_language()), protocols.of(study)
    waiting = queries.paper_forms(request.user, study)
    wanted = request.GET.get("code", "").replace("\x00", "").strip().upper()[:LONGEST_CODE]
    shown = [form for form in waiting if not wanted or form.code.upper() == wanted]
    entered_once = [form for form in shown if len(form.passes) == 1]
    parts = {
        "differing": [form for form in shown if form.differs],
        "second": [form for form in entered_once if not form.mine(request.user)],
        "mine": [form for form in entered_once if form.mine(request.user)],
        "first": [form for form in shown if not form.passes],
    }
    context: dict[str, Any] = {part: [row_of(form, loaded, language) for form in rows] for part, rows in parts.items()}
    finished = queries.finished_forms(request.user, study, wanted) if wanted else ()
    context["finished"] = [finished_row(administration, language) for administration in finished]
    return render(request, "data_entry/forms.html", context | {"wanted": wanted, "any": bool(waiting)})


@staff("data-entry")
def key(request: Any, study: Study, **which: Any) -> HttpResponse:
    """Enter the answers on a form, or resolve what two people read differently."""
    paper = _paper_or_404(request, study, **which)
    loaded, language = protocols.of(study), str(get_language())
    of = items.source(loaded, paper.due.instrument)
    kind = SettlingForm if paper.differs else KeyingForm
    form = kind(request.POST or None, of=of, language=language, initial=_agreed(paper))
    if request.method == "POST" and form.is_valid() and _keep(request, paper, form):
        return redirect("data-entry:forms", study=study.key)
    context = {
        "form": form,
        "paper": paper,
        "title": title(paper, loaded, language),
        "differing": _differing(paper, of, language),
    }
    return render(request, "data_entry/settle.html" if paper.differs else "data_entry/key.html", context)


@staff("data-entry", "coordinator")
@require_safe
def printed(request: Any, study: Study, **which: Any) -> HttpResponse:
    """Show the form to print, with the participant's code on it."""
    from pilotage.report.documents.paper_forms.html import paper_form

    paper = _paper_or_404(request, study, **which)
    loaded, language = protocols.of(study), request.GET.get("language") or str(get_language())
    name = paper.due.instrument
    wording = queries.wording_of(study, name, language) if name in loaded.instruments else None
    shown = sheet(loaded, name, wording, language)
    style_at = reverse("data-entry:style", args=[study.key])
    asked_at = paper.due.assessment
    occasion, simulated = say(asked_at.title or asked_at.label, language), study.simulated is not None
    return HttpResponse(paper_form(shown, code=paper.code, occasion=occasion, simulated=simulated, stylesheet=style_at))


@public
@require_safe
def style(request: HttpRequest, study: str) -> HttpResponse:
    """Return the stylesheet of everything printed."""
    from pilotage.report.documents.paper_forms.html import style as stylesheet

    return HttpResponse(stylesheet(), content_type="text/css")


def _paper_or_404(request: Any, study: Study, **which: Any) -> PaperForm:
    paper = queries.paper_form(request.user, study, **which)
    if paper is None:
        raise Http404
    return paper


def _agreed(paper: PaperForm) -> dict[str, Any]:
    """Return what two people read alike, so that only what differs is left to fill in."""
    if not paper.differs:
        return {}
    first, second = paper.passes
    differ = actions.differences(first, second)
    agreed: dict[str, Any] = {f"item-{item}": v for item, v in first.values.items() if item not in differ}
    return agreed if "filled-in-on" in differ else agreed | {"filled_in_on": first.filled_in_on}


def _differing(paper: PaperForm, of: Instrument | Form, language: str) -> list[tuple[str, str, str]]:
    """Return what differs: the item, and what each of the two read; a dash where it was read as blank."""
    if not paper.differs:
        return []
    first, second = paper.passes
    shown = {item.id: item for item in shown_items(of, language)}
    rows = []
    for item in actions.differences(first, second):
        if item == "filled-in-on":
            rows.append((_("Date on the paper"), str(first.filled_in_on), str(second.filled_in_on)))
        else:
            entries = [shown[item].read(entry.values.get(item) or "–") for entry in paper.passes]
            rows.append((label_of(of, shown[item]), entries[0], entries[1]))
    return rows


def _keep(request: Any, paper: PaperForm, form: KeyingForm) -> bool:
    user, due, day = request.user, paper.due, form.cleaned_data["filled_in_on"]
    if paper.differs:
        reason = form.cleaned_data["reason"]
        kept = perform_form(form, lambda: actions.settle_double_entry(user, due, form.values(), day, reason))
        success = _("The differences are resolved. The answers are now part of the study.")
    else:
        entry = result_of(
            lambda: actions.enter_paper_form(user, due, form.values(), day), partial(form.add_error, None)
        )
        kept = entry is not None
        success = _what_next(entry.turn, same=queries.administration_of(due) is not None) if entry else ""
    if kept:
        messages.success(request, success)
    return kept


def _what_next(turn: int, *, same: bool) -> str:
    """Return what happens after a first or a second entry; two that are the same have become answers."""
    if turn == 1:
        return _("The first entry is saved. A second person must enter this form before it counts.")
    if same:
        return _("Both entries are the same. The answers are now part of the study.")
    return _("The second entry is saved. The two entries differ. Resolve the differences with the paper at hand.")
