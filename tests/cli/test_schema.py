"""`pilotage schema`: what an editor is told agrees with what is read."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pilotage.cli.main import app
from pilotage.instruments import catalogue
from pilotage.protocol.load import LIBRARY, library
from pilotage.yaml_file import read_yaml
from tests.protocol.sound import SOUND, write


def schema(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["schema", *arguments], catch_exceptions=False)
    found: dict[str, Any] = json.loads(result.output)
    return found


def as_an_editor_reads(file: Path) -> Any:
    """The file's data as JSON has it, whose keys are text."""
    return json.loads(json.dumps(read_yaml(file).data))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())
    Draft202012Validator.check_schema(schema("--instrument"))


@pytest.mark.parametrize("name", library())
def test_an_editor_accepts_the_library(name: str) -> None:
    errors = list(Draft202012Validator(schema()).iter_errors(as_an_editor_reads(LIBRARY / name / "protocol.yaml")))

    assert [f"{list(e.absolute_path)}: {e.message[:200]}" for e in errors] == []


def test_an_editor_accepts_short_forms(tmp_path: Path) -> None:
    data = as_an_editor_reads(write(tmp_path, SOUND) / "protocol.yaml")

    assert Draft202012Validator(schema()).is_valid(data)


def test_an_editor_underlines_a_wrong_key(tmp_path: Path) -> None:
    data = as_an_editor_reads(write(tmp_path, SOUND.replace("aim: To", "aims: To")) / "protocol.yaml")

    assert not Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize("name", catalogue.available())
def test_an_editor_accepts_each_instrument(name: str) -> None:
    data = as_an_editor_reads(catalogue.LIBRARY / name / "instrument.yaml")

    assert list(Draft202012Validator(schema("--instrument")).iter_errors(data)) == []


def test_the_schema_can_be_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a" / "protocol.schema.json"
    said = CliRunner().invoke(app, ["schema", "--out", str(file)], catch_exceptions=False).output

    assert json.loads(file.read_text(encoding="utf-8")) == schema()
    assert "$schema=protocol.schema.json" in said
