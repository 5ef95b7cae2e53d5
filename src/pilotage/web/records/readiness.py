"""Whether the records can be served by this program: their tables, their guards, and the secret that opens them.

Looked at by every command of a server before it does anything (`web.start`), and by `pilotage verify`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from pilotage.problems import Problem
from pilotage.web.problem_kinds import (
    FOREIGN,
    FOREIGN_TRIGGER,
    NEWER,
    NO_GUARD,
    NOT_UP_TO_DATE,
    OTHER_SECRET,
    READ_ONLY,
)
from pilotage.web.records import guards, keys
from pilotage.web.records.models import PersonKey, RandomisationSlot, SecretCheck

_LABEL = "records"
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


def read_schema() -> Schema:
    """Look at the tables of the database and at the migrations that made them."""
    with connection.cursor() as cursor:
        tables = frozenset(connection.introspection.table_names(cursor))
    applied = frozenset(MigrationRecorder(connection).applied_migrations())
    return Schema(tables, applied, MigrationLoader(None))


def wrong_schema(schema: Schema) -> list[Problem]:
    """Return why the records cannot be used, or be brought up to date, by this version; empty where they can."""
    if schema.empty:
        return []
    if not schema.holds_records:
        return _not_begun_by_us(schema)
    if newer := _newer(schema):
        message = f"{database()} was brought up to a version that this program does not know: {_listed(newer)}."
        remedy = "Install the newest version of Pilotage, or put back the copy of the records that this version made."
        return [Problem(NEWER, message, remedy)]
    return [] if schema.pending else list(_missing_tables(schema))


def not_up_to_date(schema: Schema) -> list[Problem]:
    """Return that the records have still to be brought up to this version; empty where they are."""
    if not schema.pending:
        return []
    remedy = "Run: pilotage serve FOLDER --prepare. Copy the records first."
    return [Problem(NOT_UP_TO_DATE, f"{database()} was made by an older version.", remedy)]


def wrong_triggers(schema: Schema) -> list[Problem]:
    """Return each guard that is missing, with what it guards, and each trigger that is none of ours.

    Of older records, the guards that their version made are looked for.
    """
    if not schema.holds_records:
        return []
    applied = {name for app, name in schema.applied if app == _LABEL} if schema.pending else None
    missing = [
        Problem(
            NO_GUARD,
            f"{trigger.name} is missing, altered or switched off. It guards this: {trigger.guard.says}.",
            _REPAIR,
        )
        for trigger in guards.missing(connection, applied)
    ]
    foreign = [
        Problem(
            FOREIGN_TRIGGER,
            f"The {other.kind} '{other.name}' acts on the table {other.table}, and Pilotage did not make it.",
            f"It could change or drop answers. Find out who made it and why, then drop the {other.kind}.",
        )
        for other in guards.foreign(connection, _our_tables(schema), up_to_date=not schema.pending)
    ]
    return missing + foreign


_REPAIR = (
    "Somebody or something changed the database: find out who could write to it. "
    "Then run: pilotage verify FOLDER --repair. It makes the guards again and notes that in the log."
)


def wrong_secret(schema: Schema, *, thorough: bool = False) -> list[Problem]:
    """Return that the secret does not open what is sealed; empty where it does, or nothing is sealed yet.

    Parameters
    ----------
    thorough : bool
        Whether every person's key is tried, not only the first and the last.
    """
    if not schema.holds_records:
        return []
    shut = _sealed_values_that_stay_shut(schema, thorough=thorough)
    if not shut:
        return []
    message = f"The secret of this server does not open {shut} of the values that the records keep sealed."
    return [Problem(OTHER_SECRET, message, PUT_BACK)]


PUT_BACK = (
    "Copy the file '.pilotage/secret' of the server that made the records back into the folder, or set "
    "PILOTAGE_SECRET as it was. A new secret cannot replace it: links, second steps and the log need the old one."
)


def read_only() -> list[Problem]:
    """Return that nothing can be written to the database; empty where something can."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":  # a file, or its folder: only writing tells
                cursor.execute("PRAGMA user_version")
                cursor.execute(f"PRAGMA user_version = {cursor.fetchone()[0]}")
                transaction.set_rollback(True)
                return []
            cursor.execute("SELECT current_setting('transaction_read_only')")
            why = "the server lets it be read only" if cursor.fetchone()[0] == "on" else ""
    except DatabaseError as error:
        why = str(error).strip()
    remedy = "See that this user may write to the folder and its files, that the disk is not full, and try again."
    if connection.vendor == "postgresql":
        remedy = "See that DATABASE_URL names the main server, and a role that may write."
    return [Problem(READ_ONLY, f"{database()} cannot be written to: {why}.", remedy)] if why else []


def keep_secret_check() -> None:
    """Seal known words with the secret, once, so that another secret is noticed even where nobody takes part yet."""
    SecretCheck.objects.get_or_create(id=1, defaults={"sealed": keys.seal_for_server(_KNOWN_WORDS)})


def _sealed_values_that_stay_shut(schema: Schema, *, thorough: bool) -> int:
    sealed = list(_sealed(schema, thorough=thorough))
    return sum(not keys.opens(value) for value in sealed)


def _sealed(schema: Schema, *, thorough: bool) -> Iterator[keys.Raw | str]:
    if SecretCheck._meta.db_table in schema.tables:
        yield from SecretCheck.objects.values_list("sealed", flat=True)
    wrapped = PersonKey.objects.order_by("pk").values_list("wrapped", flat=True)
    arms = RandomisationSlot.objects.order_by("pk").values_list("sealed_arm", flat=True)
    for values in (wrapped, arms):
        yield from values if thorough else [v for v in (values.first(), values.last()) if v is not None]
    if Authenticator._meta.db_table not in schema.tables:  # a first start that was cut off
        return
    for second_step in Authenticator.objects.values_list("data", flat=True):  # one or two for each member of staff
        yield from (second_step[name] for name in _SEALED_BY_ALLAUTH if name in second_step)


_SEALED_BY_ALLAUTH = ("secret", "seed")
"""What allauth hands to `SecondFactorAdapter.encrypt`: the secret of an app, and the seed of recovery codes."""


def _not_begun_by_us(schema: Schema) -> list[Problem]:
    """Return what stands in a database without a migration of ours, if that is not a first start that was cut off."""
    strange = sorted(schema.tables - _our_tables(schema).keys())
    if strange:
        remedy = "Name an empty database in DATABASE_URL, or the folder of a study; nothing in this one was changed."
        return [Problem(FOREIGN, f"{database()} holds tables of another program: {_listed(strange)}.", remedy)]
    if schema.tables & {model._meta.db_table for model in apps.get_app_config(_LABEL).get_models()}:
        list_of_migrations = MigrationRecorder.Migration._meta.db_table
        message = f"{database()} holds tables of the records, and {list_of_migrations} does not say what made them."
        return [Problem(FOREIGN, message, _WHOLE_COPY)]
    return []


def _newer(schema: Schema) -> list[str]:
    """Return the migrations of our applications that ran and are not among this version's."""
    known = schema.loader.disk_migrations
    replaced = {old for migration in known.values() for old in migration.replaces}
    ran = {row for row in schema.applied if row[0] in schema.loader.migrated_apps}
    return sorted(f"{app}.{name}" for app, name in ran - known.keys() - replaced)


def _our_tables(schema: Schema) -> dict[str, set[str]]:
    """Return the columns of every table that the migrations of this version make, by the table's name."""
    models: list[type[Model]] = [MigrationRecorder.Migration]
    for label in schema.loader.migrated_apps:
        models += apps.get_app_config(label).get_models(include_auto_created=True)
    tables = {model._meta.db_table: {str(f.column) for f in model._meta.local_concrete_fields} for model in models}
    return tables | {settings.CACHES["default"]["LOCATION"]: set()}  # it has no model: 0002_guards makes it by hand


_WHOLE_COPY = "Put back a copy of the whole database. Parts of it cannot be made again."


def _missing_tables(schema: Schema) -> Iterator[Problem]:
    """Yield what the migrations made and the database does not have any more."""
    tables = _our_tables(schema)
    if gone := sorted(tables.keys() - schema.tables):
        yield Problem(FOREIGN, f"{database()} lacks these tables: {_listed(gone)}.", _WHOLE_COPY)
    with connection.cursor() as cursor:
        for table in sorted(tables.keys() & schema.tables):
            there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            if lacking := sorted(tables[table] - there):
                yield Problem(FOREIGN, f"{database()}: table {table} lacks {_listed(lacking)}.", _WHOLE_COPY)


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def database() -> str:
    """Return what a problem calls the database."""
    return f"The database '{connection.settings_dict['NAME']}'"
