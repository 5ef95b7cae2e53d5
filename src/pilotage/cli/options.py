"""Options that the commands on a person's spreadsheet share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pilotage.data.formats.spreadsheet import Spreadsheet

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program instead of text for a person.")]
InstrumentName = Annotated[
    str, typer.Argument(metavar="INSTRUMENT", help="An id such as ffmq-39, or the path of your own instrument file.")
]
Items = Annotated[
    str,
    typer.Option(
        "--items", metavar="PATTERN", help="The items' columns: 'ffmq_{n}', 'S{n:02}', a list, or /^Q(\\d+)$/."
    ),
]
From = Annotated[
    str | None, typer.Option("--from", metavar="FORM", help="The longer form that was filled in, such as ffmq-39.")
]
Switches = Annotated[
    list[str] | None,
    typer.Option("--switch", metavar="NAME=CHOICE", help="A disputed key's other reading: item-23=disagree."),
]
Blank = Annotated[
    list[str] | None,
    typer.Option("--blank", metavar="CODE", help="A code that stands for a blank, such as -99; repeatable."),
]
Delimiter = Annotated[str | None, typer.Option("--delimiter", help="What separates columns; else it is detected.")]
Decimal = Annotated[str | None, typer.Option("--decimal", help="The decimal mark, . or ,; else it is detected.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="The text's encoding; else it is detected.")]


def spreadsheet(
    file: Path, blank: list[str] | None, delimiter: str | None, decimal: str | None, encoding: str | None
) -> Spreadsheet:
    """Read a person's file, held to what they said of it."""
    from pilotage.data.formats.dialect import DialectHints
    from pilotage.data.formats.spreadsheet import BLANK, read_spreadsheet

    return read_spreadsheet(file, DialectHints(delimiter, decimal, encoding), {*BLANK, *(blank or ())})
