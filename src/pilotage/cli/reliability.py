"""The command `pilotage reliability`: alpha, omega and the keying check of each scale in a spreadsheet of answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilotage.cli.options import Blank, Decimal, Delimiter, Encoding, From, InstrumentName, Items, Json, Switches

if TYPE_CHECKING:
    from pilotage.scoring.keying_check import KeyingCheck
    from pilotage.scoring.reliability import ScaleReliability


def reliability(
    instrument: InstrumentName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The answers: CSV, TSV or SPSS .sav.")],
    items: Items,
    longer: From = None,
    switch: Switches = None,
    as_json: Json = False,
    blank: Blank = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    encoding: Encoding = None,
) -> None:
    """Give alpha with its interval and omega for each scale, and say where the data speak against the key."""
    from pilotage.cli.answers import answers_of, read_switches
    from pilotage.instruments.catalogue import load
    from pilotage.scoring.reliability import reliability

    scored, switches = load(instrument), read_switches(switch)
    from_form = load(longer) if longer else None
    answers, read_as = answers_of(
        file, scored, items, longer=from_form, person=None, blank=blank, dialect=(delimiter, decimal, encoding)
    )
    by_scale = reliability(scored, answers.as_floats(), switches, answers.places)
    if as_json:
        from pilotage.plain_json import json_text

        typer.echo(json_text({"scales": {name: _json(scale) for name, scale in by_scale.items()}}))
    else:
        names = {scale.id: scale.name for scale in scored.scales}
        typer.echo(read_as + "\n\n" + _text([(names[scale], estimates) for scale, estimates in by_scale.items()]))


def _json(result: ScaleReliability) -> dict[str, Any]:
    alpha, omega = result.alpha, result.omega
    values = {
        "n": result.n,
        "items": len(result.items),
        "alpha": alpha.alpha.value if alpha else None,
        "ci_low": alpha.alpha.low if alpha else None,
        "ci_high": alpha.alpha.high if alpha else None,
        "omega": omega.omega if omega else None,
    }
    by_item = {
        "alpha_if_deleted": dict(zip(result.items, alpha.if_deleted, strict=True)) if alpha else {},
        "item_rest": dict(zip(result.items, alpha.item_rest, strict=True)) if alpha else {},
    }
    notes = {"n_left_out": result.n_left_out, "alpha_note": result.alpha_note, "omega_note": result.omega_note}
    return values | by_item | notes | {"keying": _keying_json(result.keying)}


def _keying_json(check: KeyingCheck | None) -> dict[str, Any] | None:
    if check is None:
        return None
    from dataclasses import asdict

    return {name: value for name, value in asdict(check).items() if name != "scale"}


def _text(scales: list[tuple[str, ScaleReliability]]) -> str:
    """Return a table of scales, each with what a person calls it."""
    from pilotage.report.model.builders import numbers, table, text
    from pilotage.report.model.document import TableRow
    from pilotage.report.model.values import Estimated, Quantity
    from pilotage.report.render.text import table_text

    columns = [text("scale", "Scale"), numbers("n", "n"), numbers("left_out", "Excluded"), numbers("items", "Items")]
    columns += [numbers("alpha", "Alpha [95 %]"), numbers("omega", "Omega")]
    rows = []
    for name, scale in scales:
        counts = [Quantity(count, "count") for count in (scale.n, scale.n_left_out, len(scale.items))]
        estimate = scale.alpha.alpha if scale.alpha else None
        alpha = Estimated(estimate.value, estimate.low, estimate.high, "coefficient") if estimate else "not defined"
        rows.append(
            TableRow((name, *counts, alpha, Quantity(scale.omega.omega if scale.omega else None, "coefficient")))
        )
    notes = [line for name, scale in scales for line in _remarks(name, scale)]
    return table_text(table("reliability", "Internal consistency", columns, rows, notes=notes))


def _remarks(name: str, result: ScaleReliability) -> list[str]:
    """Return what there is to say of a scale beside its numbers; nothing where all is as it should be."""
    remarks = [f"{name}: {note}." for note in (result.alpha_note, result.omega_note) if note]
    check = result.keying
    if check is not None and check.favours == "unreversed":
        remarks.append(
            f"{name}: the data favour scoring WITHOUT reversal; perhaps the file is reversed already. {check.why}."
        )
    if check is not None and check.favours == "undecided":
        remarks.append(f"{name}: the data do not decide between the key and no reversal (--json says why).")
    return remarks
