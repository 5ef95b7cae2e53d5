"""`pilotage protocol`: the protocol as a Word and HTML document for an ethics board."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Study = Annotated[str, typer.Argument(metavar="STUDY", help="A study's folder, its protocol.yaml, or imp or imp-2020.")]
Out = Annotated[Path, typer.Option(metavar="FOLDER", help="Where protocol.docx and protocol.html are written.")]


def protocol(study: Study, out: Out = Path()) -> None:
    """Write the protocol as a document for an ethics board: Word and HTML."""
    from pilotage.protocol.load import load
    from pilotage.report.documents.protocol import write_protocol

    for file in write_protocol(load(study), out):
        typer.echo(str(file))
