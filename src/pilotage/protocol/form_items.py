"""The kinds of item that a form of the study's own has, each with all that differs by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from pilotage.instruments.answer_values import Reason, Refusal, as_number, kept_number, refuse_whole
from pilotage.instruments.shown import ResponseFormat
from pilotage.problems import Kind, kind
from pilotage.protocol.conditions import ConditionField
from pilotage.protocol.words import Id, Label, Text, say, with_unit
from pilotage.yaml_file import Part, Path_

FROM_TO = kind("PROTOCOL-031", "A range runs from more to less")
ANCHOR_OUTSIDE = kind("PROTOCOL-032", "An anchor lies outside the rating")
CODE_WITH_SPACES = kind("PROTOCOL-037", "A code cannot be stored because it contains spaces")

Bound: TypeAlias = "int | float | date | None"


class StoredAs(StrEnum):
    """What the answers to an item are, once they are read as data."""

    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    CODES = "codes"
    TEXT = "text"

    @property
    def numeric(self) -> bool:
        """Whether one can compute with them."""
        return self in (StoredAs.INTEGER, StoredAs.NUMBER)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A contradiction among an item's own keys; ``path`` is its place inside the item."""

    kind: Kind
    path: Path_
    message: str
    remedy: str


class Option(Part):
    """An answer to choose; a word alone is both its code and its label."""

    id: str = Field(description="the code stored; a word alone is both code and label")
    label: Text = Field(description="what people read")


def _option(value: Any) -> Any:
    return {"id": value, "label": value} if isinstance(value, str) else value


OptionField = Annotated[Option, BeforeValidator(_option, json_schema_input_type=str | Option)]


class ItemBase(Part):
    """What items of every kind have, and what differs by kind: how they are answered, kept, refused and described.

    Everything else asks the item and not its kind: data, codebook, pages, paper, documents, simulation. A new kind is
    a class here and a member of `FormItem`; only one that needs a control of its own touches more
    (`docs/explanation/form-items.md`).
    """

    response_format: ClassVar[ResponseFormat]
    """How it is answered: which control a page shows, and which room paper leaves."""
    stored_as: ClassVar[StoredAs]
    """What its answers are, once they are read as data."""
    own_words: ClassVar[bool] = False
    """Whether it is answered in people's own words, which are kept apart because they may identify."""
    example: ClassVar[str] = ""
    """How an answer is written, where that is not plain."""

    id: Id
    ask: Text = Field(description="the question")
    required: bool = Field(False, description="whether it must be answered")
    show_if: ConditionField | None = Field(
        None, description="show it only when an earlier item was answered so, such as 'unpleasant is yes'"
    )
    may_identify: bool = Field(False, description="whether answers may show who wrote them")
    note: str = Field("", description="what to know of it")

    def mistakes(self) -> Iterator[Mistake]:
        """Yield the contradictions among its own keys."""
        low, high = self.bounds
        backwards = low is not None and high is not None and low > high  # type: ignore[operator]
        if backwards or len(self.answers) == 1:  # a rating from 3 to 3 asks nothing
            message = f"'{self.id}' runs from {low} to {high}."
            yield Mistake(FROM_TO, (), message, "The first must be below the second.")

    def normalise(self, text: str) -> str | None:
        """Return an answer as it is kept, from what was typed or sent; None where nothing was."""
        return text.strip() or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why this value is no answer; None where it is one."""
        return None

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer there is to choose from, as it is kept; none where it is written."""
        return ()

    def labels(self, language: str = "en") -> dict[str, str]:
        """Return the words of those answers that have some."""
        return {}

    def reader_codes(self, language: str = "en") -> dict[str, str]:
        """Return the codes that readers give to answers in people's own words, each with its label."""
        return {}

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The lowest and the highest answer, where they are set."""
        return None, None

    @property
    def number_bounds(self) -> tuple[float | None, float | None]:
        """The bounds of numbers; none of days."""
        low, high = (None if isinstance(bound, date) else bound for bound in self.bounds)
        return low, high

    @property
    def numeric(self) -> bool:
        """Whether one can compute with its answers."""
        return self.stored_as.numeric

    @property
    def option_codes(self) -> tuple[str, ...]:
        """The codes to choose from, where they are no numbers."""
        return () if self.numeric else self.answers

    @property
    def measured_in(self) -> str:
        """The unit of its answers; empty where it has none."""
        return ""

    @property
    def whole_numbers(self) -> bool:
        """Whether answers are whole numbers."""
        return self.stored_as is StoredAs.INTEGER

    def describe(self, language: str = "en") -> str:
        """Return in words how it is answered, for whoever reads the protocol."""
        return self.response_format.value


class Rating(ItemBase):
    """A whole number between two ends."""

    response_format = ResponseFormat.RATING
    stored_as = StoredAs.INTEGER

    kind: Literal["rating"] = Field(description="the word rating")
    from_: int = Field(alias="from", description="the lowest answer")
    to: int = Field(description="the highest answer")
    anchors: dict[int, Text] = Field({}, description="what is written at some of the numbers")

    def mistakes(self) -> Iterator[Mistake]:
        """Yield anchors at numbers that are no answers, and what is wrong with the ends."""
        yield from super().mistakes()
        for code in self.anchors:
            if not self.from_ <= code <= self.to:
                message = f"'{self.id}' has an anchor at {code}, but runs from {self.from_} to {self.to}."
                yield Mistake(ANCHOR_OUTSIDE, ("anchors", code), message, "Correct the number.")

    def normalise(self, text: str) -> str | None:
        """Return a whole number as it is kept, 3 and not 3.0."""
        return kept_number(text.strip()) or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why this is no whole number between the ends."""
        return refuse_whole(value, self.from_, self.to)

    @property
    def answers(self) -> tuple[str, ...]:
        """Every number from the lowest to the highest."""
        return tuple(str(code) for code in range(self.from_, self.to + 1))

    def labels(self, language: str = "en") -> dict[str, str]:
        """Return the anchors."""
        return {str(code): say(text, language) for code, text in self.anchors.items()}

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The two ends."""
        return self.from_, self.to

    def describe(self, language: str = "en") -> str:
        """Return the ends and the anchors: ``0 to 10 (0 not at all; 10 very much)``."""
        anchors = "; ".join(f"{code} {say(text, language)}" for code, text in sorted(self.anchors.items()))
        return f"{self.from_} to {self.to}{f' ({anchors})' if anchors else ''}"


class _WithOptions(ItemBase):
    kind: Literal["choice", "choices"]
    options: list[OptionField] = Field(min_length=2, description="the answers there are")

    @property
    def answers(self) -> tuple[str, ...]:
        """The codes of the options."""
        return tuple(option.id for option in self.options)

    def labels(self, language: str = "en") -> dict[str, str]:
        """Return the words of the options."""
        return _labels(self.options, language)

    def _refuse_code(self, code: str) -> Refusal | None:
        return None if code in self.answers else Refusal(Reason.NOT_AN_OPTION, (", ".join(self.answers),))


class SingleChoice(_WithOptions):
    """One of several options."""

    response_format = ResponseFormat.ONE_OPTION
    stored_as = StoredAs.CODE

    kind: Literal["choice"] = Field(description="the word choice")

    def refuse(self, value: str) -> Refusal | None:
        """Return why this is none of the options."""
        return self._refuse_code(value)

    def describe(self, language: str = "en") -> str:
        """Return the options: ``one of: yes; no``."""
        return f"one of: {'; '.join(self.labels(language).values())}"


class SeveralChoices(_WithOptions):
    """Any number of several options; stored as their codes separated by spaces."""

    response_format = ResponseFormat.SEVERAL_OPTIONS
    stored_as = StoredAs.CODES

    kind: Literal["choices"] = Field(description="the word choices")

    def mistakes(self) -> Iterator[Mistake]:
        """Yield options whose codes could not be told apart once they are stored."""
        yield from _with_spaces(self.id, "options", self.options)

    def normalise(self, text: str) -> str | None:
        """Return the codes once each, in the order of the options; unknown ones last, to be refused."""
        codes, order = set(text.split()), self.answers
        return " ".join(sorted(codes, key=lambda c: (order.index(c) if c in order else len(order), c))) or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why the first code that is none of the options is none."""
        return next(filter(None, map(self._refuse_code, value.split())), None)

    def describe(self, language: str = "en") -> str:
        """Return the options: ``any of: town; wood``."""
        return f"any of: {'; '.join(self.labels(language).values())}"


class Number(ItemBase):
    """A number with its unit."""

    response_format = ResponseFormat.NUMBER
    stored_as = StoredAs.NUMBER

    kind: Literal["number"] = Field(description="the word number")
    unit: Label = Field(description="its unit")
    minimum: float | None = Field(None, description="the smallest number taken")
    maximum: float | None = Field(None, description="the largest number taken")
    whole: bool = Field(False, description="whether only whole numbers are taken")

    def normalise(self, text: str) -> str | None:
        """Return the number with a decimal point, for a comma is what the Dutch write."""
        return text.strip().replace(",", ".") or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why this is no number, not whole, or beyond the limits."""
        number = as_number(value)
        if number is None:
            return Refusal(Reason.NOT_A_NUMBER)
        if self.whole and not number.is_integer():
            return Refusal(Reason.NOT_WHOLE)
        if self.minimum is not None and number < self.minimum:
            return Refusal(Reason.BELOW, (with_unit(self.minimum, self.unit),))
        if self.maximum is not None and number > self.maximum:
            return Refusal(Reason.ABOVE, (with_unit(self.maximum, self.unit),))
        return None

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The smallest and the largest number taken."""
        return self.minimum, self.maximum

    @property
    def measured_in(self) -> str:
        """The unit."""
        return self.unit

    @property
    def whole_numbers(self) -> bool:
        """Whether only whole numbers are taken."""
        return self.whole

    def describe(self, language: str = "en") -> str:
        """Return the unit and the limits: ``a whole number, minutes, 0 to 60``."""
        low, high = (None if end is None else f"{end:g}" for end in (self.minimum, self.maximum))
        return f"{'a whole number' if self.whole else 'a number'}, {say(self.unit, language)}{_limits(low, high)}"


class FreeText(ItemBase):
    """The person's own words, kept apart because they may identify; readers give them codes."""

    response_format = ResponseFormat.TEXT
    stored_as = StoredAs.TEXT
    own_words = True

    kind: Literal["text"] = Field(description="the word text")
    codes: list[OptionField] = Field([], description="the codes that readers give to answers")

    def mistakes(self) -> Iterator[Mistake]:
        """Yield codes that could not be told apart once they are stored."""
        yield from _with_spaces(self.id, "codes", self.codes)

    def reader_codes(self, language: str = "en") -> dict[str, str]:
        """Return the codes that readers give, each with its label."""
        return _labels(self.codes, language)

    def describe(self, language: str = "en") -> str:
        """Return the codes that readers give: ``free text, coded as: calm; unrest``."""
        codes = "; ".join(self.reader_codes(language).values())
        return "free text" + (f", coded as: {codes}" if codes else "")


class DateItem(ItemBase):
    """A day."""

    response_format = ResponseFormat.DATE
    stored_as = StoredAs.DATE
    example = "2026-03-02"

    kind: Literal["date"] = Field(description="the word date")
    earliest: date | None = Field(None, description="the first day taken")
    latest: date | None = Field(None, description="the last day taken")

    def refuse(self, value: str) -> Refusal | None:
        """Return why this is no day as ISO 8601 writes it, or beyond the limits."""
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return Refusal(Reason.NOT_A_DATE)
        if self.earliest and day < self.earliest:
            return Refusal(Reason.BEFORE, (str(self.earliest),))
        return Refusal(Reason.AFTER, (str(self.latest),)) if self.latest and day > self.latest else None

    @property
    def bounds(self) -> tuple[Bound, Bound]:
        """The first and the last day taken."""
        return self.earliest, self.latest

    def describe(self, language: str = "en") -> str:
        """Return the limits: ``a date, at least 1 January 1920``."""
        low, high = (None if day is None else f"{day.day} {day:%B %Y}" for day in (self.earliest, self.latest))
        return f"a date{_limits(low, high)}"


def _labels(options: list[Option], language: str) -> dict[str, str]:
    return {option.id: say(option.label, language) for option in options}


def _with_spaces(item_id: str, key: str, options: list[Option]) -> Iterator[Mistake]:
    """Yield codes that contain spaces, for several are stored separated by spaces."""
    for i, option in enumerate(options):
        if " " in option.id or not option.id:
            message = f"'{option.id}' is a code of '{item_id}' and contains spaces."
            remedy = f"Write it as {{id: {option.id.replace(' ', '-')}, label: {option.id}}}."
            yield Mistake(CODE_WITH_SPACES, (key, i), message, remedy)


def _limits(low: str | None, high: str | None) -> str:
    if low is not None and high is not None:
        return f", {low} to {high}"
    return f", at least {low}" if low is not None else f", at most {high}" if high is not None else ""


FormItem = Annotated[Rating | SingleChoice | SeveralChoices | Number | FreeText | DateItem, Field(discriminator="kind")]
