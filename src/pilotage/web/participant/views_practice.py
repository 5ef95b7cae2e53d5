"""The diary of home practice: a day's entry in a few taps, and the week at a glance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.protocol.programme import HomePracticePlan
from pilotage.web.accounts.access import participant
from pilotage.web.pages import dates
from pilotage.web.pages.perform import perform_form, result_of
from pilotage.web.participant.forms_practice import DayForm
from pilotage.web.participant.unsent import diary_key
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.practice import DiaryDay, PracticeWeek
from pilotage.web.records.refused import ActionRefused

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Dot:
    """A day of the week at a glance, with words for those who do not see it."""

    letter: str
    words: str
    state: str
    url: str
    today: bool


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, person: Participant, day: str = "") -> HttpResponse:
    """Show one day, today where none is named; keep what is sent without a script, and show it again."""
    rules = _rules_or_404(person)
    today = queries.day_of(person.study)
    begins = queries.diary_begins(person)
    if begins is not None and begins > today:
        return render(request, "participant/practice_not_yet.html", {"begins": begins})
    chosen = queries.entry_date(rules, _day_or_404(day, today) if day else today)
    week = queries.practice_week(person, rules, chosen)
    entry = next(practice_day for practice_day in week.days if practice_day.date == chosen)
    if not entry.editable:
        raise Http404
    form = DayForm(rules, entry, request.POST if request.method == "POST" else None)
    if request.method == "POST" and perform_form(form, lambda: _keep(form, person, chosen)):
        messages.success(request, _("Saved."))
        return redirect("participant:home" if request.POST.get("from") == "home" else _address(chosen))
    return render(request, "participant/practice.html", _context(person, rules, form, week, today))


@participant
@require_POST
def save_practice(request: HttpRequest, person: Participant) -> HttpResponse:
    """Keep taps as a browser sends them in JSON, at once or, where there was no network, later.

    They are kept in the order of the browser's own count, so that its last word stands.
    """
    if queries.diary_rules(person) is None:
        return JsonResponse({"closed": True, "final": True}, status=409)
    try:
        payload = json.loads(request.body)
        rows = sorted(payload["answers"], key=lambda row: int(row["sequence"]))
        device, names = payload["device"], [row["item"] for row in rows]
    except (KeyError, OverflowError, RecursionError, TypeError, ValueError):
        return HttpResponseBadRequest()
    if not (isinstance(device, str) and device.isprintable() and all(isinstance(name, str) for name in names)):
        return HttpResponseBadRequest()
    refused: dict[str, str] = {}
    for row, item in zip(rows, names, strict=True):
        result_of(partial(_keep_tap, person, row, device[:40]), partial(refused.__setitem__, item))
    return JsonResponse({"refused": refused})


def _keep_tap(person: Participant, row: dict[str, Any], device: str) -> None:
    """Keep one tap; raise ActionRefused where it is none, so that it does not hold up the others."""
    try:
        day, kind = row["item"].split(" ")
        value = json.loads(row["value"])
        times, minutes = value["times"], value["minutes"]
        practised = actions.Practised(int(times) if times is not None else None, _number(minutes))
        date_noted, sequence = date.fromisoformat(day), int(row["sequence"])
        if not 0 <= sequence < 2**53:  # JavaScript counts no further
            raise ValueError(sequence)
    except (KeyError, OverflowError, RecursionError, TypeError, ValueError):
        raise ActionRefused(_("This request could not be read.")) from None
    actions.keep_practice(person, person, date_noted, kind, practised, device=device, sequence=sequence)


def _number(value: Any) -> float | None:
    return float(value) if value is not None else None


def _rules_or_404(person: Participant) -> HomePracticePlan:
    rules = queries.diary_rules(person)
    if rules is None:
        raise Http404
    return rules


def _day_or_404(text: str, today: date) -> date:
    """Return the day that an address names; there is no entry for a day that is not a date or is still to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day > today:
        raise Http404
    return day


def _keep(form: DayForm, person: Participant, day: date) -> None:
    for kind, practised in form.practised().items():
        actions.keep_practice(person, person, day, kind, practised)


def _context(
    person: Participant, rules: HomePracticePlan, form: DayForm, week: PracticeWeek, today: date
) -> dict[str, Any]:
    shown = form.day.date
    earlier = queries.practice_week(person, rules, week.monday - DAY)
    back = next((day for day in reversed(earlier.days) if day.editable), None)
    return {
        "form": form,
        "rows": form.rows(),
        "day": shown,
        "is_today": shown == queries.entry_date(rules, today),
        "weekly": rules.diary == "weekly",
        "dots": [_dot(day, shown) for day in week.days] if rules.diary == "daily" else [],
        "minutes": f"{week.minutes:g}",
        "earlier": _address(back.date) if back else "",
        "later": _address(today) if week.monday + 7 * DAY <= today else "",
        "editable_for": rules.editable_for.days,
        "key": diary_key(person),
        "home": reverse("participant:home"),
    }


def _dot(day: DiaryDay, shown: date) -> Dot:
    state = "done" if day.practised else "" if day.ahead else "none"
    url = _address(day.date) if day.editable and day.date != shown else ""
    words = f"{dates.day(day.date)}: {_in_words(day)}"
    return Dot(date_format(day.date, "D")[:1].upper(), words, state, url, today=day.date == shown)


def _in_words(day: DiaryDay) -> str:
    if day.ahead:
        return _("in the future")
    if not day.noted:
        return _("nothing noted")
    amounts = [ngettext("%(n)g minute", "%(n)g minutes", round(day.minutes)) % {"n": day.minutes}]
    amounts += [ngettext("%(n)d time", "%(n)d times", day.times) % {"n": day.times}] if day.times else []
    return ", ".join(amounts)


def _address(day: date) -> str:
    return reverse("participant:practice-day", args=[day.isoformat()])
