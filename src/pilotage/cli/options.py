"""Options that the commands on a person's spreadsheet share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pilotage.data.formats.spreadsheet import Spreadsheet

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program instead of text for a person.")]
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
    from pilotage.data.formats.dialect import Told
    from pilotage.data.formats.spreadsheet import BLANK, read_spreadsheet

    return read_spreadsheet(file, Told(delimiter, decimal, encoding), {*BLANK, *(blank or ())})
