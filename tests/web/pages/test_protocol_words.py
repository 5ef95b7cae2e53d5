"""The protocol's names in the language of the page."""

from __future__ import annotations

import pytest
from django.utils import translation

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.words import Text, TranslatedText
from pilotage.web.pages.protocol_words import called, in_page_language, named

BOTH = TranslatedText({"en": "Before", "nl": "Voor"})


def assessment(label: str, title: Text | None) -> Assessment:
    return Assessment(id="pre", label=label, title=title, when={"unknown": "not set"}, arms=["training"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "title", "language", "staff", "participants"),
    [
        ("T0", None, "nl", "T0", "T0"),
        (BOTH, None, "nl", "Voor", "Voor"),
        (BOTH, {"en": "First", "nl": "Eerst"}, "nl", "Voor", "Eerst"),
        ("T0", {"en": "First", "nl": "Eerst"}, "en", "T0", "First"),
        ("T0", {"en": "First", "nl": "Eerst"}, "nl", "Eerst", "Eerst"),
        ("T0", {"en": "First", "nl": "Eerst"}, "de", "T0", "First"),
        (BOTH, None, "de", "Before", "Before"),
    ],
)
def test_staff_read_the_label_and_participants_the_title(
    label: str, title: Text | None, language: str, staff: str, participants: str
) -> None:
    with translation.override(language):
        assert named(assessment(label, title)) == staff
        assert called(assessment(label, title)) == participants


def test_a_text_in_one_language_is_shown_as_it_is() -> None:
    with translation.override("nl"):
        assert in_page_language("Training") == "Training"
        assert in_page_language(BOTH) == "Voor"
