"""What the database itself refuses, whoever asks: triggers for SQLite and for PostgreSQL, made from one list.

They are made again after every migration (`records.apps`), for Django rebuilds a table of SQLite to alter it and drops
its triggers, and looked for whenever a server starts (`web.start`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from pilotage.web.records import models
from pilotage.web.records.sql import SqlTable

PREFIX = "guard_"
"""With which the name of every guard begins; any other trigger of that name is stale."""

_TABLES = {
    "administration": SqlTable(models.Administration),
    "consent": SqlTable(models.Consent),
    "role_held": SqlTable(models.RoleHeld),
}
_ENDED = """EXISTS (
    SELECT 1 FROM {administration} a JOIN {consent} c ON c.id = a.consent_id
    WHERE a.id = NEW.administration_id AND c.ended_at IS NOT NULL
      AND NOT (a.mode = 'paper' AND a.started_at < c.ended_at))"""
_OTHERS_CONSENT = """NOT EXISTS (
    SELECT 1 FROM {consent} c WHERE c.id = NEW.consent_id AND c.participant_id = NEW.participant_id)"""
_NOT_THEIR_VALID_CONSENT = """NOT EXISTS (
    SELECT 1 FROM {consent} c
    WHERE c.id = NEW.consent_id AND c.participant_id = NEW.participant_id AND c.ended_at IS NULL)"""
_TEACHER_AND_RESEARCHER = """NEW.role IN ('teacher', 'researcher') AND NEW.until IS NULL AND EXISTS (
    SELECT 1 FROM {role_held} r WHERE r.user_id = NEW.user_id AND r.study_id = NEW.study_id AND r.until IS NULL
      AND r.role IN ('teacher', 'researcher') AND r.role <> NEW.role)"""


@dataclass(frozen=True)
class Guard:
    """A rule: what it refuses (an SQL condition; always, where empty), on which table, and in which words."""

    model: type[Model]
    events: tuple[str, ...]
    says: str
    when: str = ""
    since: str = "0002_guards"
    """The migration that first made it: a database that has not come so far need not have it."""

    @property
    def table(self) -> str:
        """The table that it guards."""
        return self.model._meta.db_table

    def triggers(self) -> Iterator[Trigger]:
        """Yield its triggers: one for each event."""
        for event in self.events:
            yield Trigger(self, event, self.when.format_map(_TABLES))


@dataclass(frozen=True)
class Trigger:
    """One trigger of a guard, as it is made in a database."""

    guard: Guard
    event: str
    when: str

    @property
    def name(self) -> str:
        """Its name in the database; on PostgreSQL also that of its function."""
        return f"{PREFIX}{self.guard.table}_{self.event.lower()}"

    def __str__(self) -> str:
        return f"{self.name} ({self.guard.says})"


GUARDS = (
    Guard(models.Event, ("UPDATE", "DELETE"), "the log is append-only"),
    Guard(models.Allocation, ("UPDATE", "DELETE"), "an allocation never changes"),
    Guard(models.ProtocolVersion, ("UPDATE", "DELETE"), "a version of the protocol never changes"),
    Guard(models.ConsentText, ("UPDATE", "DELETE"), "a consent text never changes"),
    Guard(models.Answer, ("INSERT",), "no answer without a valid consent", _ENDED),
    Guard(models.Comment, ("INSERT",), "no comment without a valid consent", _ENDED),
    Guard(models.Administration, ("INSERT", "UPDATE"), "a consent belongs to its giver alone", _OTHERS_CONSENT),
    Guard(models.HomePractice, ("INSERT", "UPDATE"), "no diary without a valid consent", _NOT_THEIR_VALID_CONSENT),
    Guard(models.RoleHeld, ("INSERT", "UPDATE"), "nobody is teacher and researcher", _TEACHER_AND_RESEARCHER),
)
"""Every guard. Whoever changes one adds a migration (it may be empty), so that records are brought up to it."""


def triggers() -> tuple[Trigger, ...]:
    """Return every trigger that the records of this version have."""
    return tuple(trigger for guard in GUARDS for trigger in guard.triggers())


def make(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Make every guard that is missing, disabled or altered, drop those that are stale; return what was made.

    Guards whose table is not there yet are left out: a migration was asked for that comes before it.
    """
    dialect = _dialect(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    there = dialect.standing()
    wanted = {trigger.name: trigger for trigger in triggers() if trigger.guard.table in tables}
    made = [trigger for name, trigger in wanted.items() if there.get(name) != dialect.definition(trigger)]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in dialect.drop(name for name in there if name not in wanted):
            cursor.execute(statement)
        for trigger in made:
            for statement in dialect.make(trigger):
                cursor.execute(statement)
    return made


def missing(connection: BaseDatabaseWrapper, applied: set[str] | None = None) -> list[Trigger]:
    """Return the guards that are not as they should be.

    Parameters
    ----------
    applied : set of str, optional
        Names of the migrations that ran, where some have not: only the guards that these made are looked for, by
        name, for another version's words may differ. Without it each must stand as this version makes it.
    """
    dialect = _dialect(connection)
    there = dialect.standing()
    if applied is not None:
        return [trigger for trigger in triggers() if trigger.guard.since in applied and not there.get(trigger.name)]
    return [trigger for trigger in triggers() if there.get(trigger.name) != dialect.definition(trigger)]


@dataclass(frozen=True)
class ForeignTrigger:
    """A trigger that is none of the guards, or a rule of PostgreSQL, and the table that it acts on."""

    name: str
    table: str
    kind: Literal["trigger", "rule"]


def foreign(connection: BaseDatabaseWrapper, tables: Collection[str], *, up_to_date: bool) -> list[ForeignTrigger]:
    """Return what acts on these tables and is none of the guards: it could leave out an answer without a word.

    Where migrations have still to run, anything that is named as a guard is taken for one of another version.
    """
    ours = {(trigger.name, trigger.guard.table) for trigger in triggers()}
    return [
        other
        for other in _dialect(connection).acting()
        if other.table in tables
        and (other.name, other.table) not in ours
        and (up_to_date or not other.name.startswith(PREFIX))
    ]


@dataclass(frozen=True)
class _SQLite:
    connection: BaseDatabaseWrapper

    def acting(self) -> list[ForeignTrigger]:
        """Return every trigger there is."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            return [ForeignTrigger(name, table, "trigger") for name, table in cursor.fetchall()]

    def standing(self) -> Mapping[str, str]:
        """Return the text of each guard that the database has, by name."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"]
            )
            return dict(cursor.fetchall())

    def definition(self, trigger: Trigger) -> str:
        """Return the text that the database keeps of a trigger, which is the statement that made it."""
        when = f"WHEN {trigger.when}" if trigger.when else ""
        return (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.guard.table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{trigger.guard.says}'); END"
        )

    def make(self, trigger: Trigger) -> Iterator[str]:
        yield f"DROP TRIGGER IF EXISTS {trigger.name}"
        yield self.definition(trigger)

    def drop(self, names: Iterator[str]) -> Iterator[str]:
        for name in names:
            yield f'DROP TRIGGER "{name}"'


@dataclass(frozen=True)
class _PostgreSQL:
    connection: BaseDatabaseWrapper

    def acting(self) -> list[ForeignTrigger]:
        """Return every trigger there is but those of foreign keys, and every rule, which can do what a trigger does."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT t.tgname, c.relname, 'trigger' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid) "
                "UNION ALL SELECT r.rulename, c.relname, 'rule' FROM pg_rewrite r "
                "JOIN pg_class c ON c.oid = r.ev_class WHERE c.relkind = 'r' AND pg_table_is_visible(c.oid) ORDER BY 1"
            )
            return [ForeignTrigger(name, table, kind) for name, table, kind in cursor.fetchall()]

    def standing(self) -> Mapping[str, str]:
        """Return what is kept of each guard, by name: empty where its trigger is disabled.

        A disabled trigger is there and does nothing ('D'); so is one that fires for replication alone ('R').
        """
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT t.tgname, p.prosrc || pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A') FROM pg_trigger t "
                "JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND t.tgname LIKE %s AND pg_table_is_visible(c.oid)",
                [f"{PREFIX}%"],
            )
            return {name: self._plain(text) if enabled else "" for name, text, enabled in cursor.fetchall()}

    def definition(self, trigger: Trigger) -> str:
        """Return what the database keeps of a trigger: the body of its function, and its own statement."""
        return self._body(trigger) + self._statement(trigger)

    def make(self, trigger: Trigger) -> Iterator[str]:
        yield (
            f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $${self._body(trigger)}$$"
        )
        yield f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.guard.table}"
        yield self._statement(trigger)

    def drop(self, names: Iterator[str]) -> Iterator[str]:
        for name in names:
            yield f'DROP FUNCTION "{name}" CASCADE'  # with its trigger, whatever its table is called now

    @staticmethod
    def _body(trigger: Trigger) -> str:
        return (
            f" BEGIN IF {trigger.when or 'TRUE'} THEN RAISE EXCEPTION '{trigger.guard.says}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {'OLD' if trigger.event == 'DELETE' else 'NEW'}; END "
        )

    @staticmethod
    def _statement(trigger: Trigger) -> str:
        return (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
        )

    @staticmethod
    def _plain(text: str) -> str:
        """Return a statement without the schema that PostgreSQL names where it is not alone on the path."""
        return text.replace(" ON public.", " ON ").replace(" FUNCTION public.", " FUNCTION ")


def _dialect(connection: Any) -> _SQLite | _PostgreSQL:
    return _SQLite(connection) if connection.vendor == "sqlite" else _PostgreSQL(connection)
