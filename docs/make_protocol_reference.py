"""Makes docs/reference/protocol.md: every key of protocol.yaml, read off the models."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pilotage.protocol.conditions import Condition
from pilotage.protocol.feasibility import COUNTED, Limit
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import Text
from pilotage.yaml_file import Part, Unknown

PAGE = Path(__file__).parent / "reference" / "protocol.md"
SIMPLE = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "day",
    timedelta: "duration",
    time: "time of day",
    Condition: "condition",
    Limit: "limit",
}
SHAPES = {
    "_label": "words",
    "[a-z0-9]+(-[a-z0-9]+)*": "id",
    "[a-z0-9-]+\\\\.": "scale",
    "last session": "`session 3` (any number), `last session`, `enrolment` or `allocation`",
}
LEAD = f"""\
# The protocol

A study is one file, `protocol.yaml`, in YAML 1.2. `pilotage check STUDY` says everything that is wrong with it, each
with its line; the codes are under [Problems](problems.md). How to write one is told in
[Write a protocol](../howto/write-a-protocol.md); two are shipped, `imp` and `imp-2020`. This page is made from the
code.

How values are written:

- *text*: words. Where it says *words*, either words, or the words by language: `{{en: How old?, nl: Hoe oud?}}`.
  Pages and mails show them in the reader's language. Tables, reports and records keep one: that of `report.language`,
  or else the first of the study's languages.
- *id*: small letters, digits and hyphens, such as `minutes-home-practice`. Ids are unique within their list.
- *day*: `2026-11-22`. *Duration*: a number and a unit, such as `3 weeks` (minutes, hours, days, weeks,
  months of 30 days). *Time of day*: `21:00`, by the study's clock.
- *or unknown*: `{{unknown: why}}` may stand there. What is not known is said, never invented; the reports print
  the reason.
- *condition*: `item is value`, `item is not value`, `item at least 3`, `item at most 3`.
- *limit*: `>= 75%`, `< 6`: one of >=, <=, >, < and a number; a share or a mean relative to something takes `%`.
- A scale is written `instrument.scale` (`ffmq-39.observing`), an item of a form `form.item` (`evaluation.grade`).

The *of* of an indicator is an item of a form, a derived variable, or one of the study's records:

| Record | What is measured | What `counts` may name |
|---|---|---|
| `attendance` | people who attended at least `at_least` sessions | |
| `sessions` | planned sessions, by what became of them | {", ".join(f"`{c}`" for c in COUNTED["sessions"])} |
| `blocks` | blocks of sessions, as rated | {", ".join(f"`{c}`" for c in COUNTED["blocks"])} |
| `administrations` | people who completed all that `assessment` asks | |
| `responses` | items of questionnaires answered | |
| `flow` | people who came to a stage, `out_of` another stage | {", ".join(f"`{c}`" for c in COUNTED["flow"])} |
| `reactions` | people with an adverse event | `serious`, or nothing for all |
"""


def page() -> str:
    """The page, whole."""
    return "\n".join([LEAD, *(_section(part, where) for part, where in parts().items())])


def parts() -> dict[type[Part], str]:
    """Every part of a protocol, with the place where it first stands, in the order of the file."""
    places: dict[type[Part], str] = {}
    waiting: list[tuple[type[Part], str]] = [(Protocol, "")]
    while waiting:
        part, where = waiting.pop(0)
        if part in places or part in SIMPLE:
            continue
        places[part] = where
        inner = [(p, _place(where, n, f, p)) for n, f in part.model_fields.items() for p in _parts_in(f.annotation)]
        waiting = [*inner, *waiting]
    return places


def _place(where: str, name: str, field: FieldInfo, part: type[Part]) -> str:
    inner = ".".join(p for p in (where, field.alias or name) if p)
    if kind := part.model_fields.get("kind"):
        values = get_args(kind.annotation)
        if len(values) == 1:
            return f"{inner} of kind {values[0]}"
    return inner


def _parts_in(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part) and annotation is not Unknown:
        yield annotation
    for argument in get_args(annotation):
        if get_origin(annotation) is not Literal:
            yield from _parts_in(argument)


def _section(part: type[Part], where: str) -> str:
    meaning = " ".join((part.__doc__ or "").split("\n\n")[0].split())
    rows = [_row(name, field) for name, field in part.model_fields.items()]
    heading = f"## `{where}`" if where else "## The whole file"
    return "\n".join([f"{heading}\n", f"{meaning}\n", "| Key | Takes | Meaning |", "|---|---|---|", *rows]) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    need = "**required**; " if field.is_required() else ""
    kind = _by_pattern(field.metadata) or takes(field.annotation)
    return f"| `{field.alias or name}` | {need}{kind} | {meaning}{_default(field)} |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required() or value is None or value == "" or isinstance(value, list | dict | Part):
        return ""
    return f" (when not said: `{_as_written(value)}`)"


def _as_written(value: Any) -> str:
    """A value as a person writes it in the file."""
    match value:
        case timedelta():
            units = {"day": 86400, "hour": 3600, "minute": 60}
            unit, seconds = next((u, s) for u, s in units.items() if value.total_seconds() % s == 0)
            number = int(value.total_seconds() // seconds)
            return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
        case time():
            return value.strftime("%H:%M")
        case bool():
            return str(value).lower()
    return str(value)


def takes(annotation: Any) -> str:
    """What a key takes, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation == Text:
        return "words"
    if origin is Annotated:
        return _by_pattern(arguments[1:]) or takes(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in arguments)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " or ".join(f"`{value}`" for value in annotation)
    if origin in (Union, UnionType):
        return _one_of(arguments)
    if origin is list:
        return f"list of {takes(arguments[0])}"
    if origin is dict:
        return f"{takes(arguments[1])}, by {takes(arguments[0])}"
    if origin is tuple:
        return f"two of {takes(arguments[0])}"
    if isinstance(annotation, type) and issubclass(annotation, Part) and annotation not in SIMPLE:
        return f"keys of its own, [below](#{_anchor(annotation)})"
    return SIMPLE[annotation]


def _by_pattern(metadata: Any) -> str:
    """The kind of a text that must have a certain shape; empty when it is any text."""
    return next((kind for pattern, kind in SHAPES.items() if pattern in str(metadata)), "")


def _one_of(arguments: tuple[Any, ...]) -> str:
    """One of several kinds; that it may be left out is not said, that it may be unknown is."""
    kinds = list(dict.fromkeys(takes(a) for a in arguments if a is not NoneType and not _is_unknown(a)))
    if len(kinds) > 1 and all("keys of its own" in k for k in kinds):
        kinds = ["one of several kinds, below"]
    return " or ".join([*kinds, *(["unknown"] if any(_is_unknown(a) for a in arguments) else [])])


def _is_unknown(annotation: Any) -> bool:
    return Unknown in (annotation, *get_args(annotation))


def _anchor(part: type[Part]) -> str:
    """The anchor that a heading gets where the page is shown."""
    return "".join(c for c in parts()[part].replace(" ", "-") if c.isalnum() or c in "-_").lower()


def main() -> None:
    """Write the page, or with --check say that it is out of step."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        sys.exit("Out of step with the code: protocol.md. Run: just docs")


if __name__ == "__main__":
    main()
