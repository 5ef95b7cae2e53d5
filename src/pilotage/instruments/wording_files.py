"""Finds and reads the wording files of a study: ``wording/<instrument>.<language>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_check import check
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.yaml_file import YamlDocument, read_model

MISNAMED = kind("WORDING-001", "A wording file is not called by its instrument and language")
NOT_USED = kind("WORDING-002", "A wording is of an instrument that the study does not use")
NOT_ASKED_IN = kind("WORDING-003", "A wording is in a language that the study does not ask in")
IS_THERE = kind("WORDING-013", "A file is there already, and would be overwritten")

FOLDER = "wording"
_NAME = re.compile(r"([a-z0-9-]+)\.([A-Za-z0-9-]+)\.yaml")

Wordings = dict[tuple[str, str], Wording]


def file_name(instrument: str, language: str) -> str:
    """Where a study keeps a wording, from its folder: ``wording/ffmq-39.nl.yaml``."""
    return f"{FOLDER}/{instrument}.{language}.yaml"


def load_wordings(folder: Path, instruments: Mapping[str, Instrument], languages: Sequence[str]) -> Wordings:
    """Every wording in a study's folder, by instrument and language, checked.

    Parameters
    ----------
    folder
        The study's, in which ``wording/`` is; a study may have none.
    instruments
        Those the study uses, by id.
    languages
        Those it asks in.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in any of the files.
    """
    wordings: Wordings = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob(f"{FOLDER}/*.y*ml")):
        if file.name.startswith("."):
            continue
        try:
            wording = read_wording(file, instruments, languages)
            wordings[wording.instrument, wording.language] = wording
        except ProblemsFound as error:
            problems += error.problems
    refuse(problems)
    return wordings


def read_wording(file: Path, instruments: Mapping[str, Instrument], languages: Sequence[str]) -> Wording:
    """Return the wording in one file, checked; see `load_wordings`."""
    try:
        wording, document = read_model(file, Wording)
        refuse([*_misnamed(wording, document), *problems_of(wording, document, instruments, languages)])
    except ProblemsFound as error:
        raise ProblemsFound(problem.within(f"{FOLDER}/{file.name}") for problem in error.problems) from None
    return wording


def problems_of(
    wording: Wording, document: YamlDocument, instruments: Mapping[str, Instrument], languages: Sequence[str]
) -> list[Problem]:
    """Everything wrong with a wording in this study, however it was written down."""
    place = [*_unknown(wording, document, instruments, languages)]
    if wording.instrument not in instruments:
        return place
    return [*place, *check(wording, instruments[wording.instrument], document)]


def _misnamed(wording: Wording, document: YamlDocument) -> Iterator[Problem]:
    expected_name = file_name(wording.instrument, wording.language)
    match = _NAME.fullmatch(document.file.name)
    if match is None or match.groups() != (wording.instrument, wording.language):
        message = (
            f"The file is called '{document.file.name}', but holds '{wording.instrument}' in '{wording.language}'."
        )
        yield document.problem(MISNAMED, ("instrument",), message, f"Call it {expected_name}, or correct what it says.")


def _unknown(
    wording: Wording, document: YamlDocument, instruments: Mapping[str, Instrument], languages: Sequence[str]
) -> Iterator[Problem]:
    for what, field, name, known in (
        (NOT_USED, "instrument", wording.instrument, list(instruments)),
        (NOT_ASKED_IN, "language", wording.language, list(languages)),
    ):
        if name not in known:
            verb = "use" if field == "instrument" else "ask in"
            message = f"The study does not {verb} '{name}'.{did_you_mean(name, known)}"
            yield document.problem(what, (field,), message, f"It has {', '.join(known)}. Correct the name.")
