"""`pilotage evaluate`: simulates a design many times: errors, power, coverage and progression criteria."""

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


Study = Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml.")]
Outcome = Annotated[
    str,
    typer.Option(
        metavar="SCALE", help="The scale to compare. The default is that of --difference, or the first main outcome."
    ),
]
Groups = Annotated[str, typer.Option(metavar="N,N...", help="Numbers of groups in the programme arm.")]
Size = Annotated[str, typer.Option(metavar="N,N...", help="People per group at the start.")]
Icc = Annotated[str, typer.Option(metavar="N,N...", help="ICCs of the scores after the programme.")]
Ratio = Annotated[
    float, typer.Option(min=0.1, max=10, help="People in the other arm for each person in the programme arm.")
]
Attrition = Annotated[float, typer.Option(min=0, max=0.9, help="Proportion without a score after the programme.")]
NumberOfTrials = Annotated[int, typer.Option(min=100, help="Simulated trials for each setting.")]
Seed = Annotated[int, typer.Option(min=0, help="The seed; another one gives other simulated trials.")]
AnswersOption = Annotated[
    AnswersName,
    typer.Option(help="items: simulate answers to items; normal: simulate scores only, which is quicker."),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Number of processes. The default is the number of processors.")
]
Scheduler = Annotated[str, typer.Option(metavar="ADDRESS", help="A Dask scheduler, such as tcp://127.0.0.1:8786.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Folder for the results. The default is STUDY/evaluation.")
]


def evaluate(
    study: Study,
    difference: Differences = None,
    outcome: Outcome = "",
    groups: Groups = "2,4",
    size: Size = "12",
    icc: Icc = "0,0.05",
    ratio: Ratio = 1.0,
    attrition: Attrition = 0.1,
    trials: NumberOfTrials = 2000,
    seed: Seed = 1,
    answers: AnswersOption = AnswersName.items,
    workers: Workers = None,
    scheduler: Scheduler = "",
    as_json: Json = False,
    out: Out = None,
) -> None:
    """Evaluate a design by simulation: error, power, coverage, progression criteria; an interrupted run resumes."""
    from pilotage.planning.evaluation import EvaluationSettings
    from pilotage.planning.target import target
    from pilotage.protocol.load import load

    loaded = load(study)
    aim = target(loaded, difference or [], outcome)
    settings = EvaluationSettings(
        scale=aim.scale, label=aim.label, difference=aim.towards, why=aim.why,
        groups=_numbers("--groups", groups, 1, 200), sizes=_numbers("--size", size, 2, 500),
        iccs=_shares("--icc", icc), ratio=ratio, attrition=attrition, trials=trials, seed=seed, answers=answers.value,
    )  # fmt: skip
    _run(loaded, settings, out or _own_folder(loaded), workers, scheduler, as_json=as_json)


def _run(
    loaded: LoadedProtocol,
    settings: EvaluationSettings,
    folder: Path,
    workers: int | None,
    scheduler: str,
    *,
    as_json: bool,
) -> None:
    """Run what has not been run yet, and write and print what came out."""
    from pilotage.cli.plan import write
    from pilotage.planning import evaluation
    from pilotage.planning.as_json import as_json as json_of
    from pilotage.planning.local_executor import processors
    from pilotage.report.documents.evaluation import evaluation_document
    from pilotage.report.render.text import text

    prepared = evaluation.prepare(loaded, settings)
    result = evaluation.evaluate(
        prepared, folder, workers=workers or processors(), scheduler=scheduler, progress=_bar()
    )
    document, json = evaluation_document(result), json_of(result)
    write(document, json, folder, "evaluation")
    if as_json:
        typer.echo(json, nl=False)
    else:
        typer.echo(text(document))
        typer.echo(f"\nWritten to {folder}: evaluation.html, evaluation.docx, evaluation.json, tables/.")


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
        sys.stderr.write(f"\r{bar} {done}/{of} tasks, about {round(left)} s left   " + ("\n" if done == of else ""))
        sys.stderr.flush()

    return show
