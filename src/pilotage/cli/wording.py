"""`pilotage wording`: puts the licensed words of questionnaires into a study, proves and prints them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pilotage.instruments.shown import ShownSheet
    from pilotage.protocol.load import LoadedProtocol

app = typer.Typer(help="Put the texts of questionnaires into a study; proofread and print them.", rich_markup_mode=None)

Study = Annotated[str, typer.Argument(metavar="STUDY", help="A study's folder, or its protocol.yaml.")]
Name = Annotated[str, typer.Argument(metavar="INSTRUMENT", help="A questionnaire of the study, such as ffmq-39.")]
InLanguage = Annotated[str, typer.Argument(metavar="LANGUAGE", help="A language of the study, such as en or nl.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it; else it is named for you.")]


class Delimiter(StrEnum):
    """What separates a spreadsheet's columns."""

    comma = ","
    semicolon = ";"


@app.command()
def check(study: Study) -> None:
    """Check every wording file of a study, and say which are still missing."""
    from pilotage.protocol.load import load
    from pilotage.protocol.wordings import questionnaires_of

    shown = questionnaires_of(load(study)).values()
    for each in shown:
        wording = f"sound; {each.fingerprint[:12]}" if each.fingerprint else f"no words yet: add {each.missing_file}"
        typer.echo(f"  {each.instrument:<12} {each.language:<4} {len(each.items):>3} items  {wording}")
    missing = sum(each.fingerprint is None for each in shown)
    typer.echo(f"\nNo problems found.{f' {missing} without words show items by number.' if missing else ''}")


@app.command()
def template(
    study: Study,
    instrument: Name,
    language: InLanguage,
    csv: Annotated[bool, typer.Option("--csv", help="A spreadsheet, to be brought back with import.")] = False,
    delimiter: Annotated[
        Delimiter, typer.Option(help="What separates the spreadsheet's columns; ; suits Dutch Excel.")
    ] = Delimiter.comma,
    out: Out = None,
) -> None:
    """Write an empty wording file to fill in; with --csv a spreadsheet, which holds the words there are."""
    from pilotage.data.importing.wording_sheet import sheet
    from pilotage.instruments.wording_yaml import as_yaml, blank
    from pilotage.protocol.load import load
    from pilotage.protocol.wordings import instrument_of, place_of, wording_of

    loaded = load(study)
    chosen = instrument_of(loaded, instrument, language)
    empty = blank(chosen, language)
    if csv:
        wording = wording_of(loaded, chosen.id, language) or empty
        file = out or Path(f"{chosen.id}.{language}.csv")
        text = "\N{BYTE ORDER MARK}" + sheet(wording, chosen, delimiter.value)  # or Excel takes it for Windows-1252
    else:
        file, text = out or place_of(loaded, chosen.id, language), as_yaml(empty, chosen)
    _write_new(file, text)
    typer.echo(f"\nNext: fill in {'the column text' if csv else 'every text'}, then")
    typer.echo(f"  pilotage wording {f'import {study} {file}' if csv else f'check {study}'}")


@app.command("import")
def import_(
    study: Study,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The filled-in spreadsheet, as CSV.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of the wording file there is.")] = False,
) -> None:
    """Make a wording file of a filled-in spreadsheet, when nothing is wrong with it."""
    from pilotage.data.importing.wording_sheet import read_sheet
    from pilotage.instruments.wording import Wording
    from pilotage.instruments.wording_files import problems_of
    from pilotage.instruments.wording_yaml import as_yaml
    from pilotage.problems import refuse
    from pilotage.protocol.load import load
    from pilotage.protocol.wordings import place_of
    from pilotage.yaml_file import validate

    loaded = load(study)
    document = read_sheet(file)
    wording = validate(document, Wording)
    refuse(problems_of(wording, document, loaded.instruments, loaded.protocol.study.languages))
    place = place_of(loaded, wording.instrument, wording.language)
    _write_new(place, as_yaml(wording, loaded.instruments[wording.instrument]), replace=replace)
    typer.echo(f"fingerprint {wording.short_fingerprint}\n\nNext: print the proof sheet, with")
    typer.echo(f"  pilotage wording proof {study} {wording.instrument} {wording.language}")


@app.command()
def proof(study: Study, instrument: Name, language: InLanguage, out: Out = None) -> None:
    """Write a proof sheet to print: every text, to be compared with the edition and signed by two people."""
    from pilotage.protocol.load import load
    from pilotage.protocol.wordings import instrument_of, needed_wording
    from pilotage.report.documents.paper_forms.proof import proof_sheet

    loaded = load(study)
    wording = needed_wording(loaded, instrument, language)
    file = out or Path(f"{instrument}.{language}.proof.html")
    _write_new(file, proof_sheet(wording, instrument_of(loaded, instrument, language)), replace=True)


@app.command()
def paper(
    study: Study,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A questionnaire, or a form of the study's own.")],
    language: InLanguage,
    out: Out = None,
) -> None:
    """Write a questionnaire, or a form of the study's own, as pages to print and fill in by hand."""
    from pilotage.protocol.load import load
    from pilotage.report.documents.paper_forms.html import notice, paper_form

    sheet = _sheet(load(study), name, language)
    _write_new(out or Path(f"{name}.{language}.html"), paper_form(sheet), replace=True)
    if missing := notice(sheet):
        typer.echo(missing)


def _sheet(loaded: LoadedProtocol, name: str, language: str) -> ShownSheet:
    from pilotage.instruments.questionnaire import questionnaire
    from pilotage.protocol.shown_forms import shown_form
    from pilotage.protocol.wordings import asked_in, instrument_of, wording_of

    asked_in(loaded, language)
    if any(form.id == name for form in loaded.protocol.forms):
        return shown_form(loaded.protocol.form(name), language, loaded.protocol.version)
    instrument = instrument_of(loaded, name, language)
    return questionnaire(instrument, wording_of(loaded, name, language), language)


def _write_new(file: Path, text: str, *, replace: bool = False) -> None:
    """Write a file and say so; what a person typed is never overwritten unasked."""
    from pilotage.atomic import write_text
    from pilotage.instruments.wording_files import IS_THERE
    from pilotage.problems import Problem, ProblemsFound

    if file.exists() and not replace:
        message = f"'{file}' is there already, and is not overwritten."
        remedy = "Move it away, or say another place with --out; import has --replace."
        raise ProblemsFound([Problem(IS_THERE, message, remedy)])
    write_text(file, text)
    typer.echo(f"wrote {file}")
