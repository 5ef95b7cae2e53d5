"""Paper forms: printed for a code, keyed by two people who see codes only, and settled."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.instruments.definition import Instrument
from pilotage.instruments.questionnaire import questionnaire
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import public, staff
from pilotage.web.data_entry.forms import KeyingForm, SettlingForm
from pilotage.web.data_entry.names import finished, named, title
from pilotage.web.records import actions, items, protocols, queries
from pilotage.web.records.actions.data_entry import differences
from pilotage.web.records.models import Study
from pilotage.web.records.queries.data_entry import PaperForm
from pilotage.web.records.refused import ActionRefused


@staff("data-entry")
@require_safe
def forms(request: Any, study: Study) -> HttpResponse:
    """Every form that may be on paper, those that wait for something first."""
    language, loaded = str(get_language()), protocols.of(study)
    waiting = queries.paper_forms(request.user, study)
    wanted = request.GET.get("code", "").strip().upper()
    shown = [form for form in waiting if not wanted or form.code.upper() == wanted]
    parts = {
        "settle": [named(f, loaded, language) for f in shown if f.differs],
        "second": [named(f, loaded, language) for f in shown if len(f.passes) == 1 and not f.mine(request.user)],
        "mine": [named(f, loaded, language) for f in shown if len(f.passes) == 1 and f.mine(request.user)],
        "first": [named(f, loaded, language) for f in shown if not f.passes],
    }
    given = queries.finished_forms(request.user, study, wanted) if wanted else ()
    parts["finished"] = [finished(one, language) for one in given]
    return render(request, "data_entry/forms.html", parts | {"wanted": wanted, "any": bool(waiting)})


@staff("data-entry")
def key(request: Any, study: Study, **which: Any) -> HttpResponse:
    """Key a form, or settle what two people read differently."""
    found = _found(request, study, **which)
    loaded, language = protocols.of(study), str(get_language())
    of = items.source(loaded, found.due.instrument)
    kind = SettlingForm if found.differs else KeyingForm
    form = kind(request.POST or None, of=of, language=language, initial=_agreed(found))
    if request.method == "POST" and form.is_valid() and _kept(request, found, form):
        return redirect("data-entry:forms", study=study.key)
    context = {"form": form, "paper": found, "title": title(found, loaded, language), "differing": _differing(found)}
    return render(request, "data_entry/settle.html" if found.differs else "data_entry/key.html", context)


@staff("data-entry", "coordinator")
@require_safe
def printed(request: Any, study: Study, **which: Any) -> HttpResponse:
    """The form on paper, with the participant's code on it."""
    from pilotage.report.documents.paper_forms.html import paper_form

    found = _found(request, study, **which)
    loaded, language = protocols.of(study), request.GET.get("language") or str(get_language())
    sheet = _sheet(study, loaded, found.due.instrument, language)
    style_at = reverse("data-entry:style", args=[study.key])
    occasion, simulated = found.due.assessment.label, study.simulated is not None
    return HttpResponse(paper_form(sheet, code=found.code, occasion=occasion, simulated=simulated, stylesheet=style_at))


@public
@require_safe
def style(request: HttpRequest, study: str) -> HttpResponse:
    """The styles of everything printed."""
    from pilotage.report.documents.paper_forms.html import style as styles

    return HttpResponse(styles(), content_type="text/css")


def _found(request: Any, study: Study, **which: Any) -> PaperForm:
    found = queries.paper_form(request.user, study, **which)
    if found is None:
        raise Http404
    return found


def _sheet(study: Study, loaded: LoadedProtocol, instrument: str, language: str) -> Any:
    from pilotage.report.documents.paper_forms.from_form import sheet_of_form
    from pilotage.report.documents.paper_forms.from_questionnaire import sheet_of_questionnaire

    of: Instrument | Form = items.source(loaded, instrument)
    if isinstance(of, Form):
        return sheet_of_form(of, language, loaded.protocol.version)
    return sheet_of_questionnaire(questionnaire(of, queries.wording_of(study, of.id, language), language))


def _agreed(found: PaperForm) -> dict[str, Any]:
    """Where two people read the same there is nothing to settle; where they differ, the box is empty."""
    if not found.differs:
        return {}
    first, second = found.passes
    differ = differences(first, second)
    agreed: dict[str, Any] = {f"item-{item}": v for item, v in first.values.items() if item not in differ}
    return agreed if "filled-in-on" in differ else agreed | {"filled_in_on": first.filled_in_on}


def _differing(found: PaperForm) -> list[tuple[str, str, str]]:
    """What differs: the item, and what each of the two read; a dash where it was read as blank."""
    if not found.differs:
        return []
    first, second = found.passes
    rows = []
    for item in differences(first, second):
        if item == "filled-in-on":
            rows.append((_("Day on the paper"), str(first.filled_in_on), str(second.filled_in_on)))
        else:
            rows.append((item, first.values.get(item) or "–", second.values.get(item) or "–"))
    return rows


def _kept(request: Any, found: PaperForm, form: KeyingForm) -> bool:
    day = form.cleaned_data["filled_in_on"]
    try:
        if found.differs:
            reason = form.cleaned_data["reason"]
            actions.settle_double_entry(request.user, found.due, form.values(), day, reason)
            messages.success(request, _("Settled. The answers are part of the study now."))
        else:
            keying = actions.enter_paper_form(request.user, found.due, form.values(), day)
            messages.success(request, _what_next(keying.turn, taken_over=keying.turn == 2 and _given(found)))
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _given(found: PaperForm) -> bool:
    due = found.due
    key = {"assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    return due.participant.administrations.filter(**key).exists()


def _what_next(turn: int, *, taken_over: bool) -> str:
    if taken_over:
        return _("Both readings are the same. The answers are part of the study now.")
    if turn == 1:
        return _("Kept. Somebody else keys it once more before it counts.")
    return _("Kept. The two readings differ; settle them with the paper in hand.")
