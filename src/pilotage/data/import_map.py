"""How a person's file maps to the study: who, when, which columns are which items; frozen, and written as YAML."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from pilotage.instruments.answer_values import as_number
from pilotage.problems import kind
from pilotage.yaml_file import Part

NOT_A_MAP = kind("IMPORT-001", "The import map has a value that is missing, unknown or of the wrong kind")

Layout = Literal["wide", "long", "item by item"]


def canonical(text: str, decimal: str = ".") -> str:
    """Return a code as it is compared: ``01``, ``1.0`` and, with decimal commas, ``1,0`` are all ``1``."""
    number = as_number(text.replace(",", ".") if decimal == "," and "." not in text else text)
    if number is None:
        return text
    return str(int(number)) if number.is_integer() else repr(number)


def _key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text_keys(value: Any) -> Any:
    return {canonical(_key(k)): v for k, v in value.items()} if isinstance(value, dict) else value


def _text_values(value: Any) -> Any:
    """Turn values and names into text: an option of a form may be called 1."""
    return {k: _key(v) if isinstance(v, int | float) else v for k, v in _text_keys(value).items()}


def _texts(value: Any) -> Any:
    return ["" if each is None else _key(each) for each in value] if isinstance(value, list) else value


class MappedColumn(Part):
    """A column of the file, and what its values stand for; a name alone is a column whose values need no turning."""

    column: str
    values: Annotated[dict[str, str], BeforeValidator(_text_values)] = Field(
        {}, description="what each value of the file stands for in the protocol"
    )
    dates: str = Field("%Y-%m-%d", description="how dates are written, such as %d/%m/%Y")
    at: str | None = Field(None, description="the assessment, where it is not the first that asks")


def _column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


ColumnField = Annotated[MappedColumn, BeforeValidator(_column)]
Pattern = str | list[str]
Codes = Annotated[dict[str, int], BeforeValidator(_text_keys)]


class FileSaid(Part):
    """What the person says of the file; what is not said is detected and reported."""

    delimiter: str | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None


class ImportMap(Part):
    """The map, whole; see docs/howto/import-data.md."""

    file: FileSaid = FileSaid()
    person: ColumnField
    arm: ColumnField | None = None
    cohort: ColumnField | None = None
    occasions: dict[str, dict[str, Pattern]] = Field({}, description="wide: one row a person")
    occasion: ColumnField | None = Field(None, description="long: one row a person and occasion")
    instruments: dict[str, Pattern] = Field({}, description="long: the columns of each instrument's items")
    item: ColumnField | None = Field(None, description="item by item: the column that names the item")
    value: ColumnField | None = Field(None, description="item by item: the column with the answer")
    codes: dict[str, Codes] = Field({}, description="by instrument: the code for each value of the file")
    also: dict[str, ColumnField] = Field({}, description="questions of the study's forms")
    flow: dict[str, ColumnField] = Field({}, description="columns of the table flow")
    blank: Annotated[list[str], BeforeValidator(_texts)] = ["", "NA", "NaN"]

    @property
    def layout(self) -> Layout:
        """What one row of the file is."""
        return "item by item" if self.item else "long" if self.occasion else "wide"

    @model_validator(mode="after")
    def _one_layout(self) -> ImportMap:
        wide, long = bool(self.occasions), bool(self.occasion and self.instruments)
        people_only = not (self.occasions or self.occasion or self.instruments) and bool(self.also or self.flow)
        if not (wide or long or people_only) or (wide and (self.occasion or self.instruments)):
            raise ValueError(
                "A map says 'occasions' (one row a person), or both 'occasion' and 'instruments' (one row a person "
                "and occasion), or 'also' or 'flow' alone.\nSee docs/howto/import-data.md for one of each."
            )
        if bool(self.item) != bool(self.value) or (self.item and wide):
            raise ValueError(
                "'item' and 'value' go together, beside 'occasion' and 'instruments'.\n"
                "With them one row is one answer; leave both out where columns are items."
            )
        return self

    def columns(self) -> list[str]:
        """Return the columns named one by one, without those of patterns."""
        single = [self.person, self.arm, self.cohort, self.occasion, self.item, self.value]
        every = [*(c for c in single if c is not None), *self.also.values(), *self.flow.values()]
        return list(dict.fromkeys(column.column for column in every))
