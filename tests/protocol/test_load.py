"""A study is found by folder, file or name, with its instruments and one fingerprint for its content."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage.data.tables import BY_NAME
from pilotage.instruments import catalogue
from pilotage.problems import ProblemsFound
from pilotage.protocol.feasibility import COUNTED
from pilotage.protocol.load import library, load, load_texts
from pilotage.protocol.summary import unknowns
from tests.protocol.sound import SOUND, loaded, problems, spoilt, write


def test_a_study_is_a_folder_a_file_or_a_name_of_the_library(tmp_path: Path) -> None:
    folder = write(tmp_path)

    assert load(folder).protocol == load(folder / "protocol.yaml").protocol
    assert load("imp-2020").protocol.study.id == "imp-2020"


def test_a_study_given_as_texts_is_the_one_of_its_folder(tmp_path: Path) -> None:
    folder = write(tmp_path)
    shutil.copytree(catalogue.LIBRARY / "pss-10", folder / "instruments" / "pss-10")
    own = folder / "instruments" / "pss-10" / catalogue.FILE
    own.write_text(own.read_text(encoding="utf-8").replace("Perceived Stress Scale", "Our Stress Scale"))
    texts = {
        "protocol.yaml": SOUND,
        "instruments/pss-10/instrument.yaml": own.read_text(encoding="utf-8"),
        "instruments/pss-10/SOURCE.md": "Ours.",
    }

    from_texts, from_folder = load_texts(texts), load(folder)

    assert from_texts.fingerprint == from_folder.fingerprint
    assert from_texts.instruments == from_folder.instruments
    assert from_texts.instruments["pss-10"] != catalogue.load("pss-10")


def test_a_study_given_as_texts_says_what_is_wrong_and_where() -> None:
    with pytest.raises(ProblemsFound, match=r"protocol\.yaml:\d+:\d+ instruments\[1\]"):
        load_texts({"protocol.yaml": spoilt("instruments: [pss-10, eq-40]", "instruments: [pss-10, eq-41]")})


def test_a_study_given_as_texts_has_no_folder() -> None:
    with pytest.raises(ValueError, match="has no folder"):
        _ = load_texts({"protocol.yaml": SOUND}).folder


def test_a_folder_of_ones_own_wins_over_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "imp")
    monkeypatch.chdir(tmp_path)

    assert load("imp").protocol.study.id == "calm"


def test_a_near_miss_of_a_library_name_gets_a_suggestion() -> None:
    with pytest.raises(ProblemsFound, match="Did you mean 'imp-2020'"):
        load("imp-2002")


def test_a_folder_without_a_protocol_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"holds no protocol\.yaml"):
        load(tmp_path)


def test_a_library_name_is_not_a_path_out_of_the_library() -> None:
    with pytest.raises(ProblemsFound, match="There is no study"):
        load("../library/imp-20")


def test_comments_and_layout_do_not_change_the_fingerprint(tmp_path: Path) -> None:
    changed = SOUND.replace("study:\n", "study:   # ours\n\n")
    quoted = changed.replace("funding: none", 'funding: "none"')

    assert loaded(tmp_path / "a").fingerprint == loaded(tmp_path / "b", quoted).fingerprint


def test_a_changed_word_changes_the_fingerprint(tmp_path: Path) -> None:
    text = spoilt("title: A course in calm", "title: A course in rest")

    assert loaded(tmp_path / "a").fingerprint != loaded(tmp_path / "b", text).fingerprint


def test_a_changed_key_of_an_instrument_changes_the_fingerprint(tmp_path: Path) -> None:
    before = loaded(tmp_path).fingerprint
    own = tmp_path / "instruments" / "pss-10"
    shutil.copytree(catalogue.LIBRARY / "pss-10", own)
    definition = own / "instrument.yaml"

    assert loaded(tmp_path).fingerprint == before, "the same definition in the study's own folder"
    text = definition.read_text(encoding="utf-8")
    definition.write_text(text.replace("reverse: [4, 5, 7, 8]", "reverse: [4, 5, 7]"), encoding="utf-8")
    assert loaded(tmp_path).fingerprint != before


def test_the_fingerprint_is_shown_by_its_first_twelve_digits(tmp_path: Path) -> None:
    study = loaded(tmp_path)

    assert len(study.fingerprint) == 64
    assert study.short_fingerprint == study.fingerprint[:12]


def test_problems_of_an_own_instrument_are_told_with_those_of_the_protocol(tmp_path: Path) -> None:
    own = tmp_path / "instruments" / "pss-10"
    own.mkdir(parents=True)
    (own / "instrument.yaml").write_text("id: pss-10\n", encoding="utf-8")

    found = problems(tmp_path, spoilt("completion: 2", "completion: 9"))

    assert {"FILE-007", "PROTOCOL-028"} <= {p.code for p in found}
    assert any(p.file == "pss-10/instrument.yaml" for p in found)


@pytest.mark.parametrize("name", library())
def test_the_library_is_sound_and_small_enough_to_read(name: str) -> None:
    """50 kB is what one person reads: texts in the study's second language repeat those in the first."""
    study = load(name)

    assert set(study.instruments) == set(study.protocol.instruments)
    translations = sum(_size_of_translations(study.document.data, set(study.protocol.study.languages)))
    assert study.document.file.stat().st_size - translations < 50_000


def _size_of_translations(data: object, languages: set[str]) -> Iterator[int]:
    """Yield the bytes of each text beyond the longest of the languages in which it is written."""
    if isinstance(data, dict) and set(data) <= languages and all(isinstance(text, str) for text in data.values()):
        sizes = [len(text.encode()) for text in data.values()]
        yield sum(sizes) - max(sizes, default=0)
        return
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _size_of_translations(part, languages)


@pytest.mark.parametrize(
    ("name", "asked"), [("imp-2020", {"evaluation": 17}), ("imp", {"after-session": 4, "week": 4})]
)
def test_the_library_asks_what_it_should(name: str, asked: dict[str, int]) -> None:
    protocol = load(name).protocol

    assert {form: len(protocol.form(form).items) for form in asked} == asked


def test_the_2020_study_has_seventeen_tests_eight_domains_and_both_numberings() -> None:
    protocol = load("imp-2020").protocol
    outcomes = protocol.analysis.outcomes
    assert protocol.programme is not None and protocol.feasibility is not None

    assert len(outcomes.main) + len(outcomes.secondary) == 17
    assert [d.status for d in protocol.feasibility.domains].count("assessed") == 5
    assert len(protocol.feasibility.domains) == 8
    assert [s.canonical for s in protocol.programme.sessions] == [1, 2, 3, 4, None, 5, 6, 7, 8]


def test_what_the_2020_paper_does_not_say_is_said_to_be_unknown() -> None:
    said = list(unknowns(load("imp-2020")))

    assert any("programme.sessions[0].guidelines: row 1 of Table 1" in line for line in said)
    assert any("assessments[0].control_follows" in line for line in said)


def test_harm_is_asked_weekly_and_alike_in_both_arms_of_the_next_study() -> None:
    protocol = load("imp").protocol
    weekly = protocol.assessment("weeks")

    assert weekly.arms == [arm.id for arm in protocol.arms]
    assert protocol.safety is not None and protocol.safety.form in weekly.forms


@pytest.mark.parametrize(
    ("source", "table", "column"),
    [("sessions", "sessions", "state"), ("blocks", "fidelity", "done")],
)
def test_what_indicators_count_is_what_the_tables_hold(source: str, table: str, column: str) -> None:
    (held,) = (c.values for c in BY_NAME[table].columns if c.name == column)

    assert COUNTED[source] == held


def test_the_stages_of_those_who_did_not_come_in_can_be_counted() -> None:
    (stages,) = (c.values for c in BY_NAME["approached"].columns if c.name == "stage")

    assert set(stages) <= set(COUNTED["flow"])
