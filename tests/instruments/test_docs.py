"""The page on instruments explains every key of the file, and the how-to is sound as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.instruments import app
from pilotage.instruments import definition
from pilotage.problems import ProblemsFound
from pilotage.yaml_file import Part
from tests.instruments.calm import write
from tests.shared import ROOT

PAGE = ROOT / "docs" / "reference" / "instruments.md"
HOW_TO = ROOT / "docs" / "howto" / "add-an-instrument.md"
PARTS = [
    part for part in vars(definition).values() if isinstance(part, type) and issubclass(part, Part) and part is not Part
]


@pytest.mark.parametrize("part", PARTS, ids=[part.__name__ for part in PARTS])
def test_every_key_of_the_file_is_explained(part: type[Part]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in part.model_fields if f"`{name}`" not in text] == []


def test_the_how_to_is_sound_as_it_stands(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"```(yaml|csv)\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL))
    folder = write(tmp_path, blocks["yaml"]).parent
    (folder / "cases.csv").write_text(blocks["csv"], encoding="utf-8")
    said = CliRunner().invoke(app, ["check", str(folder)], catch_exceptions=False).stdout
    assert said.strip() in HOW_TO.read_text(encoding="utf-8")


def test_the_how_to_shows_what_a_wrong_key_would_say(tmp_path: Path) -> None:
    blocks = dict(re.findall(r"```(yaml|csv)\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL))
    folder = write(tmp_path, blocks["yaml"].replace("reverse: [2]", "reverse: [3]")).parent
    (folder / "cases.csv").write_text(blocks["csv"], encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        CliRunner().invoke(app, ["check", str(folder)], catch_exceptions=False)
    first = "\n".join(f"    {line}" for line in str(found.value.problems[0]).splitlines())
    assert first in HOW_TO.read_text(encoding="utf-8")
