"""How reactions are told: in the form that asks about harm, each week or at any time, and in people's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.safety import SimulatedReaction
from pilotage.protocol.conditions import Condition
from pilotage.protocol.form_items import StoredAs
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.windows import window_of

Key = tuple[str, str, str, int]
"""Participant, assessment, form and number."""


def key(issued_form: IssuedForm) -> Key:
    """Return what a form given is known by."""
    return issued_form.person.code, issued_form.assessment, issued_form.instrument, issued_form.number


@dataclass
class ReportedReactions:
    """What the reactions put into forms: answers by item, and texts with their codes."""

    answers: dict[Key, dict[str, str]] = field(default_factory=dict)
    texts: dict[tuple[Key, str], tuple[str, str]] = field(default_factory=dict)


def at_any_time(reactions: Sequence[SimulatedReaction], loaded: LoadedProtocol) -> list[IssuedForm]:
    """Return forms that people filled in because something had happened, where one is open at any time."""
    issued: list[IssuedForm] = []
    assessments = [a for a in loaded.protocol.assessments if window_of(a).repeats == "any time"]
    for assessment in assessments:
        for event in reactions:
            if event.target.item is None and event.person.arm in assessment.arms:
                day = event.onset + timedelta(days=1)
                number = 1 + sum(form.person == event.person for form in issued)
                moment = datetime.combine(day, time(20, 15))
                issued += [
                    IssuedForm(event.person, assessment.id, form, number, moment, 90, day) for form in assessment.forms
                ]
    return issued


def report_reactions(
    reactions: Sequence[SimulatedReaction], issued: Sequence[IssuedForm], protocol: Protocol
) -> ReportedReactions:
    """Return what each reaction puts into the forms of the person who had it."""
    reported = ReportedReactions()
    for event in reactions:
        if event.target.item is not None:
            _in_own_words(event, issued, reported)
        elif protocol.safety is not None and protocol.safety.form is not None:
            _in_the_form(event, issued, protocol.form(protocol.safety.form), protocol.safety.happened, reported)
    return reported


def _in_own_words(event: SimulatedReaction, issued: Sequence[IssuedForm], reported: ReportedReactions) -> None:
    form, _, item = (event.target.item or "").partition(".")
    place = next(
        (
            key(issued_form)
            for issued_form in issued
            if issued_form.person == event.person and issued_form.instrument == form
        ),
        None,
    )
    if place is not None:
        reported.texts[place, item] = (event.target.description, event.target.kind)


def _in_the_form(
    event: SimulatedReaction,
    issued: Sequence[IssuedForm],
    form: Form,
    says: Condition | None,
    reported: ReportedReactions,
) -> None:
    forms_of_person = [
        issued_form
        for issued_form in issued
        if issued_form.person == event.person and issued_form.instrument == form.id
    ]
    place = next(
        (key(issued_form) for issued_form in forms_of_person if issued_form.started.date() >= event.onset), None
    )
    if place is None or says is None:
        return
    reported.answers.setdefault(place, {})[says.item] = says.value
    text = next((item.id for item in form.items if item.own_words), None)
    if text is not None:
        reported.texts[place, text] = (event.target.description, "")


def nothing_happened(protocol: Protocol) -> tuple[str, str, str] | None:
    """Return form, item and answer of those to whom nothing happened; None where no form asks."""
    safety = protocol.safety
    if safety is None or safety.form is None or safety.happened is None:
        return None
    item = next((i for i in protocol.form(safety.form).items if i.id == safety.happened.item), None)
    if item is None or item.stored_as is not StoredAs.CODE:
        return None
    other = next((code for code in item.answers if code != safety.happened.value), None)
    return (safety.form, item.id, other) if other else None
