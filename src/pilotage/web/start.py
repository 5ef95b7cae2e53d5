"""What every command of the server does first: find the folder's studies, and bring the records up to date."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pilotage.problems import Problem, ProblemsFound, kind, refuse
from pilotage.protocol.load import FILE, LoadedProtocol, load
from pilotage.web.records.reserved_slugs import TAKEN

NO_STUDIES = kind("SERVER-002", "There is no study in the folder")
SAME_ID = kind("SERVER-003", "Two studies have the same id")
OF_THE_LIBRARY = kind("SERVER-004", "A study of the library is served from a folder of your own")
TAKEN_ID = kind("SERVER-006", "A study's id is an address of the server")
NOT_REACHED = kind("SERVER-007", "The database cannot be reached")
NO_RECORDS = kind("LOG-003", "There are no records in the folder")


@dataclass(frozen=True)
class Found:
    """A study of the folder: its protocol as the file has it now, and the folder's name within the server's."""

    loaded: LoadedProtocol
    folder: str

    @property
    def key(self) -> str:
        """The name by which addresses and records know it."""
        return self.loaded.protocol.study.id


def studies_in(folder: Path) -> list[Found]:
    """The study in a folder that holds a protocol, or those in its subfolders.

    Raises
    ------
    ProblemsFound
        When there is none, when two have one id or one has an id that is an address of the server, and with
        everything that is wrong with any of them.
    """
    places = [folder] if (folder / FILE).is_file() else sorted(f.parent for f in folder.glob(f"*/{FILE}"))
    if not places:
        message = f"'{folder}' holds no {FILE}, and neither does a folder in it."
        remedy = "Begin a study with: pilotage new my-study, or name the folder of one."
        raise ProblemsFound([Problem(NO_STUDIES, message, remedy)])
    problems: list[Problem] = []
    found: dict[str, Found] = {}
    for place in places:
        try:
            one = Found(load(place), str(place.relative_to(folder)))
        except ProblemsFound as wrong:
            problems += wrong.problems
            continue
        if one.key in found:
            message = f"'{one.folder}' and '{found[one.key].folder}' both have the id '{one.key}'."
            problems.append(Problem(SAME_ID, message, "Give one of them another study.id.", f"{one.folder}/{FILE}"))
        if one.key in TAKEN:
            message = f"'{one.key}' cannot be the id of a study: it is an address of the server."
            where = f"{one.folder}/{FILE}"
            problems.append(Problem(TAKEN_ID, message, "Give it another study.id.", where, path="study.id"))
        found[one.key] = one
    refuse(problems)
    return list(found.values())


def set_up(folder: Path) -> None:
    """Start Django on the records of a folder, whose environment variables are read and checked here."""
    _refuse_no_driver()
    os.environ["PILOTAGE_FOLDER"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.web.settings")
    import django

    django.setup()


def set_up_on_records(folder: Path) -> None:
    """Start Django on records that are there already, and make none.

    Raises
    ------
    ProblemsFound
        When there are none, or their server cannot be reached.
    """
    remedy = "Name the folder that is served, or set DATABASE_URL."
    if not os.environ.get("DATABASE_URL") and not (folder / "pilotage.sqlite3").is_file():
        refuse([Problem(NO_RECORDS, f"'{folder}' holds no pilotage.sqlite3.", remedy)])
    set_up(folder)
    reach_database()
    from django.db import connection

    if "records_event" not in connection.introspection.table_names():
        message = f"The database '{connection.settings_dict['NAME']}' holds no records."
        refuse([Problem(NO_RECORDS, message, remedy)])


def reach_database() -> None:
    """Open the connection, or say why that cannot be; Django has been set up."""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as error:
        remedy = "See that the server of DATABASE_URL runs and lets you in; or, without one, that the folder is yours."
        raise ProblemsFound([Problem(NOT_REACHED, f"No connection: {str(error).strip()}", remedy)]) from None


def _refuse_no_driver() -> None:
    if os.environ.get("DATABASE_URL") and find_spec("psycopg") is None:
        remedy = "Install what speaks to PostgreSQL: pip install 'pilotage[postgres]'."
        refuse([Problem(NOT_REACHED, "DATABASE_URL is set, and psycopg is not installed.", remedy)])


def bring_up_to_date(folder: Path) -> list[Found]:
    """Make or change the tables as this version needs them, and register the studies found."""
    from pilotage.web.records import actions

    found = studies_in(folder)
    migrate()
    for study in found:
        actions.register(study.key, study.folder, study.loaded)
    return found


def migrate() -> None:
    """Make or change the tables as this version needs them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
