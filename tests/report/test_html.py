"""The HTML report: one file that needs nothing else, for screens, phones, paper and those who listen."""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pilotage.report.model.palette import DARK, LIGHT, Colour
from pilotage.report.render.html import html, on_phone, write_html
from tests.report.sample import CANARY, DOCUMENT, FEASIBILITY, OUTCOMES, WIDE

PAGE = html(DOCUMENT)
SAID = PAGE.replace("\N{NO-BREAK SPACE}", " ")
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Reader(HTMLParser):
    """Notes every element, and that each is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


READ = Reader(PAGE)


def test_every_element_is_closed_where_it_was_opened() -> None:
    assert READ.wrong == []
    assert READ.open == []


def test_the_page_needs_nothing_from_elsewhere() -> None:
    addresses = [a.get(key) for _, a in READ.found for key in ("src", "href", "data", "srcset", "action") if key in a]
    assert all(address and address.startswith("#") for address in addresses)
    assert "url(" not in PAGE
    assert "@import" not in PAGE
    assert not READ.all("script")
    assert set(re.findall(r"https?://[^\s\"'<]+", PAGE)) == {"http://www.w3.org/2000/svg"}


def test_what_people_wrote_cannot_become_a_script() -> None:
    everywhere = replace(DOCUMENT, title=CANARY, subtitle=CANARY, byline=(CANARY,), facts={CANARY: CANARY})
    page = html(replace(everywhere, simulated=CANARY))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 7


def test_no_two_parts_share_a_name_and_every_link_finds_its_part() -> None:
    names = Counter(a["id"] for _, a in READ.found if "id" in a)
    assert max(names.values()) == 1
    assert {a["href"] for a in READ.all("a")} <= {f"#{name}" for name in names}


def test_simulated_data_is_stamped_at_the_top_and_in_the_title() -> None:
    assert '<p class="band" role="note"><span>SIMULATED data, scenario paper' in PAGE
    assert "<title>SIMULATED: " in PAGE
    assert "SIMULATED: seed 1" in html(replace(DOCUMENT, simulated="seed 1"))


def test_real_data_bears_no_stamp() -> None:
    assert "SIMULATED" not in html(replace(DOCUMENT, simulated=""))


def test_headings_nest_and_the_contents_list_them() -> None:
    assert len(READ.all("h1")) == 1
    assert len(READ.all("h2")) == 2
    assert len(READ.all("h3")) == 3
    assert {f"#part-{name}" for name in ("summary", "outcomes-section", "flow-section")} <= {
        a["href"] for a in READ.all("a")
    }


def test_tables_are_numbered_with_heads_and_row_names() -> None:
    assert "<caption><b>Table 2.</b> Outcomes before and after</caption>" in PAGE
    assert '<th scope="row" class="left" data-label="Outcome">Mindfulness</th>' in PAGE
    assert '<td class="right" data-label="Before, mean (SD)">3.21 (0.61)</td>' in PAGE
    assert '<tr class="group"><th scope="rowgroup" colspan="8">Main outcomes</th></tr>' in PAGE


def test_lights_have_a_shape_and_a_word_beside_their_colour() -> None:
    for colour, words in (("green", "● green"), ("amber", "▲ amber"), ("red", "■ red")):
        assert f'<td class="light {colour}" data-label="Light">{words}</td>' in SAID


def test_every_figure_has_its_numbers_one_tap_away() -> None:
    assert len(READ.all("figure")) == len(READ.all("svg")) == PAGE.count("The numbers behind this figure") == 3
    assert "3.20 [2.95, 3.45]" in SAID


def test_tables_read_on_a_phone() -> None:
    narrow = replace(OUTCOMES, columns=OUTCOMES.columns[:2], rows=())
    assert [on_phone(table) for table in (narrow, FEASIBILITY, OUTCOMES, WIDE)] == [
        "kept", "stacked", "stacked", "scrolled",
    ]  # fmt: skip


def test_a_number_and_its_sign_stay_on_one_line() -> None:
    assert "[.011,\N{NO-BREAK SPACE}.267]" in PAGE
    assert "&lt;\N{NO-BREAK SPACE}.001" in PAGE
    assert "20/24 (83.3\N{NO-BREAK SPACE}%)" in PAGE


def test_the_page_stays_small() -> None:
    style = PAGE[PAGE.index("<style>") : PAGE.index("</style>")]
    assert len(style.encode()) < 25_000


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *(("ink", paper) for paper in ("page", "surface", "soft", "warned")),
        *((ink, "surface") for ink in ("muted", "accent", "green", "amber", "red", "arm1", "arm2", "arm3", "arm4")),
        ("muted", "page"),
        ("amber", "warned"),
        ("accent", "page"),
        ("stamped", "stamp"),
        ("surface", "accent"),
    ],
)
def test_words_stand_out_from_their_ground(theme: dict[Colour, str], ink: Colour, paper: Colour) -> None:
    dark, light = sorted((luminance(theme[ink]), luminance(theme[paper])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_same_document_is_the_same_file_written_whole(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_html(DOCUMENT, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {"one.html", "two.html"}


def printed(tmp_path: Path) -> list[str]:
    """The words of each page, as a browser prints them."""
    browser, reader = shutil.which("chromium"), shutil.which("pdftotext")
    if browser is None or reader is None:
        pytest.skip("chromium and pdftotext are not both installed")
    write_html(DOCUMENT, tmp_path / "report.html")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
               f"--user-data-dir={tmp_path / 'profile'}", "--print-to-pdf=report.pdf", "report.html"]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    words = subprocess.run([reader, "report.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, timeout=60)
    return words.stdout.decode().split("\f")[:-1]


def test_simulated_data_is_stamped_on_every_printed_page(tmp_path: Path) -> None:
    pages = printed(tmp_path)
    assert len(pages) >= 5
    assert all("SIMULATED" in page for page in pages)
    heads = [page for page in pages if "Donaudampfschifffahrts" in page]
    assert len(heads) >= 2
    assert all("Scale" in page for page in heads)
