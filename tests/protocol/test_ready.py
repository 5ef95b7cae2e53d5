"""Before people are asked, a study says what it leaves open and what to do about it."""

import shutil
from pathlib import Path

import pytest

from pilotage.protocol.begin import begin
from pilotage.protocol.load import load
from pilotage.protocol.ready import EACH, NEEDED, missing_for_enrolment
from pilotage.protocol.schema import protocol_schema
from tests.protocol.sound import SOUND, spoilt, write

READY = (
    SOUND.replace("registration: {unknown: not yet}", "registration: none, a rehearsal")
    .replace("  contact: us\n", "  contact: us\n  independent: her\n  answered_within: 2 days\n  at_once: Call 112.\n")
    .replace("text: wording/consent.v2.md}", "text: 'wording/v2.{language}.md', statements: [{id: free, text: Yes.}]}")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in ("wording/v2.en.md", "wording/v2.nl.md", "materials/book.en.pdf", "materials/book.nl.pdf"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("Our own words.", encoding="utf-8")
    return tmp_path


def missing(folder: Path, text: str = READY, languages: tuple[str, ...] = ()) -> list[str]:
    return [f"{p.code}: {p.message} {p.remedy}" for p in missing_for_enrolment(load(write(folder, text)), languages)]


def test_a_study_that_leaves_nothing_open_is_ready(folder: Path) -> None:
    assert missing(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (
            "registration: none, a rehearsal",
            "registration: {unknown: not yet}",
            "001",
            "The study's registration is not known: not yet.",
        ),
        (
            "name: The Centre",
            "name: {unknown: not chosen}",
            "001",
            "The name of the centre 'home' is not known: not chosen.",
        ),
        ("  contact: us", "  contact: {unknown: nobody yet}", "001", "Somebody must read what people report."),
        (
            "instruments: all, control_follows: the cohort}",
            "instruments: all, control_follows: {unknown: why}}",
            "001",
            "follow at the assessment 'Post' is not known: why.",
        ),
        ("outcome: approved", "outcome: pending", "002", "Wait for the decision"),
        ("statements: [{id: free, text: Yes.}]", "statements: []", "005", "Version 'v2' has no statement"),
        ("text: Yes.", "text: Yes., required: false", "005", "no statement that must be agreed to"),
        ("  independent: her\n", "", "006", "Add 'independent' under 'safety'"),
        ("  at_once: Call 112.\n", "", "006", "whom to call when it cannot wait"),
    ],
)
def test_what_is_open_is_said_with_what_to_do(folder: Path, old: str, new: str, code: str, words: str) -> None:
    assert READY.count(old) == 1
    (said,) = missing(folder, READY.replace(old, new))

    assert said.startswith(f"READY-{code}") and words in said


def test_a_study_that_says_nothing_of_harm_is_not_ready(folder: Path) -> None:
    start = READY.index("safety:\n")
    text = READY[:start] + READY[READY.index("access:") :]

    (said,) = missing(folder, text)

    assert said.startswith("READY-006") and "Add 'safety'" in said


def test_consent_texts_are_there_in_each_language_people_are_asked_in(folder: Path) -> None:
    (folder / "wording" / "v2.nl.md").unlink()

    assert missing(folder, languages=("en",)) == []
    assert ["wording/v2.nl.md" in said for said in missing(folder)] == [True]


def test_an_example_is_not_a_consent_text(folder: Path) -> None:
    (folder / "wording" / "v2.en.md").write_text("Call [to be filled in by the site].", encoding="utf-8")

    (said,) = missing(folder)

    assert said.startswith("READY-004") and "have it judged" in said


def test_materials_that_are_given_out_are_there(folder: Path) -> None:
    shutil.rmtree(folder / "materials")

    assert [said[:9] for said in missing(folder)] == ["READY-007", "READY-007"]


def test_a_study_just_begun_is_not_ready_and_says_where(tmp_path: Path) -> None:
    begin(tmp_path / "new")

    found = missing_for_enrolment(load(tmp_path / "new"))

    assert {"READY-001", "READY-002", "READY-004"} == {p.code for p in found}
    assert {"safety.independent", "correspondence.reply_to", "consent.versions[0].starts"} <= {p.path for p in found}
    assert all(p.remedy and p.line for p in found)


def test_what_must_be_known_can_be_said_to_be_unknown() -> None:
    defined = protocol_schema()["$defs"]
    leaves = {path[-1] for path in NEEDED}
    sayable = {name for part in defined.values() for name, field in part.get("properties", {}).items()
               if "Unknown" in str(field)}  # fmt: skip

    assert leaves - sayable == set() and EACH not in leaves


def test_the_sound_protocol_is_not_ready_as_it_stands(tmp_path: Path) -> None:
    assert "READY-003" in {p.code for p in missing_for_enrolment(load(write(tmp_path, spoilt("aim: To", "aim: to"))))}
