"""What people wrote in their own words (they are ours), with the codes that readers gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotage.data.simulate.form_answers import Answers
from pilotage.data.simulate.occasions import Given
from pilotage.data.simulate.reports import Key, Told, key
from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.protocol import Protocol

Texts = dict[tuple[Key, str], tuple[str, str]]


def texts(
    given: Sequence[Given], answers: Mapping[Key, Answers], protocol: Protocol, told: Told, chance: Chance
) -> Texts:
    """Text and code by form given and item: the targets' comments by different people, and what reactions say."""
    found: Texts = {}
    targets = protocol.simulation.comments if protocol.simulation else []
    for item in dict.fromkeys(target.item for target in targets):
        form, _, item_id = item.partition(".")
        first = next((one.assessment for one in given if one.instrument == form), "")
        asked = [key(one) for one in given if one.instrument == form and one.assessment == first and one.number == 1]
        condition = protocol.item(item).show_if
        places = [one for one in asked if condition is None or condition.holds(answers[one].get(condition.item))]
        order = chance.of("comments", item).permutation(len(places))
        written = [t for t in targets if t.item == item for _ in range(t.times)]
        for i, target in zip(order, written, strict=False):
            found[places[i], item_id] = (target.text, target.code)
    return found | told.texts


def comments(found: Texts, given: Sequence[Given], scenario: Scenario, chance: Chance) -> list[dict[str, Any]]:
    """The rows of the comments table, of forms that came back; some not read yet, so neither redacted nor coded."""
    came = {key(one) for one in given if one.finished}
    here = [(place, item, *said) for (place, item), said in found.items() if place in came]
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
