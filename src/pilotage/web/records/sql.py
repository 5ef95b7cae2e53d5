"""Plain statements for what is asked with every page: building them anew each time costs ten times what they cost."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement, whose ``%(name)s`` stand for the values, and return its rows; alike on SQLite and PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        result: list[tuple[Any, ...]] = cursor.fetchall()
        return result
