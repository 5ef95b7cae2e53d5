"""`pilotage instruments`: lists the questionnaires, explains one, and scores one's worked cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pilotage.instruments.cases import Case
    from pilotage.instruments.definition import Instrument, Scale
    from pilotage.problems import Problem

app = typer.Typer(help="List the questionnaires that can be scored; explain one.", rich_markup_mode=None)

Name = typer.Argument(metavar="INSTRUMENT", help="An id such as ffmq-39, or the path of your own file or its folder.")
Json = typer.Option(False, "--json", help="Print JSON for a program instead of text for a person.")


@app.callback(invoke_without_command=True)
def instruments(context: typer.Context, as_json: bool = Json) -> None:
    """List the questionnaires that can be scored; explain one."""
    if context.invoked_subcommand is None:
        _list(as_json)


def _list(as_json: bool) -> None:
    from pilotage.instruments.catalogue import available, load
    from pilotage.instruments.explain import in_brief

    instruments = [load(name) for name in available()]
    if as_json:
        _print({"instruments": [_summary(instrument) for instrument in instruments]})
        return
    typer.echo("\n".join(in_brief(instrument) for instrument in instruments))
    typer.echo(f"\n{len(instruments)} instruments. To have one explained: pilotage instruments show ffmq-39")


@app.command()
def show(name: str = Name, as_json: bool = Json) -> None:
    """Explain one: scales, reversed items, blanks, how sure the key is, sources, licence."""
    from pilotage.instruments.catalogue import load
    from pilotage.instruments.explain import explain

    instrument = load(name)
    if not as_json:
        typer.echo(explain(instrument))
        return
    facts = instrument.model_dump(mode="json")
    facts["scales"] = [scale.model_dump(mode="json") | _derived(instrument, scale) for scale in instrument.scales]
    _print(facts)


@app.command()
def check(name: str = Name) -> None:
    """Check an instrument's file and score its worked cases."""
    from pilotage.formatting import counted
    from pilotage.instruments.cases import read_cases
    from pilotage.instruments.catalogue import find, load
    from pilotage.problems import refuse

    instrument = load(name)
    cases = read_cases(find(name).parent, instrument)
    refuse([problem for case in cases for problem in _differences(instrument, case)])
    if not instrument.scales:
        typer.echo(f"{instrument.id} has no errors, but its key is unconfirmed, so nothing can be scored.")
        return
    scores = counted(len(cases) * len(instrument.scales), "score")
    typer.echo(f"{instrument.id} is sound: {scores} in {counted(len(cases), 'worked case')}, all as worked.")


def _differences(instrument: Instrument, case: Case) -> Iterator[Problem]:
    """Yield a problem for each scale that does not score as it was worked."""
    import numpy as np

    from pilotage.instruments.cases import CASE_DIFFERS, FILE
    from pilotage.problems import Problem
    from pilotage.scoring.score import score

    answers = np.array([[np.nan if code is None else code for code in case.answers]], dtype=float)
    for scale, scores in score(instrument, answers, case.switches).items():
        got, worked = float(scores.score[0]), case.expected[scale]
        if not np.isclose(got, np.nan if worked is None else worked, rtol=1e-9, atol=0, equal_nan=True):
            message = f"'{case.name}': {scale} was worked as {_shown(worked)}, but scores {_shown(got)}."
            remedy = "Check the working, then the reversed items, the scale's items and its method."
            yield Problem(CASE_DIFFERS, message, remedy, f"{instrument.id}/{FILE}", case.line)


def _shown(score: float | None) -> str:
    return "empty" if score is None or score != score else f"{score:.6g}"  # noqa: PLR0124 - NaN alone is not itself


def _summary(instrument: Instrument) -> dict[str, Any]:
    from pilotage.instruments.explain import terms

    facts: dict[str, Any] = instrument.model_dump(mode="json", include={"id", "name", "abbreviation", "items"})
    scales = [scale.id for scale in instrument.scales]
    return facts | {"scales": scales, "key": instrument.key.status, "licence": terms(instrument)}


def _derived(instrument: Instrument, scale: Scale) -> dict[str, Any]:
    items = instrument.items_of(scale)
    return {
        "items": items,
        "reversed": instrument.reversed_in(scale),
        "range": instrument.range_of(scale),
        "most_blanks": None if scale.of else instrument.missing_of(scale).most_blanks(len(items)),
    }


def _print(facts: dict[str, Any]) -> None:
    from pilotage.plain_json import json_text

    typer.echo(json_text(facts, indent=2))
