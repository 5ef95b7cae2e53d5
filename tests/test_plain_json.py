"""Plain data for JSON: what JSON cannot write becomes null, and nothing else changes."""

import json
from dataclasses import dataclass

import pytest

from pilotage.plain_json import json_text, plain
from pilotage.vocabulary import Light


@dataclass(frozen=True)
class Measured:
    name: str
    values: tuple[float, ...]


def test_numbers_that_are_not_finite_become_null_wherever_they_stand() -> None:
    text = json_text({"a": float("nan"), "b": [float("inf"), {"c": -float("inf")}], "d": 0.1})
    assert json.loads(text) == {"a": None, "b": [None, {"c": None}], "d": 0.1}


def test_a_dataclass_is_written_by_the_names_of_its_fields() -> None:
    assert plain([Measured("é", (1.0, float("nan")))]) == [{"name": "é", "values": [1.0, None]}]
    assert json_text(Measured("é", ())) == '{"name": "é", "values": []}'


def test_a_word_of_the_vocabulary_is_written_as_it_stands() -> None:
    assert json_text({Light.GREEN: Light.NONE, 1: "one"}) == '{"green": "none", "1": "one"}'


@pytest.mark.parametrize("value", [0.1 + 0.2, 1e-300, -0.0, 2**60])
def test_numbers_keep_every_digit(value: float) -> None:
    assert json.loads(json_text(value)) == value


def test_the_fields_of_a_dataclass_can_be_changed_on_the_way() -> None:
    def without_values(_: object, named: dict[str, object]) -> dict[str, object]:
        return {"name": named["name"]}

    assert plain({"m": Measured("x", (1.0,))}, without_values) == {"m": {"name": "x"}}
