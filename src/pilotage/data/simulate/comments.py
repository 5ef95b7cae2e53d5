"""What people wrote in their own words (they are ours), with the codes that readers gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotage.data.simulate.form_answers import Answers
from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.reports import Key, ReportedReactions, key
from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.protocol import Protocol

Texts = dict[tuple[Key, str], tuple[str, str]]


def texts(
    issued: Sequence[IssuedForm],
    answers: Mapping[Key, Answers],
    protocol: Protocol,
    reported: ReportedReactions,
    chance: Chance,
) -> Texts:
    """Return text and code by form and item: the targets' comments by different people, and reported reactions."""
    written_texts: Texts = {}
    targets = protocol.simulation.comments if protocol.simulation else []
    for item in dict.fromkeys(target.item for target in targets):
        form, _, item_id = item.partition(".")
        first = next((issued_form.assessment for issued_form in issued if issued_form.instrument == form), "")
        keys = [
            key(issued_form)
            for issued_form in issued
            if issued_form.instrument == form and issued_form.assessment == first and issued_form.number == 1
        ]
        condition = protocol.item(item).show_if
        places = [
            issued_form
            for issued_form in keys
            if condition is None or condition.holds(answers[issued_form].get(condition.item))
        ]
        order = chance.of("comments", item).permutation(len(places))
        written = [t for t in targets if t.item == item for _ in range(t.times)]
        for i, target in zip(order, written, strict=False):
            written_texts[places[i], item_id] = (target.text, target.code)
    return written_texts | reported.texts


def comments(
    written_texts: Texts, issued: Sequence[IssuedForm], scenario: Scenario, chance: Chance
) -> list[dict[str, Any]]:
    """Return the rows of the comments table; some are not read yet, so neither redacted nor coded."""
    came = {key(issued_form) for issued_form in issued if issued_form.finished}
    here = [(place, item, *text_and_code) for (place, item), text_and_code in written_texts.items() if place in came]
    unread = {(place, item) for place, item, *_ in some(chance.of("unread"), here, scenario.unread)}
    rows = []
    for (participant, assessment, instrument, number), item, text, code in here:
        read = ((participant, assessment, instrument, number), item) not in unread
        rows.append(
            {
                "participant": participant,
                "assessment": assessment,
                "instrument": instrument,
                "number": number,
                "item": item,
                "text": text,
                "redacted": text if read else None,
                "codes": code if read and code else None,
            }
        )
    return rows
