"""Questions of the study that are no published instrument."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.protocol.parts import with_id
from pilotage.protocol.words import Id, Text
from pilotage.yaml_file import Part

_CONDITION = re.compile(r"^([a-z0-9-]+) (is not|is|at least|at most) (.+)$")


class Condition(Part):
    """Show an item only when another was answered so: written 'unpleasant is yes'."""

    item: Id = Field(description="an earlier item of the same form")
    relation: Literal["is", "is not", "at least", "at most"] = Field(description="how its answer is compared")
    value: str = Field(description="with what")

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

    id: str = Field(description="the code stored; a word alone is both code and label")
    label: Text = Field(description="what people read")


def _option(value: Any) -> Any:
    return {"id": value, "label": value} if isinstance(value, str) else value


OptionField = Annotated[Option, BeforeValidator(_option, json_schema_input_type=str | Option)]


class _Item(Part):
    id: Id
    ask: Text = Field(description="the question")
    required: bool = Field(False, description="whether it must be answered")
    show_if: ConditionField | None = Field(
        None, description="show it only when an earlier item was answered so, such as 'unpleasant is yes'"
    )
    may_identify: bool = Field(False, description="whether answers may show who wrote them")
    note: str = Field("", description="what to know of it")


class Rating(_Item):
    """A whole number between two ends."""

    kind: Literal["rating"] = Field(description="the word rating")
    from_: int = Field(alias="from", description="the lowest answer")
    to: int = Field(description="the highest answer")
    anchors: dict[int, Text] = Field({}, description="what is written at some of the numbers")


class SingleChoice(_Item):
    """One of several options."""

    kind: Literal["choice"] = Field(description="the word choice")
    options: list[OptionField] = Field(min_length=2, description="the answers there are")


class SeveralChoices(_Item):
    """Any number of several options; stored as their codes separated by spaces."""

    kind: Literal["choices"] = Field(description="the word choices")
    options: list[OptionField] = Field(min_length=2, description="the answers there are")


class Number(_Item):
    """A number with its unit."""

    kind: Literal["number"] = Field(description="the word number")
    unit: str = Field(description="its unit")
    minimum: float | None = Field(None, description="the smallest number taken")
    maximum: float | None = Field(None, description="the largest number taken")
    whole: bool = Field(False, description="whether only whole numbers are taken")


class FreeText(_Item):
    """The person's own words, kept apart because they may identify; readers give them codes."""

    kind: Literal["text"] = Field(description="the word text")
    codes: list[OptionField] = Field([], description="the codes that readers give to answers")


class DateItem(_Item):
    """A day."""

    kind: Literal["date"] = Field(description="the word date")
    earliest: date | None = Field(None, description="the first day taken")
    latest: date | None = Field(None, description="the last day taken")


FormItem = Annotated[Rating | SingleChoice | SeveralChoices | Number | FreeText | DateItem, Field(discriminator="kind")]


class Form(Part):
    """A form of the study's own."""

    id: Id
    title: Text = Field(description="its title")
    items: list[FormItem] = Field(min_length=1, description="its questions, in order")

    def item(self, item_id: str) -> FormItem:
        """Return the item of this id; KeyError when there is none."""
        return with_id(self.items, item_id, f"item of the form {self.id!r} called")


class Derived(Part):
    """A variable computed from items of a form, for each person and assessment."""

    id: Id
    label: str = Field(description="its name, as tables print it")
    sum: list[str] = Field(min_length=1, description="items, each written form.item")
    unit: str = Field("", description="its unit")
    range: tuple[float, float] | None = Field(
        None, description="lowest and highest value; it must follow from the items"
    )
    note: str = Field("", description="what to know of it")
