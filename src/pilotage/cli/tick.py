"""`pilotage tick`: send what is due now, for cron where the server does not do it itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def tick(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that is served.")]) -> None:
    """Decide from the records what is due to whom, and send it; what was sent is never sent again."""
    from pilotage.web import start

    start.set_up_on_records(folder)
    from pilotage.web.mail.tick import tick as send_what_is_due

    sent = send_what_is_due()
    typer.echo(f"{sent} letter{'' if sent == 1 else 's'} sent.")
