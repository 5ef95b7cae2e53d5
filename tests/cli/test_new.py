"""`pilotage new`: a folder to change, never over what is there."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.main import app
from pilotage.problems import ProblemsFound
from pilotage.protocol.load import library, load
from pilotage.protocol.words import file_in


def new(*arguments: str) -> str:
    return CliRunner().invoke(app, ["new", *arguments], catch_exceptions=False).output


@pytest.mark.parametrize("source", library())
def test_a_new_study_is_sound_and_is_that_of_the_library(tmp_path: Path, source: str) -> None:
    new(str(tmp_path / "study"), "--from", source)

    assert load(tmp_path / "study").fingerprint == load(source).fingerprint
    assert {p.name for p in (tmp_path / "study").iterdir()} == {
        "README.md", "protocol.yaml", "instruments", "wording"
    }  # fmt: skip


@pytest.mark.parametrize("source", library())
def test_a_new_study_has_an_example_of_each_consent_text(tmp_path: Path, source: str) -> None:
    new(str(tmp_path), "--from", source)
    protocol = load(tmp_path).protocol

    for language in protocol.study.languages:
        text = (tmp_path / file_in(protocol.consent.versions[0].text, language)).read_text(encoding="utf-8")
        assert text.startswith("# ") and "Pilotage" in text


def test_licensed_words_do_not_travel_to_a_new_study(tmp_path: Path) -> None:
    new(str(tmp_path / "old"))
    (tmp_path / "old" / "wording" / "pss-10.en.yaml").write_text("language: en\n", encoding="utf-8")

    new(str(tmp_path / "young"), "--from", str(tmp_path / "old"))

    assert not (tmp_path / "young" / "wording" / "pss-10.en.yaml").exists()
    assert (tmp_path / "young" / "wording" / "consent.v1.nl.md").exists()


def test_the_next_study_is_begun_from_when_nothing_is_said(tmp_path: Path) -> None:
    said = new(str(tmp_path / "a" / "study"))

    assert load(tmp_path / "a" / "study").protocol.study.id == "imp"
    assert f"pilotage check {tmp_path / 'a' / 'study'}" in said


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    new(str(tmp_path))

    assert (tmp_path / "protocol.yaml").is_file()


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ProblemsFound, match="PROTOCOL-008"):
        new(str(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "study").write_text("mine", encoding="utf-8")

    with pytest.raises(ProblemsFound, match="FILE-008"):
        new(str(tmp_path / "study"))


def test_an_unknown_source_gets_a_suggestion_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="Did you mean 'imp-2020'"):
        new(str(tmp_path / "study"), "--from", "imp-2019")
    assert not (tmp_path / "study").exists()
