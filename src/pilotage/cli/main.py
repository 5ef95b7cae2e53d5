"""The command `pilotage`: gathers the commands, and says a person's mistakes without a traceback."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from pilotage import __version__
from pilotage.problems import ProblemsFound

# One module a command, in the order a study meets them. Modules import what is heavy inside their functions.
COMMANDS = {
    "demo": "The 2020 study, rehearsed and reported.",
    "new": "Begin a study: a protocol to change.",
    "check": "Check a protocol: every problem at once.",
    "schema": "The JSON Schema of a protocol, for editors.",
    "wording": "The texts of your questionnaires.",
    "protocol": "The protocol as a document: Word and HTML.",
    "import": "Import answers from CSV, TSV or SPSS files.",
    "rehearse": "Simulate a whole study from its protocol.",
    "report": "Analyse a study and write its report.",
    "serve": "The study on the web, from its folder.",
    "tick": "Send what is due, for cron.",
    "bounce": "Take in a mail that came back.",
    "verify": "Check that the server's log is whole.",
    "pair": "Plan who practises with whom.",
    "room": "Pairs, timers, bell on one laptop.",
    "plan": "Size the next study from this one's data.",
    "evaluate": "Simulate a design: error, power, criteria.",
    "instruments": "The questionnaires that can be scored.",
    "score": "Score a questionnaire from a spreadsheet.",
    "reliability": "Alpha and omega from a spreadsheet.",
    "compare": "Compare arms' change from a spreadsheet.",
    "recheck": "Check whether published numbers agree.",
}

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
    """Print the version."""
    if show:
        typer.echo(f"pilotage {__version__}")
        raise typer.Exit


def _gather() -> None:
    for name, summary in COMMANDS.items():
        function = "import_" if name == "import" else name  # a word of Python's own
        module = import_module(f"pilotage.cli.{function}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name, short_help=summary)
        else:
            app.command(name, short_help=summary)(getattr(module, function))


_gather()


def main() -> None:
    """Run the command line; what is wrong with a person's file goes to standard error, with exit status 2."""
    try:
        app()
    except ProblemsFound as error:
        from pilotage.formatting import counted

        typer.echo(str(error), err=True)
        typer.echo(f"\n{counted(len(error.problems), 'problem')} found; nothing was written.", err=True)
        sys.exit(2)
