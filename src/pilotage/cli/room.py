"""`pilotage room`: pairs, timers and a bell in the browser of one laptop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(metavar="FILE", help="Where names and history are kept; made when not there.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on this machine; 0 takes any that is free.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Whether to open the page at once.")]


def room(file: File = Path("room.json"), port: Port = 0, browser: Browser = True) -> None:
    """Pair the people in a room, with round timers and a bell: no study, no account, nothing sent anywhere."""
    import webbrowser

    from pilotage.pairing.room.server import PORT_TAKEN, RoomServer
    from pilotage.problems import Problem, ProblemsFound

    try:
        server = RoomServer(file, port)
    except OSError as error:
        message = f"Port {port} cannot be used: {error.strerror}."
        raise ProblemsFound([Problem(PORT_TAKEN, message, "Leave --port out, or name another.")]) from None
    typer.echo(f"The room is at {server.address}\nNames and history stay in {file}. Ctrl-C ends it.")
    if browser:
        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo("\nClosed.")
    finally:
        server.server_close()
