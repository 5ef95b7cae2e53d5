"""A sound wording of the made-up CALM-4, for tests that change one thing in it."""

from pathlib import Path

from pilotage.instruments import catalogue
from pilotage.instruments.definition import Instrument
from tests.instruments.calm import write

WORDING = """\
pilotage: 1
instrument: calm-4
language: en
source: {unknown: made up for tests}
title: How you have been
instructions: |
  Think of last week.
  Choose one answer on each line.
anchors: {0: never, 1: seldom, 2: sometimes, 3: often, 4: always}
items:
  1: I was at ease.
  2: I was in a hurry.
  3: I took my time.
  4: I heard the birds.
  5: I had breakfast.
"""


def calm(folder: Path) -> Instrument:
    """The made-up instrument of five items, answered 0 to 4."""
    return catalogue.read(write(folder / "instruments"))


def add(folder: Path, text: str = WORDING, name: str = "calm-4.en.yaml") -> Path:
    """A wording file in a study's folder."""
    file = folder / "wording" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
