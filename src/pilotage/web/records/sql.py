"""Plain statements for what is asked with every page: building them anew each time costs ten times what they cost."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Model


class SqlTable:
    """A model's table as a statement names it, with its columns as attributes.

    ``f"SELECT {_ANSWER.value} FROM {_ANSWER}"`` says what the model says; a field that it does not have raises at once.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def __str__(self) -> str:
        return self._model._meta.db_table

    def __getattr__(self, field: str) -> str:
        """Return a column with its table before it, for two tables of a statement may have one of the same name."""
        return f"{self}.{self._model._meta.get_field(field).column}"  # type: ignore[union-attr]  # only columns are named


def rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement, whose ``%(name)s`` stand for the values, and return its rows; alike on SQLite and PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        result: list[tuple[Any, ...]] = cursor.fetchall()
        return result
