"""The Word report: what an author can go on working with."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from pilotage.report.model.document import Document, Paragraph, Section, TableBlock, TableColumn, TableRow
from pilotage.report.model.wording import say
from pilotage.report.render.word import write_word
from pilotage.report.render.word.page import available
from pilotage.report.render.word.table import column_widths
from tests.report.sample import DOCUMENT, FEASIBILITY, OUTCOMES, WIDE


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Docx:
    file = tmp_path_factory.mktemp("word") / "report.docx"
    write_word(DOCUMENT, file)
    return docx.Document(str(file))


def test_headings_are_headings(word: Docx) -> None:
    found = [
        (p.style.name, p.text) for p in word.paragraphs if p.style and p.style.name.startswith(("Heading", "Title"))
    ]
    assert found == [
        ("Title", DOCUMENT.title),
        ("Heading 1", "Summary"),
        ("Heading 1", "Outcomes"),
        ("Heading 2", "Change by arm"),
        ("Heading 2", "Who took part"),
        ("Heading 2", "All scales"),
    ]


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("place", "table"), [(0, FEASIBILITY), (1, OUTCOMES), (2, WIDE)])
def test_tables_are_tables_with_every_cell(word: Docx, place: int, table: TableBlock) -> None:
    found = [[plain(cell.text) for cell in row.cells] for row in word.tables[place].rows]
    assert found[0] == [column.heading for column in table.columns]
    for row, cells in zip(table.rows, found[1:], strict=True):
        assert cells == ([say(row.cells[0])] * len(cells) if row.heading else [say(cell) for cell in row.cells])


def test_a_tables_head_is_repeated_on_every_page(word: Docx) -> None:
    for table in word.tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(heads) - 1)


def test_captions_stand_above_tables_and_notes_below(word: Docx) -> None:
    body = list(word.element.body)
    at = body.index(word.tables[1]._tbl)
    above, below = (docx.text.paragraph.Paragraph(body[n], word) for n in (at - 1, at + 1))
    assert (above.style.name, above.text) == ("Caption", "Table 2. Outcomes before and after")
    assert (below.style.name, below.text) == ("Table Note", "Standard deviations of the sample in brackets.")


def test_simulated_data_is_stamped_in_the_header_of_every_page(word: Docx) -> None:
    assert len(word.sections) == 2
    for section in word.sections:
        assert section.different_first_page_header_footer is False
        assert section.header.paragraphs[0].text.startswith("SIMULATED")
    assert word.settings.odd_and_even_pages_header_footer is False


def test_pages_are_numbered(word: Docx) -> None:
    fields = [f.get(qn("w:instr")).strip() for f in word.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_only_a_wide_table_turns_the_page(word: Docx) -> None:
    assert [s.orientation for s in word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_a_heading_turns_with_the_wide_table_below_it(word: Docx) -> None:
    body = list(word.element.body)
    turn = next(n for n, part in enumerate(body) if part.find(f".//{qn('w:sectPr')}") is not None)
    after = [docx.text.paragraph.Paragraph(part, word).text for part in body[turn + 1 : turn + 3]]
    assert after == ["All scales", "Table 3. Every scale at every occasion"]


def test_figures_have_descriptions(word: Docx) -> None:
    about = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(about) == 3
    assert about[0].startswith("Mindfulness rose in the training arm")


def test_the_file_says_what_it_is(word: Docx) -> None:
    core = word.core_properties
    assert (core.title, core.language, core.author) == (DOCUMENT.title, "en", "A. Person, B. Person")
    assert core.comments.startswith("SIMULATED")
    assert {tag.get(qn("w:val")) for tag in word.styles.element.iter(qn("w:lang"))} == {"en"}


def test_the_same_document_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        write_word(DOCUMENT, tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one.docx", "two.docx"))
    assert one == two
    with ZipFile(BytesIO(one)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_characters_that_xml_cannot_hold_are_left_out(tmp_path: Path) -> None:
    table = TableBlock("t", "A\x0btable", (TableColumn("a", "A", "left"),), (TableRow(("b\x00 & <b>",)),))
    document = Document("Ti\x01tle", "", "en", (Section("s", "S\x02", (Paragraph("p\x03"), table)),))
    write_word(document, tmp_path / "odd.docx")
    word = docx.Document(str(tmp_path / "odd.docx"))
    assert word.tables[0].cell(1, 0).text == "b & <b>"
    assert word.core_properties.title == "Title"


def test_real_data_bears_no_stamp(tmp_path: Path) -> None:
    write_word(Document("Title", "", "en", ()), tmp_path / "plain.docx")
    assert docx.Document(str(tmp_path / "plain.docx")).sections[0].header.paragraphs[0].text == "Title"


@pytest.mark.parametrize("table", [FEASIBILITY, OUTCOMES, WIDE], ids=lambda table: table.id)
def test_columns_stay_between_the_margins(table: TableBlock) -> None:
    room = available(on_its_side=table is WIDE)
    widths = column_widths(table, room)
    assert sum(widths) <= room
    assert min(widths) >= 300
