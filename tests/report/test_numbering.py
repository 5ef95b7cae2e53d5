"""Tables and figures are numbered where the document is built, in reading order; sentences refer to them by key."""

from functools import cache
from itertools import product

import pytest

from pilotage.analysis.disclosure import shareable
from pilotage.data.simulate import ScenarioName
from pilotage.report.documents.study_report import study_report
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import (
    Bullets,
    Document,
    Edition,
    FlowFigure,
    Paragraph,
    Place,
    Section,
    TableBlock,
)
from pilotage.report.model.layout import caption
from pilotage.report.model.numbering import kind, numbered, ref
from pilotage.report.sections.context import Context
from tests.analysis.study import analysed_rehearsal

BOTH = list(product(("imp-2020", "imp"), ("analyst", "shared")))
STUDIES = pytest.mark.parametrize(("name", "edition"), BOTH, ids=[" ".join(names) for names in BOTH])


def little_table(key: str, place: Place = "main", *notes: str) -> TableBlock:
    return table(key, key.capitalize(), (text("a", "A"),), [("1",)], notes, place=place)


def flow(key: str, place: Place) -> FlowFigure:
    return FlowFigure(key, key.capitalize(), "", (), (), place=place)


def document(*blocks: Paragraph | Bullets | TableBlock | FlowFigure) -> Document:
    inner = Section("inner", "Inner", blocks[1:])
    return Document("Study", "Report", "en", (Section("outer", "Outer", blocks[:1], (inner,)),))


@cache
def report(name: str, edition: Edition, scenario: ScenarioName = "troubled") -> Document:
    joined, results, scores = analysed_rehearsal(name, scenario)
    shown = shareable(results, 5) if edition == "shared" else results
    return study_report(Context(joined.loaded, shown, scores, edition, "pilotage report", joined.arm_of))


def test_the_main_text_counts_1_2_and_the_supplement_s1_s2_in_the_order_of_reading() -> None:
    blocks = (little_table("a"), little_table("b", "supplement"), flow("c", "main"), little_table("d"),
              flow("e", "supplement"), little_table("f", "supplement"))  # fmt: skip
    captions = [caption(exhibit) for exhibit in numbered(document(*blocks)).exhibits()]
    assert captions == ["Table 1. A", "Table S1. B", "Figure 1. C", "Table 2. D", "Figure S1. E", "Table S2. F"]


def test_a_sentence_names_a_table_by_its_key_wherever_the_table_stands() -> None:
    made = numbered(document(
        Paragraph(f"See {ref('late')}."), Bullets((f"And {ref('early')}.",)),
        little_table("early", "main", f"More in {ref('late')}."), little_table("late", "supplement"),
    ))  # fmt: skip
    first, second, early, _ = made.blocks()
    assert isinstance(first, Paragraph)
    assert isinstance(second, Bullets)
    assert isinstance(early, TableBlock)
    assert [first.text, *second.items, *early.notes] == ["See Table S1.", "And Table 1.", "More in Table S1."]


def test_a_reference_to_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="'gone'"):
        numbered(document(Paragraph(f"See {ref('gone')}.")))


def test_two_tables_with_one_key_are_an_error() -> None:
    with pytest.raises(ValueError, match="'same'"):
        numbered(document(little_table("same"), little_table("same")))


def test_what_another_paper_calls_a_table_stands_beside_its_own_number() -> None:
    made = numbered(
        document(little_table("outcomes"), little_table("other")), {"outcomes": "Table 5 of the 2020 paper"}
    )
    assert [caption(t) for t in made.tables()] == ["Table 1 (Table 5 of the 2020 paper). Outcomes", "Table 2. Other"]


@STUDIES
def test_the_tables_and_figures_of_a_report_are_1_to_n_and_s1_to_m(name: str, edition: Edition) -> None:
    exhibits = report(name, edition).exhibits()
    for what, place in product(("Table", "Figure"), ("main", "supplement")):
        numbers = [e.number for e in exhibits if kind(e) == what and e.place == place]
        prefix = "S" if place == "supplement" else ""
        assert numbers == [f"{prefix}{n}" for n in range(1, len(numbers) + 1)], what
    assert len({(kind(e), e.number) for e in exhibits}) == len(exhibits)


@STUDIES
def test_no_reference_of_a_report_is_left_open(name: str, edition: Edition) -> None:
    words: list[str] = []
    for block in report(name, edition).blocks():
        match block:
            case Paragraph():
                words.append(block.text)
            case Bullets():
                words += block.items
            case _:
                words += block.notes
    assert not [sentence for sentence in words if "⟦" in sentence]


def test_the_main_text_holds_what_a_journal_would_print() -> None:
    main = [exhibit.id for exhibit in report("imp-2020", "shared", "paper").exhibits() if exhibit.place == "main"]
    tables = [key for key in main if not key.startswith("change-")]
    assert tables == [
        "flow-figure", "table-3-professions", "baseline", "feasibility", "table-5-outcomes", "reactions",
    ]  # fmt: skip


def test_a_study_that_follows_the_2020_paper_says_what_a_table_is_called_there() -> None:
    outcomes = next(t for t in report("imp-2020", "shared").tables() if t.id == "table-5-outcomes")
    assert outcomes.known_as == "Table 5 of the 2020 paper"
