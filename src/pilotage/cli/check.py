"""`pilotage check`: says everything that is wrong with a study's protocol, or what it holds."""

from __future__ import annotations

from typing import Annotated

import typer

Study = Annotated[str, typer.Argument(metavar="STUDY", help="A study's folder, its protocol.yaml, or imp or imp-2020.")]
Unknowns = Annotated[bool, typer.Option("--unknowns", help="List what the protocol marks as unknown, with places.")]


def check(study: Study, unknowns: Unknowns = False) -> None:
    """Check a protocol: every problem at once, with its place and what to do; or a summary."""
    from pilotage.protocol import summary
    from pilotage.protocol.load import load

    loaded = load(study)
    if unknowns:
        typer.echo("\n".join(summary.unknowns(loaded)) or "The protocol marks nothing as unknown.")
        return
    typer.echo(f"{loaded.protocol.study.id}: {loaded.protocol.study.title}\n")
    for heading, holds in summary.summary(loaded).items():
        typer.echo(f"  {heading:<14} {holds}")
    typer.echo("\nNo problems found.")
