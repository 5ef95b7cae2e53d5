"""`pilotage demo`: the 2020 study, rehearsed with simulated people and reported, in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder for the rehearsed study.")] = Path(
        "demo"
    ),
    seed: Annotated[
        int, typer.Option(help="Another seed, other simulated people; this one's lie near the paper's.")
    ] = 283,
) -> None:
    """Rehearse the 2020 study of the Interpersonal Mindfulness Program and write its report."""
    from pilotage.cli.new import new
    from pilotage.cli.rehearse import rehearse
    from pilotage.cli.report import EditionName, report

    if not (folder / "protocol.yaml").exists():
        new(folder, "imp-2020")
    rehearse(folder, seed=seed)
    report(folder)
    report(folder, edition=EditionName.analyst)
    typer.echo(f"\nOpen {folder / 'report' / 'report.html'} in a browser, or report.docx in Word.")
    typer.echo("The people are SIMULATED; the protocol is the study's own.")
