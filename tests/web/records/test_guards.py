"""The database's guards are there after whatever happens to its tables, and what is missing is named."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as DjangosOwn
from django.db.migrations.loader import MigrationLoader
from pytest_django import DjangoDbBlocker

from pilotage.web.records import guards
from pilotage.web.records.models import Administration, Answer, Consent, Event

ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a trait of SQLite")


@pytest.fixture(scope="module")
def _migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables, which pytest-django makes only where some test of the run asks for its `db`."""
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)


@pytest.fixture(autouse=True)
def _tables(_migrated: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' database itself, for tables are not altered inside a transaction; each test puts back what it altered.

    Not a transactional test of pytest-django: that ends by emptying all tables, which the guards refuse.
    """
    with django_db_blocker.unblock():
        yield
        guards.make(connection)


def drop(name: str, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def altered(model: type[models.Model], name: str, length: int, editor: type | None = None) -> None:
    """Alter a column as a migration does."""
    before = model._meta.get_field(name)
    after = models.CharField(max_length=length, default="x")
    after.set_attributes_from_name(name)
    after.model = model
    with editor(connection) if editor else connection.schema_editor() as tables:
        tables.alter_field(model, before, after)


def test_every_guard_is_there_once_the_tables_are_made() -> None:
    assert guards.missing(connection) == []
    assert len(guards.triggers()) == 16


def test_altered_tables_keep_every_guard_through_migrate() -> None:
    column = models.CharField(max_length=5, default="")
    column.set_attributes_from_name("extra")
    editor = DjangosOwn if connection.vendor == "sqlite" else type(connection.schema_editor())
    altered(Event, "what", 90, editor)
    with editor(connection) as tables:
        tables.add_field(Answer, column)
        tables.alter_field(Answer, column, _unique(column))
    try:
        call_command("migrate", verbosity=0)
        assert guards.missing(connection) == []
    finally:
        altered(Event, "what", 80)
        with connection.schema_editor() as tables:
            tables.remove_field(Answer, column)


def _unique(column: models.CharField[str, str]) -> models.CharField[str, str]:
    longer = models.CharField(max_length=7, default="")
    longer.set_attributes_from_name(column.name)
    return longer


@ON_SQLITE
def test_djangos_own_editor_loses_guards_on_sqlite_which_migrate_makes_again() -> None:
    altered(Event, "what", 90, DjangosOwn)
    lost = {trigger.name for trigger in guards.missing(connection)}
    assert lost == {"guard_records_event_update", "guard_records_event_delete"}
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
    altered(Event, "what", 80)


@pytest.mark.parametrize("model", [Consent, Administration, Event])
def test_a_table_that_other_tables_guards_name_can_be_altered_and_no_guard_is_lost(model: type[models.Model]) -> None:
    name = {Consent: "paper_held_by", Administration: "assessment", Event: "what"}[model]
    length = model._meta.get_field(name).max_length
    altered(model, name, length + 9)
    assert guards.missing(connection) == []
    altered(model, name, length)


def test_a_migration_that_fails_half_way_loses_no_guard() -> None:
    with pytest.raises(RuntimeError, match="half way"), connection.schema_editor() as tables:
        field = Event._meta.get_field("what")
        longer = models.CharField(max_length=90, db_index=True)
        longer.set_attributes_from_name("what")
        longer.model = Event
        tables.alter_field(Event, field, longer)
        raise RuntimeError("half way")
    assert guards.missing(connection) == []


def test_a_guard_that_was_dropped_is_named_with_what_it_guards_and_made_again() -> None:
    drop("guard_records_allocation_delete", "records_allocation")
    assert [str(trigger) for trigger in guards.missing(connection)] == [
        "guard_records_allocation_delete (an allocation never changes)"
    ]
    assert [trigger.name for trigger in guards.make(connection)] == ["guard_records_allocation_delete"]
    assert guards.make(connection) == guards.missing(connection) == []


def test_a_guard_whose_words_were_changed_so_that_it_guards_nothing_is_missing() -> None:
    name, table = "guard_records_event_delete", "records_event"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} WHEN 0 BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
            )
    assert [trigger.name for trigger in guards.missing(connection)] == [name]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite disables no trigger")
def test_a_guard_that_is_disabled_is_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_event DISABLE TRIGGER guard_records_event_delete")
    assert [trigger.name for trigger in guards.missing(connection)] == ["guard_records_event_delete"]


def test_a_guard_of_before_that_has_another_name_now_is_dropped() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TRIGGER guard_old_insert BEFORE INSERT ON records_study BEGIN SELECT 1; END")
        else:
            cursor.execute(
                "CREATE FUNCTION guard_old_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER guard_old_insert BEFORE INSERT ON records_study "
                "FOR EACH ROW EXECUTE FUNCTION guard_old_insert()"
            )
    call_command("migrate", verbosity=0)
    with pytest.raises(Exception, match="guard_old_insert"):
        drop("guard_old_insert", "records_study")


GUARDS_SINCE = {"a03ca6a92083": "0002_guards"}
"""The fingerprint of all guards, and the migration from which on they stand so."""


def test_who_changes_a_guard_adds_a_migration() -> None:
    """Where no migration is due, the guards are compared with these, and a server with others does not start."""
    texts = "".join(f"{trigger.name}{trigger.when}{trigger.guard.says}" for trigger in guards.triggers())
    since = GUARDS_SINCE.get(hashlib.sha256(texts.encode()).hexdigest()[:12])
    assert ("records", since) in MigrationLoader(None).disk_migrations


@pytest.mark.parametrize("name", ["0001_initial", "0002_guards"])
def test_the_first_releases_migrations_import_nothing_of_ours_that_can_change(name: str) -> None:
    module = importlib.import_module(f"pilotage.web.records.migrations.{name}")
    assert "import pilotage" not in Path(str(module.__file__)).read_text(encoding="utf-8")
    assert "from pilotage" not in Path(str(module.__file__)).read_text(encoding="utf-8")
