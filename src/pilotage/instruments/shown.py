"""A questionnaire or form as people meet it, in one language: what a page of the site and a sheet of paper both show.

It knows nothing of keys and scales. A page or a paper form is drawn from it, whatever it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeAlias

# An answer's words stand side by side on a wide screen while they are as short, and as few, as this.
_SHORT, _FEW, _FEW_WORDED = 24, 7, 3


class ResponseFormat(StrEnum):
    """How an item is answered, and so which control a page has for it and which room a sheet of paper."""

    RATING = "rating"
    ONE_OPTION = "one option"
    SEVERAL_OPTIONS = "several options"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


Control: TypeAlias = Literal["options", "scale", "choices", "number", "text", "date"]
_CONTROLS: dict[ResponseFormat, Control] = {
    ResponseFormat.ONE_OPTION: "options",
    ResponseFormat.SEVERAL_OPTIONS: "choices",
    ResponseFormat.NUMBER: "number",
    ResponseFormat.TEXT: "text",
    ResponseFormat.DATE: "date",
}


@dataclass(frozen=True)
class ShownOption:
    """One answer to choose: what is stored, its words if it has any, and the number printed before it."""

    value: str
    words: str = ""
    number: str = ""

    @property
    def label(self) -> str:
        """The answer as it is read: its words, or else what is stored."""
        return self.words or self.value


@dataclass(frozen=True)
class ShownCondition:
    """When an item is asked: the earlier item, its number, the relation, and the answer as stored and as read."""

    item: str
    number: int
    relation: str
    value: str
    label: str


@dataclass(frozen=True)
class ShownItem:
    """One item as it is shown.

    Attributes
    ----------
    number : int
        Its place in the questionnaire, from 1.
    options : tuple of ShownOption
        The answers to choose from; none where the answer is written.
    note : str
        What is printed beneath the item.
    lowest, highest : str
        The limits of a written answer, as they are stored; empty where there is none.
    condition : ShownCondition, optional
        The earlier answer without which the item is not asked.
    """

    id: str
    number: int
    text: str
    format: ResponseFormat
    options: tuple[ShownOption, ...] = ()
    note: str = ""
    required: bool = False
    unit: str = ""
    lowest: str = ""
    highest: str = ""
    whole: bool = False
    example: str = ""
    condition: ShownCondition | None = None

    @cached_property
    def control(self) -> Control:
        """What a page shows: options one beneath the other, a scale (a row of numbers), or a field."""
        if self.format is ResponseFormat.RATING:
            return "options" if all(option.words for option in self.options) else "scale"
        return _CONTROLS.get(self.format, "text")

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Each answer to choose, as it is kept and as it is read; on a scale that is its number."""
        scale = self.control == "scale"
        return tuple((option.value, option.value if scale else option.label) for option in self.options)

    @property
    def ends(self) -> tuple[str, ...]:
        """What is written beneath a scale, at each number that has words."""
        return tuple(f"{o.value} {o.words}" for o in self.options if o.words) if self.control == "scale" else ()

    @property
    def across(self) -> bool:
        """Whether the options stand side by side on a wide screen."""
        most = _FEW if self.format is ResponseFormat.RATING else _FEW_WORDED
        short = all(len(option.label) <= _SHORT for option in self.options)
        return self.control in ("options", "scale") and len(self.options) <= most and short

    def read(self, value: str) -> str:
        """Return a stored answer as it is read: the words of options, else the value itself."""
        labels = dict(self.choices)
        values = value.split() if self.format is ResponseFormat.SEVERAL_OPTIONS else [value]
        return ", ".join(labels.get(each, each) for each in values)


@dataclass(frozen=True, eq=False)
class ShownSheet:
    """All that is asked at once, in one language; made once, and known by being itself.

    Attributes
    ----------
    instrument : str
        The id of the instrument or of the study's form.
    version : str
        The version of the instrument's key, or of the protocol that holds the form.
    grid : bool
        Whether paper has one row for each item and a column for each answer: all items are answered alike.
    missing_file : str or None
        The wording file to add to the study, where items are shown by number alone.
    fingerprint : str or None
        The wording's; None where there is none.
    """

    instrument: str
    version: str
    language: str
    title: str
    instructions: str
    items: tuple[ShownItem, ...]
    grid: bool = False
    missing_file: str | None = None
    fingerprint: str | None = None

    def item(self, item_id: str) -> ShownItem:
        """Return the item of this id; KeyError when there is none."""
        return self._by_id[item_id]

    @cached_property
    def _by_id(self) -> dict[str, ShownItem]:
        return {item.id: item for item in self.items}
