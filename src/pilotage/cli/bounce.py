"""`pilotage bounce`: take in a mail that came back, from a mail server's pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pilotage.problems import ProblemsFound

TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h, upon which a mail server keeps the mail and tries again."""


def bounce(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that is served.")]) -> None:
    """Read a mail that came back from standard input, and send no more to an address that does not work.

    Where the records are not ready the mail server is asked to try again later, so that the mail is not lost.
    """
    from pilotage.web import start

    try:
        start.set_up_on_records(folder)
    except ProblemsFound as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(TRY_LATER) from None
    from django.db import DatabaseError

    from pilotage.web.mail.bounces import LARGEST, take_in

    try:
        ours = take_in(sys.stdin.buffer.read(LARGEST))
    except DatabaseError as error:
        typer.echo(f"The records cannot be reached now: {error}", err=True)
        raise typer.Exit(TRY_LATER) from None
    typer.echo("It is kept that this letter came back." if ours else "This is no report of a letter that came back.")
