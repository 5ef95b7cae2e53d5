"""`pilotage verify`: whether the records of a server are whole, and the head of their log, to be kept elsewhere."""

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
    repair: Annotated[
        bool, typer.Option("--repair", help="Make missing guards of the database again, and note that in the log.")
    ] = False,
) -> None:
    """Check the log from its first entry to its last, the database's guards and the secret; print the log's head.

    A log cannot show by itself that its end was cut off together with the head: keep the line printed here somewhere
    else, and give it back with --head next time.
    """
    from pilotage.web import start

    start.set_up_on_records(folder, checked=False)
    from pilotage.formatting import counted
    from pilotage.web.records import audit, readiness

    schema = readiness.read_schema()
    if repair:
        refuse(readiness.not_up_to_date(schema) + readiness.read_only())
        _make_guards_again()
    broken = list(audit.broken())
    problems = [Problem(BROKEN, f"Event {entry.sequence}: {entry.why}.", _RESTORE) for entry in broken[:_MOST_LISTED]]
    if len(broken) > _MOST_LISTED:
        more = counted(len(broken) - _MOST_LISTED, "more place", thousands=True)
        problems.append(Problem(BROKEN, f"... and at {more}."))
    problems += [*_kept(head), *readiness.wrong_triggers(schema)]
    refuse(problems + (start.no_secret() or readiness.wrong_secret(schema, thorough=True)))
    count, last = audit.head()
    typer.echo(f"The log is whole: {counted(count, 'event', thousands=True)}.")
    typer.echo("Every guard of the database is there, and the secret opens what is sealed.")
    typer.echo(f"Head  {count}:{last}")


def _make_guards_again() -> None:
    from pilotage.web.records import actions

    for trigger in actions.make_guards_again():
        typer.echo(f"Made again: {trigger}.")


_RESTORE = "Compare with a copy of the records, and find out who could write to the database."


def _kept(head: str | None) -> list[Problem]:
    if head is None:
        return []
    from pilotage.web.records.models import Event

    number, _, expected = head.partition(":")
    if not number.isdigit() or not expected:
        message = f"--head: '{head}' is not the head of a log."
        return [Problem(OTHER_HEAD, message, "Give the number and the hash as they were printed, N:HASH.")]
    event = Event.objects.filter(sequence=int(number)).first()
    if event is not None and event.hash == expected.strip():
        return []
    instead = f"its hash is {event.hash}" if event else "there is no such event"
    return [Problem(OTHER_HEAD, f"The head kept names event {number}, and {instead}.", _RESTORE)]
