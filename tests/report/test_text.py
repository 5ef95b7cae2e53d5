"""A document in a terminal: its headings, sentences and tables, as they stand in the other files."""

from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Bullets, Document, Paragraph, Section
from pilotage.report.model.numbering import numbered
from pilotage.report.model.values import Quantity
from pilotage.report.render.text import body_text, table_text
from pilotage.report.render.text import text as as_text

TABLE = table(
    "scores", "Scores by arm", (text("arm", "Arm"), numbers("n", "n")), [("training", Quantity(25, "count"))],
    ("Everyone who answered.",),
)  # fmt: skip
SECTION = Section("scores", "Scores", (Paragraph("Two arms."), Bullets(("first", "second")), TABLE))


def test_a_document_is_printed_with_its_headings_and_its_tables_with_their_numbers() -> None:
    document = numbered(Document("A study", "in spring", "en", (SECTION,), simulated="SIMULATED"))
    assert as_text(document).splitlines() == [
        "A study: in spring",
        "SIMULATED",
        "",
        "SCORES",
        "",
        "Two arms.",
        "",
        "- first",
        "- second",
        "",
        "Table 1. Scores by arm",
        "------------",
        "Arm        n",
        "------------",
        "training  25",
        "------------",
        "Everyone who answered.",
    ]


def test_a_table_by_itself_has_no_number() -> None:
    assert table_text(TABLE).splitlines()[0] == "Scores by arm"


def test_notes_that_follow_one_another_stand_together() -> None:
    notes = (Paragraph("Calm: nobody left out.", "note"), Paragraph("Joy: nobody left out.", "note"))
    assert body_text((Paragraph("Read."), *notes)) == "Read.\n\nCalm: nobody left out.\nJoy: nobody left out."


def test_a_long_sentence_is_broken_to_the_width_of_a_terminal() -> None:
    lines = body_text((Paragraph("word " * 60),)).splitlines()
    assert max(map(len, lines)) <= 100
