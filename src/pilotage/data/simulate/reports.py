"""How reactions are told: in the form that asks about harm, each week or at any time, and in people's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from pilotage.data.simulate.occasions import Given
from pilotage.data.simulate.safety import Event
from pilotage.protocol.conditions import Condition
from pilotage.protocol.form_items import FreeText, SingleChoice
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.windows import window_of

Key = tuple[str, str, str, int]
"""Participant, assessment, form and number."""


def key(one: Given) -> Key:
    """What a form given is known by."""
    return one.person.code, one.assessment, one.instrument, one.number


@dataclass
class Told:
    """What the reactions put into forms: answers by item, and texts with their codes."""

    answers: dict[Key, dict[str, str]] = field(default_factory=dict)
    texts: dict[tuple[Key, str], tuple[str, str]] = field(default_factory=dict)


def at_any_time(found: Sequence[Event], loaded: LoadedProtocol) -> list[Given]:
    """Forms that people filled in because something had happened, where one is open at any time."""
    given: list[Given] = []
    asking = [a for a in loaded.protocol.assessments if window_of(a).repeats == "any time"]
    for assessment in asking:
        for event in found:
            if event.target.item is None and event.person.arm in assessment.arms:
                day = event.onset + timedelta(days=1)
                number = 1 + sum(one.person == event.person for one in given)
                moment = datetime.combine(day, time(20, 15))
                given += [
                    Given(event.person, assessment.id, form, number, moment, 90, day) for form in assessment.forms
                ]
    return given


def told(found: Sequence[Event], given: Sequence[Given], protocol: Protocol) -> Told:
    """What each reaction puts into the forms of the person who had it."""
    all_told = Told()
    for event in found:
        if event.target.item is not None:
            _in_own_words(event, given, all_told)
        elif protocol.safety is not None and protocol.safety.form is not None:
            _in_the_form(event, given, protocol.form(protocol.safety.form), protocol.safety.happened, all_told)
    return all_told


def _in_own_words(event: Event, given: Sequence[Given], all_told: Told) -> None:
    form, _, item = (event.target.item or "").partition(".")
    place = next((key(one) for one in given if one.person == event.person and one.instrument == form), None)
    if place is not None:
        all_told.texts[place, item] = (event.target.description, event.target.kind)


def _in_the_form(event: Event, given: Sequence[Given], form: Form, says: Condition | None, all_told: Told) -> None:
    asked = [one for one in given if one.person == event.person and one.instrument == form.id]
    place = next((key(one) for one in asked if one.started.date() >= event.onset), None)
    if place is None or says is None:
        return
    all_told.answers.setdefault(place, {})[says.item] = says.value
    text = next((item.id for item in form.items if isinstance(item, FreeText)), None)
    if text is not None:
        all_told.texts[place, text] = (event.target.description, "")


def nothing_happened(protocol: Protocol) -> tuple[str, str, str] | None:
    """Form, item and answer of those to whom nothing happened; None where no form asks."""
    safety = protocol.safety
    if safety is None or safety.form is None or safety.happened is None:
        return None
    item = next((i for i in protocol.form(safety.form).items if i.id == safety.happened.item), None)
    if not isinstance(item, SingleChoice):
        return None
    other = next((option.id for option in item.options if option.id != safety.happened.value), None)
    return (safety.form, item.id, other) if other else None
