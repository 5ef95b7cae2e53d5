"""`pilotage recheck`: whether the numbers that a paper prints agree with one another."""

from __future__ import annotations

from typing import Annotated

import typer

from pilotage.cli.options import Json

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A YAML file of numbers as printed, or imp-2020 for the example.")
]


def recheck(file: File, as_json: Json = False) -> None:
    """Recheck published numbers: F, p and eta, percentages, means and SDs, intervals, families of tests, power."""
    from pilotage.consistency import recheck as published
    from pilotage.consistency.explain import explain
    from pilotage.consistency.load import load

    paper = load(file)
    findings = published.recheck(paper)
    if as_json:
        from pilotage.plain_json import json_text

        typer.echo(json_text(published.as_json(paper, findings), indent=2))
    else:
        typer.echo(explain(paper, findings))
