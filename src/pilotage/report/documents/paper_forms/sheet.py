"""What a paper form is made of: frozen parts, described first and drawn last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """Items that are answered alike: a row each, a box for each code, the anchors above."""

    codes: tuple[int, ...]
    anchors: Mapping[int, str]
    rows: tuple[GridItem, ...]


@dataclass(frozen=True)
class GridItem:
    """One item of a grid."""

    number: int
    text: str
    note: str = ""


@dataclass(frozen=True)
class Boxes:
    """Options to tick: one of them, or several."""

    options: tuple[str, ...]
    several: bool = False


@dataclass(frozen=True)
class NumberedBoxes:
    """A row of numbered boxes, with words at some of them."""

    codes: tuple[int, ...]
    anchors: Mapping[int, str]


@dataclass(frozen=True)
class NumberSpace:
    """Room for a number, and its unit."""

    unit: str


@dataclass(frozen=True)
class WritingLines:
    """Lines to write on."""

    count: int


@dataclass(frozen=True)
class DateSpace:
    """Room for a day, a month and a year."""


Answer = Boxes | NumberedBoxes | NumberSpace | WritingLines | DateSpace


@dataclass(frozen=True)
class PaperQuestion:
    """One question, when to answer it, and room for the answer."""

    number: int
    text: str
    answer: Answer
    only_if: str = ""


@dataclass(frozen=True)
class Sheet:
    """One questionnaire or form on paper.

    Attributes
    ----------
    name : str
        The id of the instrument or form; with ``version`` and ``language`` it stands at the foot of every page.
    notice : str
        For the site: what is still missing, and which file to add.
    fingerprint : str
        The first digits of the wording's, where there is one.
    """

    name: str
    version: str
    language: str
    title: str
    instructions: str
    body: Grid | tuple[PaperQuestion, ...]
    notice: str = ""
    fingerprint: str = ""
