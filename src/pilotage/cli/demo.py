"""`pilotage demo`: the 2020 study with simulated people: rehearsed and reported, or served as a living site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STUDY = "imp-2020"


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder for the rehearsed study.")] = Path(
        "demo"
    ),
    seed: Annotated[
        int, typer.Option(help="Another seed, other simulated people; this one's lie near the paper's.")
    ] = 283,
    serve: Annotated[bool, typer.Option("--serve", help="Serve it as a living site instead of a report.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="With --serve: the port.")] = 8000,
    people: Annotated[
        int, typer.Option(min=0, help="With --serve: so many more people with an open questionnaire.")
    ] = 0,
    links: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --people: where their links are written, one a line.")
    ] = None,
) -> None:
    """Rehearse the 2020 study of the Interpersonal Mindfulness Program and write its report, or serve it."""
    from pilotage.cli.new import new

    if not (folder / "protocol.yaml").exists():
        new(folder, STUDY)
    if serve:
        _serve(folder, seed, port, people, links)
    else:
        _report(folder, seed)


def _report(folder: Path, seed: int) -> None:
    from pilotage.cli.rehearse import rehearse
    from pilotage.cli.report import EditionName, report

    rehearse(folder, seed=seed)
    report(folder)
    report(folder, edition=EditionName.analyst)
    typer.echo(f"\nOpen {folder / 'report' / 'report.html'} in a browser, or report.docx in Word.")
    typer.echo("The people are SIMULATED; the protocol is the study's own.")


def _serve(folder: Path, seed: int, port: int, people: int, links: Path | None) -> None:
    import os

    from pilotage.web import server, start

    os.environ["PILOTAGE_ADDRESS"] = f"http://127.0.0.1:{port}"
    os.environ["PILOTAGE_DEMONSTRATION"] = "yes"
    start.set_up(folder)
    start.reach_database()
    start.prepare_records()
    from pilotage.web.demonstration import site

    typer.echo("Making the living site; this takes some seconds the first time.")
    group = site.build_once(folder, STUDY, seed=seed)
    for way in site.ways_in(group):
        typer.echo(f"  {way.role:<18} {way.url}")
    if people:
        _write_links(links or folder / "links.txt", list(site.links_to_a_questionnaire(group, people)))
    typer.echo(f"Everything here is SIMULATED. Served at http://127.0.0.1:{port}; stop with Ctrl-C.")
    server.serve("127.0.0.1", port)


def _write_links(file: Path, urls: list[str]) -> None:
    from pilotage.atomic import write_text
    from pilotage.formatting import counted, plural

    write_text(file, "".join(f"{url}\n" for url in urls))
    links = counted(len(urls), "personal link")
    typer.echo(f"  {links}, one a line, {plural(len(urls), 'is', 'are')} in {file}.")
