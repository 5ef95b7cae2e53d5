"""What a server needs to know of a study can be said, and is known when it is not."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from pilotage.protocol.load import load
from pilotage.protocol.words import file_in
from pilotage.yaml_file import Unknown
from tests.protocol.sound import allocated, loaded, problems, spoilt


def test_a_study_that_says_nothing_of_it_is_allocated_as_it_is_designed(tmp_path: Path) -> None:
    chosen = loaded(tmp_path / "a").protocol.allocation
    drawn = loaded(tmp_path / "b", spoilt("randomised: false", "randomised: true")).protocol.allocation

    assert (chosen.method, drawn.method) == ("by choice", "by chance")
    assert drawn.concealed and not drawn.blocks and not drawn.strata


def test_a_randomised_study_says_how_lots_are_drawn(tmp_path: Path) -> None:
    said = "{method: by chance, ratio: {training: 2, control: 1}, blocks: [3, 6], strata: [centre, adult, end.again]}"

    allocation = loaded(tmp_path, allocated(said, randomised=True)).protocol.allocation

    assert allocation.ratio == {"training": 2, "control": 1}
    assert allocation.blocks == [3, 6]


def test_one_person_holds_two_roles_only_with_a_reason(tmp_path: Path) -> None:
    pair = "[[safety-contact, researcher]]"
    silent = loaded(tmp_path / "a").protocol.roles
    text = spoilt(pair, "[{roles: [safety-contact, researcher], reason: a small team}]")
    said = loaded(tmp_path / "b", text.replace("Ada, roles: [researcher]", "Ada, roles: [researcher, safety-contact]"))

    assert silent.reason_for("researcher", "safety-contact") is None
    assert said.protocol.roles.reason_for("researcher", "safety-contact") == "a small team"
    assert said.protocol.roles.reason_for("researcher", "teacher") is None


def test_a_protocol_without_a_programme_needs_no_teacher_kept_apart() -> None:
    example = load(Path(__file__).parents[2] / "examples" / "positive-psychology")

    assert example.protocol.programme is None and example.protocol.allocation.method == "by chance"


def test_hours_and_lengths_have_values_when_not_said(tmp_path: Path) -> None:
    protocol = loaded(tmp_path).protocol
    assert protocol.programme is not None and protocol.programme.home_practice is not None

    assert (protocol.correspondence.quiet_from, protocol.correspondence.quiet_until) == (time(21), time(8))
    assert (protocol.access.staff_idle, protocol.access.participant_idle) == (timedelta(minutes=20), timedelta(hours=2))
    assert protocol.programme.home_practice.editable_for == timedelta(days=7)
    assert protocol.programme.home_practice.kinds[0].asks == ["minutes"]


@pytest.mark.parametrize("written", ["25:00", "9 pm", "21", "1260"])
def test_a_time_of_day_is_written_as_hours_and_minutes(tmp_path: Path, written: str) -> None:
    (problem,) = problems(tmp_path, spoilt("access:", f"correspondence: {{quiet_from: {written}}}\naccess:"))

    assert f"'{written}' is not a time of day" in problem.message and "'21:00'" in problem.remedy


@pytest.mark.parametrize("name", ["imp", "imp-2020"])
def test_the_library_asks_agreement_in_words_of_its_own_and_in_each_language(name: str) -> None:
    study = load(name)
    (version,) = study.protocol.consent.versions
    required = {statement.id for statement in version.statements if statement.required}

    assert {"room", "free", "frozen"} <= required
    for language in study.protocol.study.languages:
        words = (study.folder / file_in(version.text, language)).read_text(encoding="utf-8")
        assert "Pilotage" in words.splitlines()[2], "whose example it is stands at the top"


def test_the_next_study_leaves_to_the_site_whom_to_turn_to() -> None:
    safety = load("imp").protocol.safety
    assert safety is not None

    assert all(isinstance(who, Unknown) for who in (safety.contact, safety.deputy, safety.independent))
    assert [alert.of for alert in safety.alerts] == ["pss-10.total"]
