"""`pilotage serve`: the study on the web, from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pilotage.problems import Problem, refuse

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A study's folder, or one that holds several.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


def serve(
    folder: Folder,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Bring the records up to date, print the first link, and stop.")
    ] = False,
) -> None:
    """Serve the studies of a folder; the records are in it too, unless DATABASE_URL names a PostgreSQL server."""
    import os

    from pilotage.web import start

    refuse(_letters_that_lead_nowhere(os.environ))
    address = os.environ.setdefault("PILOTAGE_ADDRESS", f"http://{host}:{port}").rstrip("/")
    start.studies_in(folder)  # what is wrong with a protocol is said before anything is made
    start.set_up(folder)
    start.reach_database()
    studies = start.bring_up_to_date(folder)
    titles = [study.loaded.protocol.study.title for study in studies]
    _greet(titles, folder, address, stays=not prepare)
    if not prepare:
        from pilotage.web import server

        server.serve(host, port)


def _letters_that_lead_nowhere(variables: Mapping[str, str]) -> list[Problem]:
    """Refuse a server that mails people and does not know the address by which they reach it."""
    from pilotage.web.environment import WRONG_VARIABLE

    if not variables.get("PILOTAGE_SMTP") or variables.get("PILOTAGE_ADDRESS"):
        return []
    message = "PILOTAGE_SMTP is set and PILOTAGE_ADDRESS is not: letters would hold links to this machine alone."
    remedy = "Give the address that people use: PILOTAGE_ADDRESS=https://study.example.org."
    return [Problem(WRONG_VARIABLE, message, remedy, path="PILOTAGE_ADDRESS")]


def _greet(titles: list[str], folder: Path, address: str, *, stays: bool) -> None:
    """Print what is served, and the first administrator's link; ``stays`` where the server runs on from here."""
    from django.db import connection

    from pilotage.web.accounts.first_administrator import first_administrator_link

    engine = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite, in the folder"
    for title in titles:
        typer.echo(title)
    typer.echo(f"  {'served' if stays else 'ready to serve'} from {folder} (records: {engine}) at {address}")
    link = first_administrator_link()
    if link:
        typer.echo(f"The first administrator sets a password here, once, within three days:\n  {address}{link}")
    if stays:
        typer.echo("Stop with Ctrl-C.")
