"""Django's PostgreSQL backend, whose transactions take the write lock when they begin, as those of SQLite do."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

WRITE_LOCK = int.from_bytes(b"pilotage", "big")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions follow one another.

    Every write adds to the chain of the log, so writers wait for each other in any case; without a first lock that
    all of them take, one that holds the chain could wait for a row that is held by one that waits for the chain
    (a foreign key locks its row only when the transaction ends). What a write has looked at stays true until it ends.
    Reading takes no lock.
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        if not autocommit:
            connection: Any = self.connection
            with self.wrap_database_errors:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])
