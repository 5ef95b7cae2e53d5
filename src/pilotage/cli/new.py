"""`pilotage new`: begins a study in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it may exist, but must be empty.")]
From = Annotated[str, typer.Option("--from", metavar="STUDY", help="What to begin from: imp or imp-2020.")]


def new(folder: Folder, source: From = "imp") -> None:
    """Begin a study: a protocol to change, and places for your questionnaires and words."""
    from pilotage.protocol.begin import begin

    for file in begin(folder, source):
        typer.echo(f"wrote {file}")
    typer.echo(
        f"\nNext:\n  1. Change {folder / 'protocol.yaml'} until it says what you will do.\n"
        f"  2. pilotage check {folder}\n"
        f"  3. pilotage rehearse {folder}    (the whole study with simulated people)\n"
        f"  4. pilotage report {folder}"
    )
