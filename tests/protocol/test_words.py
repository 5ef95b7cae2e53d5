"""A protocol's labels are one text or one for each language, and one of them is the name in tables."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from pilotage.instruments.answer_values import Refusal
from pilotage.protocol.load import LIBRARY, load
from pilotage.protocol.schema import protocol_schema
from pilotage.protocol.shown_forms import shown_form
from pilotage.protocol.words import TranslatedText, all_of, in_minutes, say, with_unit
from tests.protocol.sound import loaded, problems, spoilt

LABEL = "label: Training,"
BOTH = "label: {en: Training, nl: Cursus},"


def test_a_label_in_one_language_is_that_text_in_every_language(tmp_path: Path) -> None:
    label = loaded(tmp_path, spoilt(LABEL, LABEL)).protocol.arm("training").label

    assert type(label) is str
    assert say(label, "nl") == say(label, "en") == "Training"


def test_a_label_in_several_languages_is_read_in_each(tmp_path: Path) -> None:
    label = loaded(tmp_path, spoilt(LABEL, BOTH)).protocol.arm("training").label

    assert (say(label, "nl"), say(label, "en")) == ("Cursus", "Training")
    assert say(label, "fr") == label == "Training"
    assert all_of(label) == ("Training", "Cursus")


@pytest.mark.parametrize(("report", "name"), [("", "Training"), ("report: {language: nl}\n", "Cursus")])
def test_tables_name_an_arm_in_the_language_of_the_report(tmp_path: Path, report: str, name: str) -> None:
    assert loaded(tmp_path, report + spoilt(LABEL, BOTH)).protocol.arm("training").label == name


def test_without_the_reports_language_tables_have_the_first_of_the_studys(tmp_path: Path) -> None:
    text = spoilt(LABEL, "label: {de: Kurs, nl: Cursus},").replace("languages: [en, nl]", "languages: [nl, de]")
    found = problems(tmp_path, text)
    assert {p.code for p in found} >= {"PROTOCOL-006"}  # other texts of this study are in English

    assert TranslatedText({"de": "Kurs", "nl": "Cursus"}, ["en", "nl", "de"]) == "Cursus"
    assert TranslatedText({"de": "Kurs", "nl": "Cursus"}, ["en"]) == "Kurs"


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("{en: Training}", "This text is missing in 'nl', a language of the study."),
        ("{en: Training, nl: Cursus, de: Kurs}", "This text is given in 'de', which is not a language of the study."),
    ],
)
def test_a_label_has_every_language_of_the_study_and_no_other(tmp_path: Path, label: str, message: str) -> None:
    found = problems(tmp_path, spoilt(LABEL, f"label: {label},"))

    assert [(p.code, p.message) for p in found] == [("PROTOCOL-006", message)]
    assert (found[0].path or "").startswith("arms[0].label")


def test_what_is_neither_a_text_nor_texts_is_refused_with_its_place(tmp_path: Path) -> None:
    found = problems(tmp_path, spoilt(LABEL, "label: {en: [Training]},"))

    assert [(p.code, p.path) for p in found] == [("FILE-007", "arms[0].label")]
    assert "{en: ..., nl: ...}" in found[0].remedy


def test_every_part_of_a_session_and_every_turn_is_checked_for_languages(tmp_path: Path) -> None:
    text = (LIBRARY / "imp" / "protocol.yaml").read_text(encoding="utf-8")
    text = text.replace(", nl: spreekt terwijl B luistert", "").replace(", nl: geven en ontvangen", "")

    paths = {p.path for p in problems(tmp_path, text)}

    assert {"programme.rounds.dyad[0].does", "programme.themes[2]", "programme.sessions[2].theme"} <= paths


def test_a_label_survives_a_copy_and_another_process() -> None:
    label = TranslatedText({"en": "Training", "nl": "Cursus"}, ["nl"])

    for again in (copy.deepcopy(label), pickle.loads(pickle.dumps(label))):
        assert (again, again.by_language) == ("Cursus", label.by_language)


def test_the_library_is_written_in_dutch_and_english() -> None:
    for name in ("imp", "imp-2020"):
        protocol = load(name).protocol
        named = [*protocol.arms, *protocol.assessments]
        assert protocol.programme is not None
        named += protocol.programme.blocks  # type: ignore[arg-type]
        assert all(isinstance(part.label, TranslatedText) for part in named)


def test_a_question_gives_its_unit_in_the_language_of_the_form() -> None:
    form = load("imp").protocol.form("about-you")

    units = {language: shown_form(form, language, "1").item("age").unit for language in ("en", "nl")}
    assert units == {"en": "years", "nl": "jaar"}
    refusal = form.item("age").refuse("3")
    assert isinstance(refusal, Refusal)
    assert [say(limit, "nl") for limit in refusal.limits] == ["18 jaar"]


def test_a_unit_of_minutes_is_known_in_either_language() -> None:
    assert in_minutes(TranslatedText({"en": "minutes a week", "nl": "minuten per week"}, ["nl"]))
    assert not in_minutes("years")
    assert with_unit(18, "years") == "18 years"


def test_a_reason_is_one_reason_in_whatever_language_it_is_chosen() -> None:
    protocol = load("imp").protocol

    assert {protocol.canonical_reason(reason) for reason in ("no time", "geen tijd", " Geen tijd ")} == {"no time"}
    assert protocol.reason_in("no time", "nl") == "geen tijd"
    assert protocol.canonical_reason(" moved away ") == protocol.reason_in("moved away", "nl") == "moved away"


def test_an_editor_completes_a_label_as_a_text_or_texts_by_language() -> None:
    kinds = protocol_schema()["$defs"]["Arm"]["properties"]["label"]["anyOf"]

    assert [kind["type"] for kind in kinds] == ["string", "object"]
