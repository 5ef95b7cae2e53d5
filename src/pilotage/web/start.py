"""What every command of the server does first: find the folder's studies, and bring the records up to date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.problems import Kind, Problem, ProblemsFound, kind, refuse
from pilotage.protocol.load import FILE, LoadedProtocol, load
from pilotage.web.environment import SECRET_FILE, keep_secret

if TYPE_CHECKING:
    from pilotage.web.records.readiness import Schema

NO_STUDIES = kind("SERVER-002", "There is no study in the folder")
SAME_ID = kind("SERVER-003", "Two studies have the same id")
OF_THE_LIBRARY = kind("SERVER-004", "A study of the library is served from a folder of your own")
TAKEN_ID = kind("SERVER-006", "A study's id is an address of the server")
NOT_REACHED = kind("SERVER-007", "The database cannot be reached")
START_LOCK = ".pilotage/start.lock"
_PREPARING = int.from_bytes(b"prepare", "big")
NO_RECORDS = kind("LOG-003", "There are no records in the folder")


@dataclass(frozen=True)
class StudyInFolder:
    """A study of the folder: its protocol as the file has it now, and the folder's name within the server's."""

    loaded: LoadedProtocol
    folder: str

    @property
    def key(self) -> str:
        """The name by which addresses and records know it."""
        return self.loaded.protocol.study.id


def studies_in(folder: Path) -> list[StudyInFolder]:
    """Return the study in a folder that holds a protocol, or those in its subfolders.

    Raises
    ------
    ProblemsFound
        When there is none, when two have one id, and with everything that is wrong with any of them.
    """
    _refuse_no_folder(folder, NO_STUDIES)
    places = [folder] if (folder / FILE).is_file() else sorted(f.parent for f in folder.glob(f"*/{FILE}"))
    if not places:
        message = f"'{folder}' holds no {FILE}, and neither does a folder in it."
        remedy = "Begin a study with: pilotage new my-study, or name the folder of one."
        raise ProblemsFound([Problem(NO_STUDIES, message, remedy)])
    problems: list[Problem] = []
    studies: dict[str, StudyInFolder] = {}
    for place in places:
        try:
            study = StudyInFolder(load(place), str(place.relative_to(folder)))
        except ProblemsFound as wrong:
            problems += wrong.problems
            continue
        if study.key in studies:
            message = f"'{study.folder}' and '{studies[study.key].folder}' both have the id '{study.key}'."
            problems.append(Problem(SAME_ID, message, "Give one of them another study.id.", f"{study.folder}/{FILE}"))
        studies[study.key] = study
    refuse(problems)
    return list(studies.values())


def refuse_reserved_ids(studies: Iterable[StudyInFolder]) -> None:
    """Refuse studies whose id is an address of the server; Django has been set up."""
    from pilotage.web.records.reserved_slugs import reserved_slugs

    refuse(
        [
            Problem(
                TAKEN_ID,
                f"'{study.key}' cannot be the id of a study: it is an address of the server.",
                "Give it another study.id.",
                f"{study.folder}/{FILE}",
                path="study.id",
            )
            for study in studies
            if study.key in reserved_slugs()
        ]
    )


def set_up(folder: Path) -> None:
    """Start Django on the records of a folder, whose environment variables are read and checked here."""
    _refuse_no_driver()
    os.environ["PILOTAGE_FOLDER"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.web.settings")
    import django

    django.setup()


def set_up_on_records(folder: Path, *, checked: bool = True) -> None:
    """Start Django on records that are there already, and make none.

    Parameters
    ----------
    checked : bool
        Whether the records must be of this version, with every guard, and open with the server's secret. Without it
        they must only be records: who looks at them says what is wrong.

    Raises
    ------
    ProblemsFound
        When there are none, or their server cannot be reached, or they are not ready.
    """
    _refuse_no_folder(folder, NO_RECORDS)
    if not os.environ.get("DATABASE_URL") and not (folder / "pilotage.sqlite3").is_file():
        refuse([Problem(NO_RECORDS, f"'{folder}' holds no pilotage.sqlite3.", _NAME_THE_FOLDER)])
    set_up(folder)
    reach_database()
    if checked:
        refuse_unready()
    else:
        _schema_of_records()


_NAME_THE_FOLDER = (
    "Name the folder that is served, or set DATABASE_URL. To make new records, run: pilotage serve FOLDER."
)


def _refuse_no_folder(folder: Path, problem: Kind) -> None:
    if not folder.is_dir():
        message = f"'{folder}' is a file." if folder.is_file() else f"There is no folder '{folder}'."
        refuse([Problem(problem, message, "Name the folder of a study, or one that holds several.")])


def refuse_unready() -> None:
    """Refuse records that a server must not work on: made by another version, without a guard, or not opening.

    Raises
    ------
    ProblemsFound
        Names everything that stands in the way, and what to do.
    """
    from pilotage.web.records import readiness

    schema = _schema_of_records()
    refuse(readiness.not_up_to_date(schema))
    refuse(readiness.read_only())
    refuse([*readiness.wrong_triggers(schema), *(no_secret() or readiness.wrong_secret(schema))])


def _schema_of_records() -> Schema:
    """Return what the database holds, where that is records that this version knows."""
    from pilotage.web.records import readiness

    schema = readiness.read_schema()
    if schema.empty:
        refuse([Problem(NO_RECORDS, f"{readiness.database()} holds no records.", _NAME_THE_FOLDER)])
    refuse(readiness.wrong_schema(schema))
    return schema


def no_secret() -> list[Problem]:
    """Return that records are there and the secret is not; a new one would open nothing of what they hold."""
    from django.conf import settings

    from pilotage.web.problem_kinds import OTHER_SECRET
    from pilotage.web.records import readiness

    if not settings.ENVIRONMENT.secret_is_new:
        return []
    file = settings.ENVIRONMENT.folder / SECRET_FILE
    if file.is_file():
        return [Problem(OTHER_SECRET, f"Another server made '{file}' at the same moment.", "Start this one again.")]
    return [Problem(OTHER_SECRET, f"There are records, and their secret is missing: no '{file}'.", readiness.PUT_BACK)]


def reach_database() -> None:
    """Open the connection, or say why that cannot be; Django has been set up."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:  # a file that is no database, or takes no pragma
        remedy = "See that the server of DATABASE_URL runs and lets you in."
        if connection.vendor == "sqlite":
            remedy = (
                "See that you may write to the folder and no other program holds the file; else put back a copy of it."
            )
        raise ProblemsFound([Problem(NOT_REACHED, f"No connection: {str(error).strip()}", remedy)]) from None


def _refuse_no_driver() -> None:
    if os.environ.get("DATABASE_URL") and find_spec("psycopg") is None:
        remedy = "Install what speaks to PostgreSQL: pip install 'pilotage[postgres]'."
        refuse([Problem(NOT_REACHED, "DATABASE_URL is set, and psycopg is not installed.", remedy)])


def bring_up_to_date(folder: Path) -> list[StudyInFolder]:
    """Make or change the tables as this version needs them, and register the studies found."""
    from pilotage.web.records import actions

    studies = studies_in(folder)
    refuse_reserved_ids(studies)
    prepare_records()
    for study in studies:
        actions.register(study.key, study.folder, study.loaded)
    return studies


def prepare_records() -> None:
    """Make the tables, or bring them up to this version; Django has been set up.

    Looked at before and after: what is not ours, lost a guard or does not open is refused before it is changed, and
    what was changed must be whole.

    Raises
    ------
    ProblemsFound
        Names everything that stands in the way, and what to do.
    """
    from django.conf import settings
    from django.core.management import call_command

    from pilotage.web.records import readiness

    with _one_server_at_a_time():
        refuse(readiness.read_only())
        schema = readiness.read_schema()
        refuse(readiness.wrong_schema(schema))
        if not schema.holds_records and settings.ENVIRONMENT.secret_is_new:
            keep_secret(settings.ENVIRONMENT)
        elif schema.holds_records:
            refuse([*readiness.wrong_triggers(schema), *(no_secret() or readiness.wrong_secret(schema))])
        call_command("migrate", verbosity=0, interactive=False)
        schema = readiness.read_schema()
        refuse([*readiness.wrong_schema(schema), *readiness.wrong_triggers(schema)])
        readiness.keep_secret_check()


@contextmanager
def _one_server_at_a_time() -> Iterator[None]:
    """Hold back other servers that start on the same records, so that no two of them change the tables at once.

    Servers of one folder wait at a file in it, servers of one PostgreSQL database at a lock of that database.
    """
    from django.conf import settings
    from django.db import connection

    with ExitStack() as held:
        with suppress(OSError, ImportError):  # a folder that cannot be written; a system without flock
            import fcntl

            file = settings.ENVIRONMENT.folder / START_LOCK
            file.parent.mkdir(mode=0o700, exist_ok=True)
            lock = held.enter_context(file.open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, also by a crash
        if connection.vendor == "postgresql":
            cursor = held.enter_context(connection.cursor())
            cursor.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])
            held.callback(cursor.execute, "SELECT pg_advisory_unlock(%s)", [_PREPARING])
        yield
