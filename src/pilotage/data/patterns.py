"""Which column of a file holds which item: ``ffmq_{n}``, ``S{n:02}``, ``p1,p2,p3`` or ``/^Q(\\d+)R?$/``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from pilotage.formatting import counted
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind

NOT_A_PATTERN = kind("ITEMS-001", "The pattern of the items' columns cannot be read")
NO_COLUMN = kind("ITEMS-002", "An item has no column in the file")
TWO_COLUMNS = kind("ITEMS-003", "An item has more than one column in the file")
NO_SUCH_ITEM = kind("ITEMS-004", "The pattern finds an item that the form does not have")

_NUMBER = re.compile(r"\{n(?::0?(\d))?\}")
_MOST_LISTED = 5
_HOW = "Write the items' columns as 'ffmq_{n}', 'S{n:02}', a list 'p1,p2,p3', or '/^Q(\\d+)R?$/'."


def columns_of_items(
    pattern: str | Sequence[str], columns: Sequence[str], n_items: int, *, optional: Collection[int] = ()
) -> dict[int, str]:
    """Return the column of each item, by the item's number, in the order of the form.

    Parameters
    ----------
    pattern : str or sequence of str
        ``{n}`` stands for the item's number and ``{n:02}`` for the number with leading zeros; a list names every
        column in item order; a regular expression between slashes has the number as its first group.
    columns : sequence of str
        The columns the file has.
    n_items : int
        How many items the form has.
    optional : collection of int
        Items that need no column, such as fillers; they are left out of the answer where they have none.

    Raises
    ------
    ProblemsFound
        Every item without a column, or with more than one, at once.
    """
    candidates = _candidates(pattern, columns, n_items)
    problems = [_too_many(item, names) for item, names in candidates.items() if len(names) > 1]
    known = set(columns)
    missing = {n: candidates[n][0] if n in candidates else "" for n in range(1, n_items + 1)}
    missing = {n: name for n, name in missing.items() if name not in known and n not in optional}
    problems += _absent(pattern, missing, columns)
    if problems:
        raise ProblemsFound(problems)
    return {n: candidates[n][0] for n in range(1, n_items + 1) if n in candidates and candidates[n][0] in known}


def _candidates(pattern: str | Sequence[str], columns: Sequence[str], n_items: int) -> dict[int, list[str]]:
    """Return the columns that the pattern gives each item; from a template or a list, whether or not they exist."""
    if not isinstance(pattern, str):
        return _listed(list(pattern), n_items)
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        return _searched(pattern, columns, n_items)
    if _NUMBER.search(pattern):
        return {n: [_filled(pattern, n)] for n in range(1, n_items + 1)}
    if "{" in pattern or not pattern.strip():
        raise ProblemsFound([Problem(NOT_A_PATTERN, f"'{pattern}' does not say where the item's number is.", _HOW)])
    return _listed([name.strip() for name in pattern.split(",")], n_items)


def _filled(template: str, number: int) -> str:
    return _NUMBER.sub(lambda place: f"{number:0{place[1] or 1}}", template)


def _listed(names: list[str], n_items: int) -> dict[int, list[str]]:
    if len(names) != n_items:
        message = f"The list names {counted(len(names), 'column')}; the form has {n_items} items."
        raise ProblemsFound([Problem(NOT_A_PATTERN, message, f"Name one column for each item, in order. {_HOW}")])
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = f"The list names the column '{twice[0]}' more than once."
        raise ProblemsFound([Problem(NOT_A_PATTERN, message, "Name each item's own column.")])
    return {n: [name] for n, name in enumerate(names, 1)}


def _searched(pattern: str, columns: Sequence[str], n_items: int) -> dict[int, list[str]]:
    try:
        expression = re.compile(pattern[1:-1])
    except re.error as error:
        message = f"'{pattern}' is not a regular expression: {error}."
        raise ProblemsFound([Problem(NOT_A_PATTERN, message, _HOW)]) from None
    if expression.groups == 0:
        message = f"'{pattern}' has no group in brackets for the item's number."
        raise ProblemsFound([Problem(NOT_A_PATTERN, message, _HOW)])
    matches: dict[int, list[str]] = {}
    for name in columns:
        match = expression.search(name)
        if match:
            matches.setdefault(_number_in(match, pattern, name), []).append(name)
    beyond = {n: names for n, names in matches.items() if not 1 <= n <= n_items}
    if beyond:
        raise ProblemsFound(_beyond(n, names, n_items) for n, names in beyond.items())
    return dict(sorted(matches.items()))


def _number_in(match: re.Match[str], pattern: str, name: str) -> int:
    if not (match[1] or "").isdecimal():
        message = f"In the column '{name}' the first group of '{pattern}' is '{match[1] or ''}', which is not a number."
        raise ProblemsFound([Problem(NOT_A_PATTERN, message, _HOW)])
    return int(match[1])


def _beyond(number: int, names: list[str], n_items: int) -> Problem:
    message = f"The column '{names[0]}' would be item {number}, but the form has items 1 to {n_items}."
    return Problem(NO_SUCH_ITEM, message, "Narrow the expression, or name the form that was filled in.")


def _too_many(item: int, names: list[str]) -> Problem:
    shown = " and ".join(f"'{name}'" for name in names[:3])
    remedy = "Narrow the expression, or list the columns in item order."
    return Problem(TWO_COLUMNS, f"Item {item} has {len(names)} columns: {shown}.", remedy)


def _absent(pattern: str | Sequence[str], missing: Mapping[int, str], columns: Sequence[str]) -> list[Problem]:
    """Return one problem for each item without a column; many at once are gathered in one."""
    if not missing:
        return []
    other = _other_template(pattern, missing, columns)
    if len(missing) <= _MOST_LISTED and not other:
        return [_absent_one(item, name, columns) for item, name in missing.items()]
    names = [f"'{name}'" if name else f"item {item}" for item, name in missing.items()]
    shown = ", ".join(names[:_MOST_LISTED]) + (f" and {len(names) - _MOST_LISTED} more" if len(names) > 5 else "")
    near = f" Did you mean '{other}'?" if other else did_you_mean(next(iter(missing.values())), columns)
    message = f"{len(missing)} item{'s have' if len(missing) > 1 else ' has'} no column: {shown}.{near}"
    return [Problem(NO_COLUMN, message, f"The file has {_some(columns)}. {_HOW}")]


def _absent_one(item: int, name: str, columns: Sequence[str]) -> Problem:
    if not name:
        return Problem(NO_COLUMN, f"No column matches item {item}.", f"The file has {_some(columns)}. {_HOW}")
    message = f"The file has no column '{name}' for item {item}.{did_you_mean(name, columns)}"
    return Problem(NO_COLUMN, message, f"The file has {_some(columns)}.")


def _other_template(pattern: str | Sequence[str], missing: Mapping[int, str], columns: Sequence[str]) -> str:
    """Return the pattern with other zeros, capitals or separators that would find every item, if there is one."""
    if not isinstance(pattern, str) or not _NUMBER.search(pattern):
        return ""
    known = set(columns)
    bare = _NUMBER.sub("{n}", pattern)
    for template in (
        bare,
        bare.upper().replace("{N}", "{n}"),
        bare.lower(),
        bare.replace("_", ""),
        bare.replace("_", "."),
    ):
        for number in ("{n}", "{n:02}", "{n:03}"):
            candidate = template.replace("{n}", number)
            if candidate != pattern and all(_filled(candidate, n) in known for n in missing):
                return candidate
    return ""


def _some(columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:12])
    return f"{len(columns)} columns: {shown}{', ...' if len(columns) > 12 else ''}"
