"""From what a person typed to the answers of their file, whichever way the file is best read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.problems import Problem, ProblemsFound, kind

if TYPE_CHECKING:
    from pilotage.instruments.definition import Instrument
    from pilotage.scoring.sheet import Answers

NOT_A_SWITCH = kind("SCORE-006", "A switch is not said as NAME=CHOICE")


def read_switches(switches: Sequence[str] | None) -> dict[str, str]:
    """Read switches as a person writes them, ``item-23=disagree``."""
    wrong = [text for text in switches or () if text.count("=") != 1]
    if wrong:
        remedy = "Write it as NAME=CHOICE, such as item-23=disagree."
        raise ProblemsFound(Problem(NOT_A_SWITCH, f"'{text}' is no switch and its choice.", remedy) for text in wrong)
    pairs = (text.partition("=") for text in switches or ())
    return {name.strip(): choice.strip() for name, _, choice in pairs}


def answers_of(
    file: Path,
    instrument: Instrument,
    pattern: str,
    *,
    longer: Instrument | None,
    person: str | None,
    blank: Sequence[str] | None,
    dialect: tuple[str | None, str | None, str | None],
) -> tuple[Answers, str]:
    """Return the answers in a file, and a sentence on how it was read; a large text file is read by column."""
    from pilotage.data.formats.dialect import DialectHints
    from pilotage.data.formats.large import LARGE, open_large
    from pilotage.data.formats.spreadsheet import BLANK, read_spreadsheet
    from pilotage.scoring.sheet import answers_in, answers_in_large

    blanks = {*BLANK, *(blank or ())}
    if file.is_file() and file.stat().st_size >= LARGE and file.suffix.lower() not in (".sav", ".zsav"):
        table = open_large(file, DialectHints(*dialect))
        answers = answers_in_large(table, instrument, pattern, longer=longer, person=person, blank=blanks)
        if answers is not None:
            return answers, table.detected.sentence
    sheet = read_spreadsheet(file, DialectHints(*dialect), blanks)
    return answers_in(sheet, instrument, pattern, longer=longer, person=person), sheet.detected.sentence
