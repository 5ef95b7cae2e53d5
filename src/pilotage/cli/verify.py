"""`pilotage verify`: whether the log of a server is whole, and its head, to be kept elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pilotage.problems import Problem, kind, refuse

BROKEN = kind("LOG-001", "The log was altered")
OTHER_HEAD = kind("LOG-002", "The log does not lead to a head that was kept")

_MOST_LISTED = 20


def verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that is served.")],
    head: Annotated[
        str | None, typer.Option(metavar="N:HASH", help="A head printed before: the log must still contain it.")
    ] = None,
) -> None:
    """Check the chain of the log from its first event to its last, and print its head.

    A chain cannot show by itself that its end was cut off together with the head: keep the line printed here
    somewhere else, and give it back with --head next time.
    """
    from pilotage.web import start

    start.set_up_on_records(folder)
    from pilotage.web.records import audit

    broken = list(audit.broken())
    found = [Problem(BROKEN, f"Event {one.sequence}: {one.why}.", _RESTORE) for one in broken[:_MOST_LISTED]]
    if len(broken) > _MOST_LISTED:
        found.append(Problem(BROKEN, f"... and at {len(broken) - _MOST_LISTED:,} more places."))
    refuse(found + _kept(head))
    count, last = audit.head()
    typer.echo(f"The log is whole: {count:,} events.")
    typer.echo(f"Head  {count}:{last}")


_RESTORE = "Compare with a copy of the records, and find out who could write to the database."


def _kept(head: str | None) -> list[Problem]:
    if head is None:
        return []
    from pilotage.web.records.models import Event

    number, _, said = head.partition(":")
    here = Event.objects.filter(sequence=int(number)).first() if number.isdigit() else None
    if here is not None and here.hash == said.strip():
        return []
    found = f"its hash is {here.hash}" if here else "there is no such event"
    return [Problem(OTHER_HEAD, f"The head kept names event {number}, and {found}.", _RESTORE)]
