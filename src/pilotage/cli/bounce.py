"""`pilotage bounce`: take in a mail that came back, from a mail server's pipe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h, upon which a mail server keeps the mail and tries again."""


def bounce(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that is served.")]) -> None:
    """Read a mail that came back from standard input, and send no more to an address that does not work."""
    from pilotage.web import start

    start.set_up(folder)
    from django.db import OperationalError

    from pilotage.web.mail.bounces import LARGEST, take_in

    try:
        ours = take_in(sys.stdin.buffer.read(LARGEST))
    except OperationalError as error:
        typer.echo(f"The records cannot be reached now: {error}", err=True)
        raise typer.Exit(TRY_LATER) from None
    typer.echo("It is kept that this letter came back." if ours else "This is no report of a letter that came back.")
