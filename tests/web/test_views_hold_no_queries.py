"""Only the records speak to the database: no page, form, mail or template asks it anything, or saves a row."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pilotage.web

WEB = Path(pilotage.web.__file__).parent
NOT_PAGES = {"records", "demonstration", "sqlite", "postgresql", "settings.py"}
"""The records themselves, what plays a study into them, and how Django reaches a database."""

ALWAYS = {
    *("objects", "filter", "exclude", "order_by", "values_list", "select_related", "prefetch_related", "annotate"),
    *("aggregate", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "select_for_update"),
    *("in_bulk", "defer", "distinct", "iterator", "refresh_from_db", "save", "delete", "create"),
}
"""Names that are a manager's, a queryset's or a row's wherever they stand."""
WITHOUT_ARGUMENTS = {"all", "first", "last", "none", "exists", "count", "latest", "earliest"}
"""Names that lists, texts and paths have as well, which take an argument there or are listed below."""
WITH_KEYWORDS = {"get", "update"}
"""Names that dictionaries have as well; a queryset's take fields by name."""

MODULES = {"actions", "extract", "queries", "views"}
"""What our own functions of such names stand in."""

ALLOWED = {
    ("mail/outbox.py", "transaction"): "a letter is looked at once more and claimed in one transaction",
    ("researcher/runner.py", "transaction"): "an analysis starts when the row that asks for it is committed",
    ("researcher/runner.py", "connection"): "a thread of our own closes the connection that it opened",
    ("server.py", "connection"): "a thread of our own closes the connection that it opened",
    ("start.py", "connection"): "whether there is a database with records is asked before anything can be served",
    ("start.py", "DatabaseError"): "a database that cannot be reached or read is said in words",
    ("wsgi.py", "connection"): "a worker closes the connection that looked at the records before it began",
}
"""What a page may touch all the same, by file and name, each with its reason."""

STILL: set[str] = set()
"""Packages that hold queries still."""


def part_of(file: Path) -> str:
    return file.relative_to(WEB).parts[0]


PARTS = sorted({part_of(file) for file in WEB.rglob("*.py")} - NOT_PAGES)


def touched(node: ast.AST) -> str | None:
    """Return the name by which a piece of code touches the database; None where it does not."""
    match node:
        case ast.Attribute(attr="objects"):
            return "objects"
        case ast.Call(func=ast.Name(id="get_object_or_404" | "get_list_or_404" as name), args=[first, *_]):
            return None if ast.unparse(first).startswith("queries.") else name
        case ast.Call(func=ast.Attribute(attr=name, value=of)) if ast.unparse(of) not in MODULES:
            if name in ALWAYS or (name in WITHOUT_ARGUMENTS and not node.args and not node.keywords):
                return name
            if name == "values" and node.args:
                return name
            by_name = name in WITH_KEYWORDS and not node.args and any(word.arg for word in node.keywords)
            return name if by_name and not ast.unparse(of).endswith(".initial") else None
    return None


def queries_in(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.db":
            yield from ((node.lineno, name.name) for name in node.names if name.name != "models")
        name = touched(node)
        if name is not None:
            yield getattr(node, "lineno", 0), name


def places(part: str) -> list[str]:
    found = []
    for file in sorted(WEB.rglob("*.py")):
        where = file.relative_to(WEB).as_posix()
        if part_of(file) == part:
            found += [f"{where}:{line} {name}" for line, name in queries_in(file.read_text())
                      if (where, name) not in ALLOWED]  # fmt: skip
    return found


def in_templates(part: str) -> list[str]:
    """Return where a template goes from a row to others: `group.teachers.all` asks the database for each group."""
    wanted = re.compile(r"\{[{%][^}]*(?<!paginator)\.(?:all|exists|count)\b[^}]*\}")
    folder = {"pages": "parts"}.get(part, part)
    return [
        f"templates/{file.relative_to(WEB / 'templates').as_posix()}:{number}"
        for file in sorted((WEB / "templates" / folder).rglob("*.html"))
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if wanted.search(line)
    ]


@pytest.mark.parametrize("part", [part for part in PARTS if part not in STILL])
def test_no_page_asks_the_database_itself(part: str) -> None:
    assert places(part) + in_templates(part) == []


def test_what_is_left_to_do_is_not_listed_once_it_is_done() -> None:
    assert {part for part in STILL if not places(part) + in_templates(part)} == set()


def test_what_is_allowed_is_still_there() -> None:
    there = {(file, name) for file, _ in ALLOWED for _line, name in queries_in((WEB / file).read_text())}
    assert set(ALLOWED) <= there


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("found = Study.objects", "objects"),
        ("people = study.participants.filter(arm='control')", "filter"),
        ("links = person.links.all()", "all"),
        ("first = centres.first()", "first"),
        ("row = study.cohorts.get(key='spring')", "get"),
        ("held = get_object_or_404(RoleHeld, pk=3)", "get_object_or_404"),
        ("row.save()", "save"),
        ("from django.db import connection", "connection"),
        ("taken = group.places.count()", "count"),
    ],
)
def test_each_way_to_the_database_is_noticed(line: str, name: str) -> None:
    assert [touched_name for _number, touched_name in queries_in(line)] == [name]


@pytest.mark.parametrize(
    "line",
    [
        "text = names.get(code, '')",
        "number = text.count(',')",
        "cells = list(counts.values())",
        "form.initial.update(name='Spring')",
        "person = get_object_or_404(queries.accounts(), pk=3)",
        "from django.db.models import QuerySet",
    ],
)
def test_what_only_looks_like_a_query_is_let_be(line: str) -> None:
    assert list(queries_in(line)) == []
