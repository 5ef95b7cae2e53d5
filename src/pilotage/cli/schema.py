"""`pilotage schema`: the JSON Schema of a protocol or an instrument, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to a file instead of printing it.")]
OfInstrument = Annotated[bool, typer.Option("--instrument", help="The schema of an instrument file instead.")]


def schema(out: Out = None, instrument: OfInstrument = False) -> None:
    """Print the JSON Schema of a protocol, so that an editor can complete and underline."""
    import json

    from pilotage.atomic import write_text
    from pilotage.protocol.schema import instrument_schema, protocol_schema

    schema = instrument_schema() if instrument else protocol_schema()
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    if out is None:
        typer.echo(text)
        return
    write_text(out, f"{text}\n")
    file = "instrument.yaml" if instrument else "protocol.yaml"
    typer.echo(f"Written to {out}.\nFirst line for {file}:  # yaml-language-server: $schema={out.name}")
