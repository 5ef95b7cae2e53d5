"""The how-to on wordings is sound as it stands, and names everything a file may say."""

import re
from pathlib import Path

import pytest

from pilotage.cli.wording import app
from pilotage.instruments import catalogue
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import load_wordings
from pilotage.problems import ProblemsFound
from tests.instruments.calm import write
from tests.instruments.wordings import add
from tests.shared import ROOT

HOW_TO = ROOT / "docs" / "howto"
PAGE = (HOW_TO / "put-in-the-wording.md").read_text(encoding="utf-8")


def example(page: str) -> str:
    match = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert match
    return match[1]


def load(folder: Path, text: str) -> None:
    instrument = catalogue.read(write(folder, example((HOW_TO / "add-an-instrument.md").read_text(encoding="utf-8"))))
    add(folder, text, "calm-4.nl.yaml")
    assert len(load_wordings(folder, {"calm-4": instrument}, ["nl"])) == 1


def test_the_example_is_a_sound_wording(tmp_path: Path) -> None:
    load(tmp_path, example(PAGE))


def test_the_mistake_is_said_as_the_page_says_it(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path, example(PAGE).replace("tweede zin.", "tweede zin. (R)"))
    assert "".join(f"    {line}\n" for line in str(found.value).splitlines()) in PAGE


@pytest.mark.parametrize("field", Wording.model_fields)
def test_every_key_of_the_file_is_on_the_page(field: str) -> None:
    assert f"{field}:" in PAGE


def test_every_command_is_on_the_page() -> None:
    names = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    assert [name for name in names if f"pilotage wording {name} " not in PAGE] == []
