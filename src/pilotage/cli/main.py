"""The command `pilotage`: gathers the commands, and says a person's mistakes without a traceback."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from pilotage import __version__
from pilotage.problems import ProblemsFound

# One module a command, in the order a study meets them. Modules import what is heavy inside their functions.
COMMANDS = (
    "demo",
    "new",
    "check",
    "schema",
    "protocol",
    "import",
    "rehearse",
    "report",
    "instruments",
    "score",
    "reliability",
    "compare",
)

app = typer.Typer(
    name="pilotage",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: half the start-up time, and it reads the same in every terminal
    pretty_exceptions_enable=False,
    help="Run a group programme as a feasibility study: from one protocol file to the report a journal would take.",
)


@app.callback(invoke_without_command=True)
def version(show: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    """Say the version when asked."""
    if show:
        typer.echo(f"pilotage {__version__}")
        raise typer.Exit


def _gather() -> None:
    for name in COMMANDS:
        function = "import_" if name == "import" else name  # a word of Python's own
        module = import_module(f"pilotage.cli.{function}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, function))


_gather()


def main() -> None:
    """Run the command line; what is wrong with a person's file goes to standard error, with exit status 2."""
    try:
        app()
    except ProblemsFound as found:
        typer.echo(str(found), err=True)
        count = len(found.problems)
        typer.echo(f"\n{count} problem{'s' if count > 1 else ''} found; nothing was written.", err=True)
        sys.exit(2)
