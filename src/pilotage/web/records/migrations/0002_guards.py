"""The triggers and the cache's table of release 0.1.0.

Frozen: what this migration does never changes, so it holds its own copy of what it makes and imports nothing of ours.
The triggers of today are in `records.guards`, which makes them again after every migration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import migrations

_ENDED = """EXISTS (
    SELECT 1 FROM records_administration a JOIN records_consent c ON c.id = a.consent_id
    WHERE a.id = NEW.administration_id AND c.ended_at IS NOT NULL
      AND NOT (a.mode = 'paper' AND a.started_at < c.ended_at))"""
_OTHERS_CONSENT = """NOT EXISTS (
    SELECT 1 FROM records_consent c WHERE c.id = NEW.consent_id AND c.participant_id = NEW.participant_id)"""
_NOT_THEIR_VALID_CONSENT = """NOT EXISTS (
    SELECT 1 FROM records_consent c
    WHERE c.id = NEW.consent_id AND c.participant_id = NEW.participant_id AND c.ended_at IS NULL)"""
_TEACHER_AND_RESEARCHER = """NEW.role IN ('teacher', 'researcher') AND NEW.until IS NULL AND EXISTS (
    SELECT 1 FROM records_roleheld r WHERE r.user_id = NEW.user_id AND r.study_id = NEW.study_id AND r.until IS NULL
      AND r.role IN ('teacher', 'researcher') AND r.role <> NEW.role)"""


@dataclass(frozen=True)
class _Guard:
    """A trigger: what it refuses (an SQL condition; always, where empty), of which table, with which words."""

    table: str
    events: tuple[str, ...]
    says: str
    when: str = ""


GUARDS = (
    _Guard("records_event", ("UPDATE", "DELETE"), "the log is append-only"),
    _Guard("records_allocation", ("UPDATE", "DELETE"), "an allocation never changes"),
    _Guard("records_protocolversion", ("UPDATE", "DELETE"), "a version of the protocol never changes"),
    _Guard("records_consenttext", ("UPDATE", "DELETE"), "a consent text never changes"),
    _Guard("records_answer", ("INSERT",), "no answer without a valid consent", _ENDED),
    _Guard("records_comment", ("INSERT",), "no comment without a valid consent", _ENDED),
    _Guard("records_administration", ("INSERT", "UPDATE"), "a consent belongs to its giver alone", _OTHERS_CONSENT),
    _Guard("records_homepractice", ("INSERT", "UPDATE"), "no diary without a valid consent", _NOT_THEIR_VALID_CONSENT),
    _Guard("records_roleheld", ("INSERT", "UPDATE"), "nobody is teacher and researcher", _TEACHER_AND_RESEARCHER),
)


def statements(vendor: str) -> Iterator[str]:
    """Yield the statements that make the triggers, for a database of this vendor (sqlite or postgresql)."""
    for guard in GUARDS:
        for event in guard.events:
            yield from (_sqlite if vendor == "sqlite" else _postgresql)(guard, event)


def _sqlite(guard: _Guard, event: str) -> Iterator[str]:
    when = f"WHEN {guard.when}" if guard.when else ""
    yield (
        f"CREATE TRIGGER guard_{guard.table}_{event.lower()} BEFORE {event} ON {guard.table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
    )


def _postgresql(guard: _Guard, event: str) -> Iterator[str]:
    name = f"guard_{guard.table}_{event.lower()}"
    condition = guard.when or "TRUE"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{guard.says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def make(apps: Any, editor: Any) -> None:
    """Make every trigger in the database's own words."""
    for statement in statements(editor.connection.vendor):
        editor.execute(statement)


def make_cache(apps: Any, editor: Any) -> None:
    """Make the table of Django's cache, in which sign-in limits are counted for all processes."""
    moment = {"sqlite": "datetime", "postgresql": "timestamp with time zone"}[editor.connection.vendor]
    editor.execute(
        'CREATE TABLE "cache" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, '
        f'"value" text NOT NULL, "expires" {moment} NOT NULL)'
    )
    editor.execute('CREATE INDEX "cache_expires" ON "cache" ("expires")')


class Migration(migrations.Migration):
    """Run after the tables are there."""

    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make), migrations.RunPython(make_cache)]
