"""A page asks the items that the server would ask: the script's conditions are the protocol's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product

import pytest

from pilotage.protocol.conditions import Condition
from pilotage.protocol.form_items import FormItem, Number, Rating, SeveralChoices, SingleChoice
from pilotage.web import settings

SCRIPT = settings.HERE / "static" / "pilotage" / "answers.js"
RELATIONS = ("is", "is not", "at least", "at most")
ASK = "How?"
ITEMS: list[tuple[FormItem, tuple[str, ...], tuple[str, ...]]] = [
    (Rating(id="rating", kind="rating", ask=ASK, **{"from": 0, "to": 10}), ("0", "3", "10"), ("0", "3", "4")),
    (
        Number(id="number", kind="number", ask=ASK, unit="hours"),
        ("0", "2.5", "2,5", "-1", "1000", "007"),
        ("0", "2.5", "3", "1000", "7"),
    ),
    (
        SingleChoice(id="choice", kind="choice", ask=ASK, options=["yes", "no", "1e3"]),  # type: ignore[list-item]
        ("yes", "no", "1e3"),
        ("yes", "no", "1000"),
    ),
    (
        SeveralChoices(id="choices", kind="choices", ask=ASK, options=["town", "wood"]),  # type: ignore[list-item]
        ("town", "wood", "town wood"),
        ("town", "town wood"),
    ),
]
"""Each kind of item, with what stands on the page as its answer, and the values that a condition may name."""


def cases() -> Iterator[tuple[str | None, str, str, bool]]:
    """An answer on the page, a condition, and whether it holds of what the server keeps."""
    for item, typed, values in ITEMS:
        relations = RELATIONS if item.numeric else RELATIONS[:2]
        for answer, relation, value in product((None, *typed), relations, values):
            condition = Condition(item=item.id, relation=relation, value=value)  # type: ignore[arg-type]
            kept = None if answer is None else item.normalise(answer)
            yield answer, relation, value, condition.holds(kept)


def test_the_script_decides_every_condition_as_the_protocol_does() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on this machine.")
    function = re.search(r"^function holds\(.*?^}", SCRIPT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert function is not None
    table = list(cases())
    program = f"{function[0]}\nconst cases = {json.dumps(table)};\n"
    program += "console.log(JSON.stringify(cases.map(([answer, relation, value]) => holds(answer, relation, value))));"

    ran = subprocess.run([node, "-e", program], capture_output=True, text=True, check=True, timeout=60)

    assert {case[3] for case in table} == {True, False}
    differing = [case for case, holds in zip(table, json.loads(ran.stdout), strict=True) if case[3] != holds]
    assert differing == []


def test_every_kind_of_item_that_conditions_rest_on_is_tried() -> None:
    assert {item.kind for item, *_ in ITEMS} == {"rating", "number", "choice", "choices"}
