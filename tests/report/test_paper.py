"""Questionnaires and forms on paper: everything to fill in, nothing of the key, no more pages than needed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pilotage.instruments import catalogue
from pilotage.instruments.questionnaire import questionnaire
from pilotage.instruments.wording import Wording
from pilotage.protocol.forms import Form
from pilotage.protocol.load import load
from pilotage.protocol.shown_forms import shown_form
from pilotage.report.documents.paper_forms.html import paper_form
from pilotage.report.documents.paper_forms.proof import proof_sheet
from pilotage.report.documents.paper_forms.words import WORDS

FFMQ = catalogue.load("ffmq-39")
LONG = "made up, and of about as many words as such questionnaires have"
WORDING = Wording(
    instrument="ffmq-39",
    language="en",
    source="made up for tests",
    title="How you are <now>",
    instructions="First this.\nThen that.",
    anchors={1: "never or very rarely", 2: "rarely", 3: "sometimes", 4: "often", 5: "very often or always"},
    items={n: f"Sentence {n}: {LONG}." for n in range(1, 40)},
    notes={2: "at work or at home"},
)
FORM = Form.model_validate(
    {
        "id": "day",
        "title": {"en": "Your day", "nl": "Uw dag"},
        "items": [
            {"id": "out", "kind": "choice", "ask": {"en": "Out?", "nl": "Buiten?"},
             "options": [{"id": "yes", "label": {"en": "yes", "nl": "ja"}}, "no"]},
            {"id": "where", "kind": "choices", "ask": "Where?", "show_if": "out is yes", "options": ["town", "wood"]},
            {"id": "good", "kind": "rating", "from": 0, "to": 10, "anchors": {0: "not", 10: "very"}, "ask": "Good?"},
            {"id": "why", "kind": "text", "ask": "Why?", "show_if": "good at least 8", "note": "for readers only"},
            {"id": "hours", "kind": "number", "unit": "hours", "ask": "How long?"},
            {"id": "day", "kind": "date", "ask": "Which day?", "show_if": "out is not yes"},
        ],
    }
)  # fmt: skip


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_a_questionnaire_has_every_item_every_box_and_every_anchor() -> None:
    page = paper_form(questionnaire(FFMQ, WORDING, "en"))
    assert all(WORDING.items[n] in page for n in range(1, 40))
    assert page.count('<td class="answer"><span class="box">') == 39 * 5
    assert all(f'<th scope="col">{words}</th>' in page for words in WORDING.anchors.values())
    assert "at work or at home" in page
    assert f"ffmq-39 · version 1 · en · wording {WORDING.short_fingerprint}" in text_of(page)


def test_texts_are_shown_as_they_stand_and_never_as_markup() -> None:
    page = paper_form(questionnaire(FFMQ, WORDING, "en"))
    assert "How you are &lt;now&gt;" in page


@pytest.mark.parametrize("page", [paper_form(questionnaire(FFMQ, WORDING, "en")),
                                  proof_sheet(WORDING, FFMQ)])  # fmt: skip
def test_nothing_of_the_key_and_nothing_from_elsewhere_is_on_paper(page: str) -> None:
    shown = text_of(page).lower()
    assert not any(word in shown for word in ("reverse", "observing", "nonjudging", "non-judging", "facets"))
    assert not re.search(r"<script|<img|<link|@import|url\(|https?:", page)


def test_a_form_of_the_study_has_room_for_every_kind_of_answer() -> None:
    text = text_of(paper_form(shown_form(FORM, "nl", "2")))
    assert "Uw dag" in text
    assert "2 Where? U mag meer dan één vakje aankruisen. town wood" in text
    assert "0 not 1 2 3 4 5 6 7 8 9 10 very" in text
    assert "How long? hours" in text
    assert "dag maand jaar" in text
    assert "day · versie 2 · nl" in text
    assert "for readers only" not in text


def test_a_question_that_a_page_would_hide_says_when_to_answer_it() -> None:
    text = text_of(paper_form(shown_form(FORM, "nl", "2")))
    assert "Alleen als u op vraag 1 hebt geantwoord: ja 2 Where?" in text
    assert "Alleen als uw antwoord op vraag 3 8 of hoger is 4 Why?" in text
    assert "Alleen als u op vraag 1 iets anders hebt geantwoord dan: ja 6 Which day?" in text


def test_a_code_that_is_known_is_printed_and_a_rehearsal_says_so() -> None:
    sheet = shown_form(FORM, "en", "2")
    page = paper_form(sheet, code="P07", occasion="Before the training", simulated=True)
    assert "SIMULATED Code P07 Assessment Before the training Date" in text_of(page)
    assert "SIMULATED" not in paper_form(sheet)


def test_a_site_that_allows_no_styles_inside_links_them() -> None:
    page = paper_form(shown_form(FORM, "en", "2"), stylesheet="/static/paper.css")
    assert '<link rel="stylesheet" href="/static/paper.css">' in page
    assert not re.search(r"<style|style=", page)


def test_a_proof_sheet_has_every_text_two_ticks_each_and_two_signatures() -> None:
    page = proof_sheet(WORDING, FFMQ)
    assert all(text in page for text in (*WORDING.items.values(), *WORDING.anchors.values(), "Then that."))
    assert page.count('<td class="tick">') == 2 * (39 + 1 + 5 + 2 + 1)  # items, a note, anchors, instructions, title
    assert text_of(page).count("Signature") == 2
    assert WORDING.fingerprint in page


def test_both_languages_have_the_same_words() -> None:
    assert {language: list(words) for language, words in WORDS.items()} == {key: list(WORDS["en"]) for key in WORDS}
    for key, english in WORDS["en"].items():
        assert re.findall(r"\{\w+\}", english) == re.findall(r"\{\w+\}", WORDS["nl"][key])


IMP = load("imp").protocol
PAGES = {
    "39 long items": (paper_form(questionnaire(FFMQ, WORDING, "en")), 3),
    "39 items by number": (paper_form(questionnaire(FFMQ, None, "nl")), 2),
    "the evaluation form": (paper_form(shown_form(IMP.form("evaluation"), "nl", IMP.version)), 2),
}


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium to print")
@pytest.mark.parametrize("what", PAGES)
def test_it_fits_the_pages_it_should(tmp_path: Path, what: str) -> None:
    page, most = PAGES[what]
    (tmp_path / "form.html").write_text(page, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    options += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'form.pdf'}"]
    printing = ["chromium", *options, f"file://{tmp_path / 'form.html'}"]
    subprocess.run(printing, check=True, capture_output=True, timeout=120)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "form.pdf").read_bytes())) <= most
