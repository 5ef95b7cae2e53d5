"""One person: where they stand, the one next step, what happened, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms import AnswerForm, ContactForm, language_choices
from pilotage.web.coordinator.labels import Row, live_links, row, url
from pilotage.web.coordinator.lookups import do_and_return, person_or_404
from pilotage.web.coordinator.views_timeline import timeline
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Study
from pilotage.web.records.queries import Due
from pilotage.web.records.queries.days import day_of


@staff("coordinator")
@require_safe
def person(request: Any, study: Study, code: str) -> HttpResponse:
    """A person's page."""
    found, now = person_or_404(request, study, code, to_read=True), timezone.now()
    protocol, asked = protocols.of(study).protocol, queries.asked_of(found, now)
    head = row(queries.standings(study, [found], now)[0])
    return render(
        request,
        "coordinator/person.html",
        {
            "person": found,
            "row": head,
            "timeline": timeline(found, protocol, asked, now),
            "meters": list(_meters(asked)),
            "facts": _facts(found, head),
            "contact": _contact(found),
            "more": _more(found, head) if hasattr(found, "identity") else [],
            "has_link": bool(live_links(found)),
        },
    )


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Any, study: Study, code: str) -> HttpResponse:
    """Put a name, an address or the language right."""
    found = person_or_404(request, study, code)
    initial = {name: getattr(found.identity, name) for name in ("name", "email", "phone", "language")}
    form = ContactForm(request.POST or None, study=study, user=request.user, person=found, initial=initial)
    if perform_form(form, lambda: actions.change_contact(request.user, found, form.contact)):
        messages.success(request, _("Kept."))
        return redirect(url("person", found))
    return render(request, "coordinator/contact.html", {"form": form, "person": found, "back": url("person", found)})


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Any, study: Study, code: str) -> HttpResponse:
    """Write down what someone who was approached said."""
    found = person_or_404(request, study, code)
    form = AnswerForm(request.POST or None, study=study, initial={"on": day_of(study)})

    def write() -> None:
        actions.note_answer(request.user, found, form.cleaned_data["said"], form.reason, form.cleaned_data["on"])

    if perform_form(form, write):
        messages.success(request, _("Written down."))
        return redirect(url("person", found))
    return render(request, "coordinator/answer.html", {"form": form, "person": found, "back": url("person", found)})


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Any, study: Study, code: str) -> HttpResponse:
    """The personal link: made and shown at the press of a button, to be printed or passed on by hand."""
    found = person_or_404(request, study, code)
    token = actions.hand_out_link(request.user, found) if request.method == "POST" else ""
    address = request.build_absolute_uri(reverse("personal-link", kwargs={"token": token})) if token else ""
    page = {"person": found, "address": address, "has_link": bool(live_links(found)), "back": url("person", found)}
    return render(request, "coordinator/link.html", page)


@staff("coordinator")
@require_POST
def end_link(request: Any, study: Study, code: str) -> HttpResponse:
    """End the personal links; whoever came in by one is outside at once."""
    found = person_or_404(request, study, code)
    return do_and_return(
        request, found, lambda: actions.revoke_links(request.user, found), _("The link opens nothing any more.")
    )


def _facts(person: Participant, head: Row) -> list[tuple[str, str]]:
    protocol = protocols.of(person.study).protocol
    arms = {arm.id: arm.label for arm in protocol.arms}
    allocation, group = getattr(person, "allocation", None), head.standing.cohort
    arm = (
        (_("Arm"), arms.get(allocation.arm, ""))
        if allocation
        else (_("Approached for"), arms.get(head.standing.arm, ""))
    )
    facts = [(_("Centre"), person.centre.name), arm, (_("Group"), group.name if group else "")]
    return [(term, value) for term, value in facts if value]


def _contact(person: Participant) -> list[tuple[str, str]]:
    identity = getattr(person, "identity", None)
    if identity is None:
        return []
    languages = dict(language_choices(protocols.of(person.study).protocol))
    spoken = languages.get(identity.language, identity.language)
    lines = [(_("E-mail"), identity.email), (_("Telephone"), identity.phone), (_("Language"), spoken)]
    return [(term, value) for term, value in lines if value]


def _meters(asked: Sequence[Due]) -> Iterator[tuple[str, int, int]]:
    """How much of each assessment was answered, of what was asked so far."""
    so_far: dict[str, list[Due]] = {}
    for due in asked:
        if not due.any_time and due.state != "to come":
            so_far.setdefault(due.assessment.label, []).append(due)
    for label, group in so_far.items():
        yield label, sum(due.finished for due in group), len(group)


def _more(person: Participant, head: Row) -> list[tuple[str, str]]:
    """What else may be done; the one next step stands above it, and is not said twice."""
    ways = {
        "answer": _("Write down what they said"),
        "screening": _("Screening"),
        "paper": _("Consent on paper"),
        "wait": _("Put them on the waiting list"),
        "place": _("A place on the course, without the study"),
        "change": _("Another group"),
        "letters": _("Their letters"),
        "certificate": _("Certificate of attendance"),
        "link": _("Their personal link"),
        "leaving": _("They leave the course or the study"),
    }
    stage, allocation = head.standing.stage, hasattr(person, "allocation")
    before = stage in ("approached", "no reply", "interested", "screening", "eligible", "waiting list", "declined")
    apart = protocols.of(person.study).protocol.course_and_study == "apart"
    open_to = {
        "answer": before,
        "screening": not allocation and stage not in ("erased", "left the study"),
        "paper": stage == "eligible",
        "wait": stage == "eligible",
        "place": stage == "declined" and apart,
        "change": stage in ("in a group", "course only"),
        "letters": stage != "erased",
        "certificate": stage in ("finished", "course only", "in a group") and queries.attended(person) is not None,
        "link": stage not in ("erased", "not eligible"),
        "leaving": stage in ("consented", "allocated", "in a group", "finished", "course only", "left the course"),
    }
    found = [(url("place" if way == "change" else way, person), words) for way, words in ways.items() if open_to[way]]
    return [(address, words) for address, words in found if address != head.action_url]
