"""Questions of the study that are no published instrument."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.protocol.words import Id, Text
from pilotage.yaml_file import Part

_CONDITION = re.compile(r"^([a-z0-9-]+) (is not|is|at least|at most) (.+)$")


class Condition(Part):
    """Show an item only when another was answered so: written 'unpleasant is yes'."""

    item: Id
    relation: Literal["is", "is not", "at least", "at most"]
    value: str

    def holds(self, answer: str | float | None) -> bool:
        """Whether the answer given to the other item fulfils the condition; a blank never does."""
        if answer is None:
            return False
        if self.relation in ("is", "is not"):
            return (str(answer) == self.value) == (self.relation == "is")
        number, limit = float(answer), float(self.value)
        return number >= limit if self.relation == "at least" else number <= limit


def _condition(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _CONDITION.match(value)
    if match is None:
        raise ValueError(
            f"'{value}' is not a condition.\nWrite it as 'item is value', 'is not', 'at least' or 'at most'."
        )
    return {"item": match[1], "relation": match[2], "value": match[3]}


ConditionField = Annotated[
    Condition, BeforeValidator(_condition), WithJsonSchema({"type": "string", "pattern": _CONDITION.pattern})
]


class Option(Part):
    """An answer to choose; a word alone is both its code and its label."""

    id: str
    label: Text


def _option(value: Any) -> Any:
    return {"id": value, "label": value} if isinstance(value, str) else value


OptionField = Annotated[Option, BeforeValidator(_option, json_schema_input_type=str | Option)]


class _Item(Part):
    id: Id
    ask: Text
    required: bool = False
    show_if: ConditionField | None = None
    may_identify: bool = False
    note: str = ""


class Rating(_Item):
    """A whole number between two ends."""

    kind: Literal["rating"]
    from_: int = Field(alias="from")
    to: int
    anchors: dict[int, Text] = {}


class SingleChoice(_Item):
    """One of several options."""

    kind: Literal["choice"]
    options: list[OptionField] = Field(min_length=2)


class SeveralChoices(_Item):
    """Any number of several options; stored as their codes separated by spaces."""

    kind: Literal["choices"]
    options: list[OptionField] = Field(min_length=2)


class Number(_Item):
    """A number with its unit."""

    kind: Literal["number"]
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False


class FreeText(_Item):
    """The person's own words, kept apart because they may identify; readers give them codes."""

    kind: Literal["text"]
    codes: list[OptionField] = []


class DateItem(_Item):
    """A day."""

    kind: Literal["date"]
    earliest: date | None = None
    latest: date | None = None


FormItem = Annotated[Rating | SingleChoice | SeveralChoices | Number | FreeText | DateItem, Field(discriminator="kind")]


class Form(Part):
    """A form of the study's own."""

    id: Id
    title: Text
    items: list[FormItem] = Field(min_length=1)


class Derived(Part):
    """A variable computed from items of a form, for each person and assessment."""

    id: Id
    label: str
    sum: list[str] = Field(min_length=1, description="items, each written form.item")
    unit: str = ""
    range: tuple[float, float] | None = None
    note: str = ""
