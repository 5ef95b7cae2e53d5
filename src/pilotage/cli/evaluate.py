"""`pilotage evaluate`: simulates a design many times: errors, power, coverage, lights and decisions."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.cli.options import Json
from pilotage.cli.plan import Differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotage.planning.evaluation import EvaluationSettings
    from pilotage.protocol.load import LoadedProtocol


class AnswersName(StrEnum):
    """The way in which scores are simulated."""

    items = "items"
    normal = "normal"


def evaluate(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml.")],
    difference: Differences = None,
    outcome: Annotated[
        str,
        typer.Option(
            metavar="SCALE",
            help="The scale to compare. The default is that of --difference, or the first main outcome.",
        ),
    ] = "",
    groups: Annotated[str, typer.Option(metavar="N,N...", help="Numbers of groups in the programme arm.")] = "2,4",
    size: Annotated[str, typer.Option(metavar="N,N...", help="People per group at the start.")] = "12",
    icc: Annotated[str, typer.Option(metavar="N,N...", help="ICCs of the scores after the programme.")] = "0,0.05",
    ratio: Annotated[
        float, typer.Option(min=0.1, max=10, help="People in the other arm for each person in the programme arm.")
    ] = 1.0,
    attrition: Annotated[
        float, typer.Option(min=0, max=0.9, help="Proportion without a score after the programme.")
    ] = 0.1,
    trials: Annotated[int, typer.Option(min=100, help="Simulated trials for each setting.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="The seed; another one gives other simulated trials.")] = 1,
    answers: Annotated[
        AnswersName,
        typer.Option(help="items: simulate answers to items; normal: simulate scores only, which is quicker."),
    ] = AnswersName.items,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Number of processes. The default is the number of processors.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler, such as tcp://127.0.0.1:8786.")
    ] = "",
    as_json: Json = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder for the results. The default is STUDY/evaluation.")
    ] = None,
) -> None:
    """Evaluate a design by simulation: error, power, coverage, lights, decisions; an interrupted run resumes."""
    from pilotage.cli.plan import write
    from pilotage.planning.as_json import as_json as json_of
    from pilotage.planning.evaluation import evaluate as evaluated
    from pilotage.planning.evaluation import prepare
    from pilotage.planning.local_executor import processors
    from pilotage.protocol.load import load
    from pilotage.report.documents.evaluation import evaluation_document
    from pilotage.report.render.text import text

    loaded = load(study)
    grid = _numbers("--groups", groups, 1, 200), _numbers("--size", size, 2, 500)
    design = _design(loaded, difference or [], outcome, grid, (_shares("--icc", icc), ratio, attrition),
                     (trials, seed, answers.value))  # fmt: skip
    folder = out or _own_folder(loaded)
    result = evaluated(
        prepare(loaded, design), folder, workers=workers or processors(), scheduler=scheduler, progress=_bar()
    )
    document, json = evaluation_document(result), json_of(result)
    write(document, json, folder, "evaluation")
    if as_json:
        typer.echo(json, nl=False)
    else:
        typer.echo(text(document))
        typer.echo(f"\nWritten to {folder}: evaluation.html, evaluation.docx, evaluation.json, tables/.")


def _design(
    loaded: LoadedProtocol,
    difference: list[str],
    outcome: str,
    grid: tuple[tuple[int, ...], tuple[int, ...]],
    rates: tuple[tuple[float, ...], float, float],
    draws: tuple[int, int, str],
) -> EvaluationSettings:
    from pilotage.planning.evaluation import EvaluationSettings
    from pilotage.planning.target import target

    aim = target(loaded, difference, outcome)
    (iccs, ratio, attrition), (trials, seed, answers) = rates, draws
    return EvaluationSettings(
        scale=aim.scale,
        label=aim.label,
        difference=aim.towards,
        why=aim.why,
        groups=grid[0],
        sizes=grid[1],
        iccs=iccs,
        ratio=ratio,
        attrition=attrition,
        trials=trials,
        seed=seed,
        answers="normal" if answers == "normal" else "items",
    )


def _own_folder(loaded: LoadedProtocol) -> Path:
    """Return the folder beside the protocol; a study of the library needs a folder that the person names."""
    from pilotage.protocol.load import LIBRARY

    if loaded.folder.resolve().is_relative_to(LIBRARY.resolve()):
        raise typer.BadParameter(
            "this study is part of the Pilotage library; name a folder of your own", param_hint="--out"
        )
    return loaded.folder / "evaluation"


def _numbers(option: str, text: str, least: int, most: int) -> tuple[int, ...]:
    try:
        numbers = tuple(dict.fromkeys(int(part) for part in text.split(",")))
    except ValueError:
        numbers = ()
    if not numbers or min(numbers) < least or max(numbers) > most:
        message = f"'{text}' is not a list of whole numbers from {least} to {most}, such as 2,4,6"
        raise typer.BadParameter(message, param_hint=option)
    return numbers


def _shares(option: str, text: str) -> tuple[float, ...]:
    try:
        shares = tuple(dict.fromkeys(float(part) for part in text.split(",")))
    except ValueError:
        shares = ()
    if not shares or not all(0 <= share < 1 for share in shares):
        message = f"'{text}' is not a list of numbers from 0 to below 1, such as 0,0.05"
        raise typer.BadParameter(message, param_hint=option)
    return shares


def _bar() -> Callable[[int, int], None] | None:
    """Return a function that prints a progress bar; None where nobody sits at a terminal."""
    if not sys.stderr.isatty():
        return None
    from time import monotonic

    began, first = monotonic(), [0]

    def show(done: int, of: int) -> None:
        first[0] = first[0] or done
        passed = monotonic() - began
        left = passed * (of - done) / max(done - first[0] + 1, 1)
        filled = round(30 * done / of)
        bar = "█" * filled + "·" * (30 - filled)
        sys.stderr.write(f"\r{bar} {done}/{of} tasks, about {left:.0f} s left   " + ("\n" if done == of else ""))
        sys.stderr.flush()

    return show
