"""Django's schema editor for SQLite, which takes triggers out of the way and puts them back.

To alter a table Django makes another, moves the rows, drops the first and renames the second. That drops the table's
own triggers without a word, and fails altogether where a trigger of another table names this one ("error in trigger:
no such table"). SQLite's documentation asks for them to be remembered and made again:
https://www.sqlite.org/lang_altertable.html#otheralter
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import schema


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """An editor that keeps the triggers, in the transaction in which it alters the tables."""

    _set_aside: dict[str, tuple[str, str]] | None = None

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        """Rebuild a table while there are no triggers."""
        self._set_triggers_aside()
        super()._remake_table(*args, **kwargs)  # type: ignore[misc]  # the stubs leave it out

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        """Put the triggers back before the transaction ends; where it failed it takes everything back itself."""
        if exc_type is None:
            self._put_triggers_back()
        super().__exit__(exc_type, exc_value, traceback)

    def _set_triggers_aside(self) -> None:
        if self._set_aside is not None:
            return
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            self._set_aside = {name: (table, sql) for name, table, sql in cursor.fetchall()}
            for name in self._set_aside:
                cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")

    def _put_triggers_back(self) -> None:
        """Make again those whose table is still there; what was renamed gets its own after the migration."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name for (name,) in cursor.fetchall()}
            for table, sql in (self._set_aside or {}).values():
                if table in tables:
                    cursor.execute(sql)
        self._set_aside = None
