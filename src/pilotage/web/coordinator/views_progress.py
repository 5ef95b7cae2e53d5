"""How the study is getting on: completion, windows that close soon, enrolment, and the participant flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.windows import window_of
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.labels import Words, reason_words
from pilotage.web.coordinator.links import url
from pilotage.web.pages.perform import result_or_message
from pilotage.web.pages.protocol_words import in_page_language, named
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.flow import ArmCounts
from pilotage.web.records.queries.monitoring import Completion

SOON = timedelta(days=3)

_OUTSIDE: dict[str, Words] = {
    "no reply": pgettext_lazy("flow", "No reply"),
    "declined": pgettext_lazy("flow", "Declined"),
    "not eligible": pgettext_lazy("flow", "Not eligible"),
    "waiting list": pgettext_lazy("flow", "On the waiting list"),
}
"""Where people's way ended before consent, in words."""


@dataclass(frozen=True)
class CountBox:
    """One line of the flow: what, how many, and why (each reason with its count)."""

    label: Words
    n: int
    reasons: tuple[tuple[str, int], ...] = ()


@staff("coordinator")
@require_safe
def progress(request: Any, study: Study) -> HttpResponse:
    """Show the whole of it on one page, for the coordinator's centres."""
    now, loaded = timezone.now(), protocols.of(study)
    protocol, centres = loaded.protocol, list(queries.centres_of(request.user, study, "coordinator"))
    asked_for = queries.waited_for(study, queries.people_of(request.user, study), now)
    enrolment = queries.enrolment(study, queries.passages(study, centres))
    groups = queries.cohort_names(study)
    whole = queries.reaches_every_centre(request.user, study, "coordinator")
    context = {
        "completion": _by_assessment(loaded, queries.completion(study, asked_for)),
        "closing": [(closing, url("person", closing.person)) for closing in queries.closing_soon(asked_for, now, SOON)],
        "enrolment": enrolment,
        "weeks": [(counts[0].monday, counts) for counts in zip(*(arm.weeks for arm in enrolment), strict=True)],
        "flow": [
            (in_page_language(arm.label) or _("Arm not known yet"), list(_flow_boxes(arm, protocol, asked_for, groups)))
            for arm in queries.flow(study, centres)
        ],
        "centres": centres,
        "contact_until": queries.contact_data_until(study, asked_for) if whole else None,
        "today": queries.day_of(study, now),
    }
    return render(request, "coordinator/progress.html", context)


@staff("coordinator")
@require_POST
def remove_contact_data(request: Any, study: Study) -> HttpResponse:
    """Remove all names and addresses, once the protocol's time is over; for coordinators of every centre alone."""
    if not queries.reaches_every_centre(request.user, study, "coordinator"):
        raise Http404
    n = result_or_message(request, lambda: actions.remove_contact_data(request.user, study))
    if n is not None:
        words = ngettext(
            "The contact data of %(n)s person were removed.", "The contact data of %(n)s people were removed.", n
        )
        messages.success(request, words % {"n": n})
    return redirect("coordinator:monitoring", study=study.key)


def _by_assessment(
    loaded: LoadedProtocol, cells: Sequence[Completion]
) -> list[tuple[str, list[tuple[Completion, str]]]]:
    """Return each assessment that was asked of somebody, in the protocol's order, with its instruments and arms."""
    counted = [cell for cell in cells if cell.total]
    return [
        (named(assessment), [(cell, _name(loaded, cell)) for cell in group])
        for assessment, group in groupby(counted, key=lambda cell: cell.assessment)
    ]


def _name(loaded: LoadedProtocol, cell: Completion) -> str:
    """Name the instrument or form, with the arm, and count what is not answered."""
    names = {form.id: in_page_language(form.title) for form in loaded.protocol.forms}
    names |= {name: instrument.abbreviation for name, instrument in loaded.instruments.items()}
    arm = in_page_language(loaded.protocol.arm_labels[cell.arm])
    left = ((_("%(n)s open"), cell.open), (_("%(n)s missed"), cell.missed))
    return " · ".join([f"{names[cell.instrument]}, {arm}", *(words % {"n": n} for words, n in left if n)])


def _flow_boxes(
    arm: ArmCounts, protocol: Protocol, asked_for: Sequence[Due], groups: Mapping[str, str]
) -> Iterator[CountBox]:
    """Yield an arm's counts as lines to read, in the order in which people go; ``groups`` are names by key."""
    yield CountBox(_("Approached"), arm.approached)
    for stage, reasons in arm.outside.items():
        # A stage without a reason is counted under its own name, which is not repeated as a reason.
        why = tuple((reason_words(reason, protocol), n) for reason, n in reasons.items() if reason != stage)
        yield CountBox(_OUTSIDE[stage], sum(reasons.values()), why)
    if arm.undecided:
        yield CountBox(_("Not decided yet"), arm.undecided)
    yield CountBox(_("Consented"), arm.consented)
    yield CountBox(_("Allocated"), arm.allocated)
    yield from (CountBox(groups.get(group, group), n) for group, n in arm.cohorts.items())
    for words, reasons in ((_("Left the course"), arm.left_course), (_("Left the study"), arm.left_study)):
        if reasons:
            why = tuple((reason_words(reason, protocol), n) for reason, n in reasons.items())
            yield CountBox(words, sum(reasons.values()), why)
    yield from _completed(arm.arm, protocol, asked_for)


def _completed(arm: str, protocol: Protocol, asked_for: Sequence[Due]) -> Iterator[CountBox]:
    """Yield how many answered the whole of each assessment that is asked once and has opened."""
    for assessment in protocol.assessments:
        of_arm = [d for d in asked_for if d.assessment.id == assessment.id and d.participant.allocation.arm == arm]
        opened = [due for due in of_arm if due.state != "to come"]
        if window_of(assessment).repeats is None and opened:
            people = {due.participant.pk for due in opened}
            lacking = {due.participant.pk for due in opened if not due.finished}
            yield CountBox(_("Completed: %(occasion)s") % {"occasion": named(assessment)}, len(people - lacking))
