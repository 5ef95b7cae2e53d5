"""Django's SQLite backend, with its pragmas set and checked on every new connection."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

from pilotage.web.sqlite.schema import DatabaseSchemaEditor

# Write-ahead logging can corrupt a database that two connections use, in every version before this one.
WAL_IS_SAFE_FROM = (3, 51, 3)
_EXTRA, _FULL = 3, 2


def pragmas(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> dict[str, str | int]:
    """Return the pragmas of a connection, by the version of the library.

    A trigger that refuses deletion is walked round by INSERT OR REPLACE unless triggers are recursive; what is
    erased must be overwritten and not only unlinked.
    """
    safe = version >= WAL_IS_SAFE_FROM
    return {
        "journal_mode": "wal" if safe else "delete",
        "synchronous": _FULL if safe else _EXTRA,
        "recursive_triggers": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that reports the pragmas asked for, or is refused."""

    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a new connection with its pragmas."""
        connection = super().get_new_connection(conn_params)
        for name, wanted in self._wanted().items():
            connection.execute(f"PRAGMA {name} = {wanted}")
            result = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if result != wanted:
                connection.close()
                raise ImproperlyConfigured(f"SQLite keeps {name} at {result}, and {wanted} is needed to lose nothing.")
        return connection

    def _wanted(self) -> dict[str, str | int]:
        in_memory = self.is_in_memory_db()
        return {name: "memory" if in_memory and name == "journal_mode" else value for name, value in pragmas().items()}
