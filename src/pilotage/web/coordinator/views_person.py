"""One person: where they stand, the one next step, what happened, how they are reached, and their personal link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.protocol.protocol import Protocol
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.answering import page_of
from pilotage.web.coordinator.forms_person import ContactForm, ReplyForm, language_choices
from pilotage.web.coordinator.links import to_person, url
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.coordinator.rows import PersonRow, person_row
from pilotage.web.coordinator.timeline import timeline
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.pages.protocol_words import in_page_language, named
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Study
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.standing import AHEAD

SHOWN_AND_SENT = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_safe
def person(request: Any, study: Study, code: str) -> HttpResponse:
    """Show a person's page."""
    participant, now = person_or_404(request, study, code, to_read=True), timezone.now()
    protocol, asked_for = protocols.of(study).protocol, queries.asked_of(participant, now)
    row = person_row(queries.standings(study, [participant], now)[0], protocol)
    context = {
        "person": participant,
        "row": row,
        "timeline": timeline(participant, protocol, asked_for, now),
        "meters": list(_meters(asked_for)),
        "facts": _facts(participant, row, protocol),
        "contact": _contact(participant, protocol),
        "more": _more(participant, row, protocol) if hasattr(participant, "identity") else [],
        "has_link": bool(queries.live_links(participant)),
    }
    return render(request, "coordinator/person.html", context)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def contact(request: Any, study: Study, code: str) -> HttpResponse:
    """Correct a name, an address or the language."""
    participant = person_or_404(request, study, code)
    initial = {name: getattr(participant.identity, name) for name in ("name", "email", "phone", "language")}
    form = ContactForm(request.POST or None, study=study, user=request.user, person=participant, initial=initial)
    if perform_form(form, lambda: actions.change_contact(request.user, participant, form.contact)):
        messages.success(request, _("Saved."))
        return to_person(participant)
    return page_of(request, participant, "coordinator/contact.html", form)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def answer(request: Any, study: Study, code: str) -> HttpResponse:
    """Record what someone who was approached replied."""
    participant = person_or_404(request, study, code)
    form = ReplyForm(request.POST or None, study=study, initial={"on": queries.day_of(study)})

    def record() -> None:
        values = form.cleaned_data
        actions.note_answer(request.user, participant, values["reply"], form.reason, values["on"])

    if perform_form(form, record):
        messages.success(request, _("Saved."))
        return to_person(participant)
    return page_of(request, participant, "coordinator/answer.html", form)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def link(request: Any, study: Study, code: str) -> HttpResponse:
    """Make and show the personal link at the press of a button, to be printed or passed on by hand."""
    participant = person_or_404(request, study, code)
    token = actions.hand_out_link(request.user, participant) if request.method == "POST" else ""
    address = request.build_absolute_uri(reverse("personal-link", kwargs={"token": token})) if token else ""
    context = {
        "person": participant,
        "address": address,
        "has_link": bool(queries.live_links(participant)),
        "back": url("person", participant),
    }
    return render(request, "coordinator/link.html", context)


@staff("coordinator")
@require_POST
def end_link(request: Any, study: Study, code: str) -> HttpResponse:
    """End the personal links; whoever came in by one is signed out at once."""
    participant = person_or_404(request, study, code)
    perform(request, lambda: actions.revoke_links(request.user, participant), _("The personal link no longer works."))
    return to_person(participant)


def _facts(participant: Participant, row: PersonRow, protocol: Protocol) -> list[tuple[str, str]]:
    allocation, group = getattr(participant, "allocation", None), row.standing.cohort
    facts = [
        (_("Centre"), participant.centre.name),
        (
            _("Arm") if allocation else _("Intended arm"),
            in_page_language(protocol.arm_labels.get(row.standing.arm, "")),
        ),
        (_("Group"), group.name if group else ""),
    ]
    return [(term, value) for term, value in facts if value]


def _contact(participant: Participant, protocol: Protocol) -> list[tuple[str, str]]:
    identity = getattr(participant, "identity", None)
    if identity is None:
        return []
    language = dict(language_choices(protocol)).get(identity.language, identity.language)
    lines = [(_("E-mail"), identity.email), (_("Telephone"), identity.phone), (_("Language"), language)]
    return [(term, value) for term, value in lines if value]


def _meters(asked_for: Sequence[Due]) -> Iterator[tuple[str, int, int]]:
    """Yield how much of each assessment was answered, of what was asked so far."""
    so_far: dict[str, list[Due]] = {}
    for due in asked_for:
        if not due.any_time and due.state != "to come":
            so_far.setdefault(named(due.assessment), []).append(due)
    for label, group in so_far.items():
        yield label, sum(due.finished for due in group), len(group)


def _more(participant: Participant, row: PersonRow, protocol: Protocol) -> list[tuple[str, str]]:
    """Return what else may be done; the one next step stands above it, and is not repeated."""
    pages = {
        "answer": _("Record the reply"),
        "screening": _("Screening"),
        "paper": _("Record consent on paper"),
        "wait": _("Put on the waiting list"),
        "place": _("Give a place on the course, without the study"),
        "change": _("Change the group"),
        "letters": _("Messages"),
        "certificate": _("Certificate of attendance"),
        "link": _("Personal link"),
        "leaving": _("Record that they leave the course or the study"),
    }
    stage, allocated = row.standing.stage, hasattr(participant, "allocation")
    open_to = {
        "answer": stage in (*AHEAD, "declined"),
        "screening": not allocated and stage not in ("erased", "left the study"),
        "paper": stage == "eligible",
        "wait": stage == "eligible",
        "place": stage == "declined" and protocol.course_and_study == "apart",
        "change": stage in ("in a group", "course only"),
        "letters": stage != "erased",
        "certificate": stage in ("finished", "course only", "in a group") and queries.attended(participant) is not None,
        "link": stage not in ("erased", "not eligible"),
        "leaving": stage in ("consented", "allocated", "in a group", "finished", "course only", "left the course"),
    }
    # Another group is a place as well, so both are on the same page.
    links = [(url("place" if page == "change" else page, participant), words) for page, words in pages.items()
             if open_to[page]]  # fmt: skip
    return [(address, words) for address, words in links if address != row.action_url]
