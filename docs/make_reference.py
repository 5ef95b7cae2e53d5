"""Makes the reference pages that are read off the code: problems, commands, results, tables, the library."""

from __future__ import annotations

import pkgutil
import sys
import tempfile
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

import pilotage
from pilotage import problems
from pilotage.analysis import delivery_results, results
from pilotage.analysis.as_json import NOT_WRITTEN, EffectResult
from pilotage.analysis.recommended import effect_results, supplementary_results
from pilotage.cli.main import app
from pilotage.data.tables import TABLES, Column
from pilotage.instruments.catalogue import available
from pilotage.instruments.catalogue import load as load_instrument
from pilotage.instruments.definition import Instrument
from pilotage.instruments.explain import terms
from pilotage.stats.anova_table import Effect

REFERENCE = Path(__file__).parent / "reference"


def _let_the_web_be_imported() -> None:
    """Its modules are read under settings, which want a folder."""
    from django.conf import settings

    from pilotage.web import start

    if not settings.configured:
        start.set_up(Path(tempfile.mkdtemp()))


def problems_page() -> str:
    """Every code a person may meet, with what it means."""
    _let_the_web_be_imported()
    for module in pkgutil.walk_packages(pilotage.__path__, "pilotage."):
        import_module(module.name)
    rows = [f"| `{kind.code}` | {kind.title} |" for kind in problems.kinds()]
    lead = (
        "# Problems\n\nWhat Pilotage says when a file cannot be used: a code, the place, what is wrong, and what to do. "
        "All problems of a file are listed at once; the exit status is 2, and nothing is written.\n"
    )
    return "\n".join((lead, "| Code | What is wrong |", "|---|---|", *rows)) + "\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    group: Any = typer.main.get_command(app)  # Typer's own copy of click has no public types
    parts = ["# Commands\n\nEvery command says this of itself with `--help`.\n"]
    for name, command in group.commands.items():
        parts.append(_command(f"pilotage {name}", command))
        if hasattr(command, "commands"):
            parts += [_command(f"pilotage {name} {sub}", c) for sub, c in command.commands.items()]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    lines = [f"## `{name}`\n", f"{(command.help or '').strip()}\n"]
    rows = [_parameter(p) for p in command.params if p.name != "help"]
    return "\n".join([*lines, *(["| Argument or option | Meaning |", "|---|---|", *rows] if rows else [])]) + "\n"


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        name, help_ = ", ".join(parameter.opts + parameter.secondary_opts), parameter.help or ""
    else:
        name, help_ = (parameter.name or "").upper(), getattr(parameter, "help", "") or ""
    return f"| `{name}` | {' '.join(help_.split())}{' (required)' if parameter.required else ''} |"


def results_page() -> str:
    """Every key of results.json, from the dataclasses that hold the results."""
    parts = [
        "# results.json\n\nEverything `pilotage report` computed, at full precision. Keys are added with time; one that is "
        "removed or changes its meaning raises `format`. In the shared edition people left out are counted by reason and "
        "nobody is named.\n"
    ]
    modules = (results, delivery_results, effect_results, supplementary_results)
    things = [thing for module in modules for thing in vars(module).values()]
    tables = {thing for thing in things if isinstance(thing, type) and is_dataclass(thing)} - {Effect}
    for thing in sorted({*tables, EffectResult}, key=lambda t: (t is not results.Results, t.__name__)):
        rows = [f"| `{name}` | `{type_}` |" for name, type_ in _keys(thing).items()]
        parts.append(
            "\n".join([f"## {thing.__name__}\n", f"{thing.__doc__}\n", "| Key | Holds |", "|---|---|", *rows]) + "\n"
        )
    return "\n".join(parts)


def _keys(thing: Any) -> dict[str, str]:
    """The keys of one object in results.json, with what each holds."""
    if thing is EffectResult:
        return {name: reference.__forward_arg__ for name, reference in thing.__annotations__.items()}
    # An effect is written with its interval and its size beside its test.
    types = {field.name: str(field.type).replace("Effect |", "EffectResult |") for field in fields(thing)}
    return {
        name: type_ for name, type_ in types.items() if thing is not results.OutcomeResult or name not in NOT_WRITTEN
    }


def tables_page() -> str:
    """The tidy tables: columns, types, keys and values."""
    parts = [
        "# The tidy tables\n\nThe data of a study are these tables, by participant code; on disk they are a folder of CSV "
        "with `datapackage.json` and `codebook.csv`. A table without a file was not collected, which is not the same as "
        "empty. An empty cell is a blank. Dates are written 2026-03-02, times 2026-03-02T18:30:00Z. Text that a "
        "spreadsheet program would take for a formula is written with an apostrophe before it, and read without.\n"
    ]
    for table in TABLES:
        key = ", ".join(f"`{name}`" for name in table.key)
        head = f"## {table.name}\n\nOne row for each {table.row}. Key: {key}.\n"
        rows = [_column(column) for column in table.columns]
        parts.append("\n".join([head, "| Column | Type | Holds | Values |", "|---|---|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _column(column: Column) -> str:
    values = ", ".join(column.values)
    return f"| `{column.name}` | {column.type}{', required' if column.required else ''} | {column.means} | {values} |"


LIBRARY_START = "<!-- library: written by docs/make_reference.py -->\n\n"
LIBRARY_END = "\n<!-- end of library -->\n"


def instruments_page() -> str:
    """The page on instruments as it is, with the table of the library made anew."""
    page = (REFERENCE / "instruments.md").read_text(encoding="utf-8")
    before, after = page.index(LIBRARY_START) + len(LIBRARY_START), page.index(LIBRARY_END)
    return page[:before] + library_table() + page[after:]


def library_table() -> str:
    """The instruments of the library, a row each."""
    head = "| Id | Name | Items | Scales | Blanks | Key | Licence of the wording |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(_instrument(load_instrument(name)) for name in available())


def _instrument(instrument: Instrument) -> str:
    scales = ", ".join(f"`{scale.id}`" for scale in instrument.scales) or "none: cannot be scored"
    blanks = "complete" if instrument.missing.rule == "complete" else "1/5"
    key = {"confirmed by the author": "author"}.get(instrument.key.status, instrument.key.status)
    cells = (f"`{instrument.id}`", instrument.name, instrument.items, scales, blanks, key, terms(instrument))
    return f"| {' | '.join(map(str, cells))} |\n"


PAGES = {
    "problems.md": problems_page,
    "commands.md": commands_page,
    "results.md": results_page,
    "tables.md": tables_page,
    "instruments.md": instruments_page,
}


def main() -> None:
    """Write the pages, or with --check say which are out of step."""
    stale = []
    for name, make in PAGES.items():
        page, text = REFERENCE / name, make()
        if "--check" in sys.argv:
            stale += [name] if not page.exists() or page.read_text(encoding="utf-8") != text else []
        else:
            page.write_text(text, encoding="utf-8")
    if stale:
        sys.exit(f"Out of step with the code: {', '.join(stale)}. Run: just docs")


if __name__ == "__main__":
    main()
