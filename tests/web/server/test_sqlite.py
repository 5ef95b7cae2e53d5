"""SQLite is set as a study's records need it, and a connection that is not is refused."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from pilotage.web.sqlite import base

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="this is about SQLite")


def test_the_journal_goes_by_the_version_of_the_library() -> None:
    assert base.pragmas((3, 40, 1)) | {"journal_mode": "delete", "synchronous": 3} == base.pragmas((3, 51, 2))
    assert (base.pragmas((3, 51, 3))["journal_mode"], base.pragmas((3, 51, 3))["synchronous"]) == ("wal", 2)


@only_sqlite
def test_every_connection_has_its_pragmas(db: None) -> None:
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in base.pragmas()}
    assert found == base.pragmas()


@only_sqlite
def test_a_connection_that_will_not_have_them_is_refused(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(base, "pragmas", lambda: {"journal_mode": "nonsense"})
    with pytest.raises(ImproperlyConfigured, match="journal_mode"):
        connection.copy().connect()


@only_sqlite
def test_transactions_take_the_write_lock_when_they_begin() -> None:
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_tables_are_those_of_the_models(db: None, capsys: Any) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    assert "No changes detected" in capsys.readouterr().out
