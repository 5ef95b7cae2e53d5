"""Whether the records can be served by this program: their tables, their guards, and the secret that opens them.

Looked at by every command of a server before it does anything (`web.start`), and by `pilotage verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pilotage.problems import Problem
from pilotage.web.problem_kinds import FOREIGN, NEWER, NO_GUARD, NOT_UP_TO_DATE, OTHER_SECRET
from pilotage.web.records import guards, keys
from pilotage.web.records.models import PersonKey, RandomisationSlot, SecretCheck

_LABEL = "records"
_FIRST = f"{_LABEL}_event"
_KNOWN_WORDS = b"Pilotage: this opens with the secret that the records were made with."
_MOST_LISTED = 5


@dataclass(frozen=True)
class Schema:
    """What the database holds, before anything of it is read or changed."""

    tables: frozenset[str]
    applied: frozenset[tuple[str, str]]
    """Migrations that ran, as application and name."""
    loader: MigrationLoader = field(repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was ever made in it."""
        return not self.tables

    @property
    def holds_records(self) -> bool:
        """Whether Pilotage made its tables in it."""
        return any(app == _LABEL for app, _ in self.applied)

    @property
    def pending(self) -> bool:
        """Whether a migration of this version has still to run."""
        return not self.applied.issuperset(self.loader.disk_migrations)


def schema() -> Schema:
    """Look at the tables of the database and at the migrations that made them."""
    with connection.cursor() as cursor:
        tables = frozenset(connection.introspection.table_names(cursor))
    applied = frozenset(MigrationRecorder(connection).applied_migrations())
    return Schema(tables, applied, MigrationLoader(None))


def wrong_schema(now: Schema) -> list[Problem]:
    """Return why the records cannot be used, or be brought up to date, by this version; empty where they can."""
    if now.empty:
        return []
    if not now.holds_records:
        strange = now.tables - _tables_before_ours()
        if not strange:
            return []
        remedy = "Name an empty database in DATABASE_URL, or the folder of a study; nothing in this one was changed."
        names = _listed(sorted(strange))
        return [Problem(FOREIGN, f"{_database()} holds tables of another program: {names}.", remedy)]
    apps_of_ours = {app for app, _ in now.loader.disk_migrations}
    newer = sorted(
        f"{app}.{name}"
        for app, name in now.applied
        if app in apps_of_ours
        and (app, name) not in now.loader.disk_migrations
        and (app, name) not in _replaced(now.loader)
    )
    if newer:
        message = f"{_database()} was brought up to a version that this program does not know: {_listed(newer)}."
        remedy = "Install the newest version of Pilotage, or put back the copy of the records that this version made."
        return [Problem(NEWER, message, remedy)]
    return [] if now.pending else list(_missing_tables(now))


def not_up_to_date(now: Schema) -> list[Problem]:
    """Return that the records have still to be brought up to this version; empty where they are."""
    if not now.pending:
        return []
    remedy = "Run: pilotage serve FOLDER --prepare. Copy the records first."
    return [Problem(NOT_UP_TO_DATE, f"{_database()} was made by an older version.", remedy)]


def missing_guards(now: Schema) -> list[Problem]:
    """Return each guard that is missing, with what it guards; of older records, those that their version made."""
    if not now.holds_records:
        return []
    applied = {name for app, name in now.applied if app == _LABEL} if now.pending else None
    return [
        Problem(
            NO_GUARD,
            f"{trigger.name} is missing, altered or switched off. It guards this: {trigger.guard.says}.",
            _REPAIR,
        )
        for trigger in guards.missing(connection, applied)
    ]


_REPAIR = (
    "Somebody or something changed the database: find out who could write to it. "
    "Then run: pilotage verify FOLDER --repair. It makes the guards again and notes that in the log."
)


def wrong_secret(now: Schema, *, thorough: bool = False) -> list[Problem]:
    """Return that the secret does not open what is sealed; empty where it does, or nothing is sealed yet.

    Parameters
    ----------
    thorough : bool
        Whether every person's key is tried, not only the first and the last.
    """
    if not now.holds_records:
        return []
    shut = _sealed_values_that_stay_shut(now, thorough=thorough)
    if not shut:
        return []
    message = f"The secret of this server does not open {shut} of the values that the records keep sealed."
    return [Problem(OTHER_SECRET, message, PUT_BACK)]


PUT_BACK = (
    "Copy the file '.pilotage/secret' of the server that made the records back into the folder, or set "
    "PILOTAGE_SECRET as it was. A new secret cannot replace it: links, second steps and the log need the old one."
)


def keep_secret_check() -> None:
    """Seal known words with the secret, once, so that another secret is noticed even where nobody takes part yet."""
    SecretCheck.objects.get_or_create(id=1, defaults={"sealed": keys.seal_for_server(_KNOWN_WORDS)})


def _sealed_values_that_stay_shut(now: Schema, *, thorough: bool) -> int:
    sealed = list(_sealed(now, thorough=thorough))
    return sum(not keys.opens(value) for value in sealed)


def _sealed(now: Schema, *, thorough: bool) -> Iterator[keys.Raw]:
    if SecretCheck._meta.db_table in now.tables:
        yield from SecretCheck.objects.values_list("sealed", flat=True)
    wrapped = PersonKey.objects.order_by("pk").values_list("wrapped", flat=True)
    arms = RandomisationSlot.objects.order_by("pk").values_list("sealed_arm", flat=True)
    for values in (wrapped, arms):
        yield from values if thorough else [v for v in (values.first(), values.last()) if v is not None]


def _tables_before_ours() -> set[str]:
    """Return the tables of the libraries, which a first start makes before ours and may have been interrupted at."""
    own = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return own | {MigrationRecorder.Migration._meta.db_table}


def _missing_tables(now: Schema) -> Iterator[Problem]:
    """Yield what the migrations made and the database does not have any more."""
    remedy = "Put back a copy of the whole database. Parts of it cannot be made again."
    models = apps.get_app_config(_LABEL).get_models(include_auto_created=True)
    expected = {model._meta.db_table: {str(f.column) for f in model._meta.local_concrete_fields} for model in models}
    gone = sorted(expected.keys() - now.tables)
    if gone:
        yield Problem(FOREIGN, f"{_database()} lacks these tables: {_listed(gone)}.", remedy)
    with connection.cursor() as cursor:
        for table in sorted(expected.keys() & now.tables):
            there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if lacking := sorted(expected[table] - there):
                yield Problem(FOREIGN, f"{_database()}: table {table} lacks {_listed(lacking)}.", remedy)


def _replaced(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Return the migrations that a later one stands for, which records made before may have run."""
    return {old for migration in loader.disk_migrations.values() for old in migration.replaces}


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _database() -> str:
    return f"The database '{connection.settings_dict['NAME']}'"
