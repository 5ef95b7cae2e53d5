"""Fidelity, attendance, dose, contacts and adaptations in the report: drawn, said, and shared without people."""

from dataclasses import replace

import pytest

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery_results import Adaptations, Contacts
from pilotage.analysis.disclosure import shareable
from pilotage.analysis.results import Results
from pilotage.analysis.run import analyse
from pilotage.analysis.scores import Scores
from pilotage.data.simulate import ScenarioName, simulate
from pilotage.protocol.load import load
from pilotage.report.figures import drawing
from pilotage.report.figures.shapes import Text
from pilotage.report.figures.tables import table_of
from pilotage.report.model.document import Block, Edition, GridFigure, Section
from pilotage.report.render.raster import _font, png
from pilotage.report.render.svg import svg
from pilotage.report.render.tables_csv import table_csv
from pilotage.report.sections.adaptations import adaptations_sentence
from pilotage.report.sections.contacts import contacts_sentence
from pilotage.report.sections.context import Context
from pilotage.report.sections.delivery import delivery
from pilotage.report.sections.fidelity import fidelity_sentence, raters_sentence
from tests.analysis.study import analysed_rehearsal
from tests.data.rehearsals import rehearsal, study


def results(scenario: ScenarioName = "paper") -> Results:
    return analysed_rehearsal("imp-2020", scenario)[1]


def section(edition: Edition = "analyst", scenario: ScenarioName = "paper") -> Section:
    loaded, found = study("imp-2020"), results(scenario)
    shown = shareable(found, 5) if edition == "shared" else found
    analysed = AnalysisInput(loaded, rehearsal("imp-2020", scenario))
    made = delivery(Context(loaded, shown, Scores(analysed, ()), edition, "pilotage report", analysed.arm_of))
    assert made is not None
    return made


def blocks(made: Section) -> dict[str, Block]:
    return {block.id: block for part in made.sections for block in part.blocks if hasattr(block, "id")}


def figure(name: str, scenario: ScenarioName = "paper") -> GridFigure:
    found = blocks(section(scenario=scenario))[name]
    assert isinstance(found, GridFigure)
    return found


def test_the_report_shows_fidelity_attendance_dose_contacts_and_adaptations() -> None:
    made = section()
    assert [part.id for part in made.sections] == ["fidelity", "attended", "contacts", "adapted"]
    assert {"fidelity-map", "attendance-grid", "delivered-dose", "contact-matrix", "pairing-quality"} <= set(
        blocks(made)
    )


def test_the_heat_map_has_a_row_for_each_block_and_a_column_for_each_session() -> None:
    own = [panel for panel in figure("fidelity-map").panels if "teacher" in panel.label]
    assert [(len(panel.rows), len(panel.columns)) for panel in own] == [(8, 9), (8, 9)]
    assert all(len(cells) == 9 for panel in own for _, cells in panel.rows)


@pytest.mark.parametrize("name", ["fidelity-map", "attendance-grid", "contact-matrix"])
@pytest.mark.parametrize("scenario", ["paper", "troubled"])
def test_a_grid_is_drawn_within_its_page_and_its_table_says_the_same(name: str, scenario: ScenarioName) -> None:
    grid = figure(name, scenario)
    drawn = drawing(grid)
    words = [shape for shape in drawn.shapes if isinstance(shape, Text)]
    assert all(0 <= text.x <= drawn.width and 0 < text.y < drawn.height for text in words)
    assert svg(grid).count("<text") == len(words)
    assert png(grid, scale=1.0).startswith(b"\x89PNG")
    behind = table_of(grid)
    assert sum(not row.heading for row in behind.rows) == sum(len(panel.rows) for panel in grid.panels)
    assert table_csv(behind).count("\n") == 1 + sum(len(panel.rows) for panel in grid.panels)


def test_no_state_is_told_by_colour_alone() -> None:
    cells = {(cell.meaning, cell.tone): cell.mark for cell, _ in figure("fidelity-map", "troubled").key}
    assert len(set(cells.values())) >= len(cells) - 1  # what was done and what was not held differ by their minutes
    came = {str(cell.meaning): cell.mark for cell, _ in figure("attendance-grid", "troubled").key}
    assert came["present"] != came["late"] != came["absent"] != came["excused"]


@pytest.mark.parametrize("name", ["fidelity-map", "attendance-grid", "contact-matrix"])
def test_every_mark_is_in_the_font_that_word_s_pictures_are_drawn_with(name: str) -> None:
    font = _font(False, 24)
    unknown = bytes(font.getmask("\U0010fffd"))
    marks = {letter for cell, _ in figure(name, "troubled").key for letter in cell.mark}
    assert [mark for mark in marks if bytes(font.getmask(mark)) in (unknown, b"")] == []


def test_the_shared_edition_shows_nobody() -> None:
    codes = set(rehearsal("imp-2020").participants["participant"])
    made = section("shared")
    assert {"attendance-grid", "contact-matrix", "dose-people"}.isdisjoint(blocks(made))
    assert {"fidelity-map", "attendance-by-group", "meetings", "pairing-quality"} <= set(blocks(made))
    assert not [code for code in codes if f"'{code}'" in repr(made)]


def test_blocks_that_may_be_left_out_are_said_to_be_so() -> None:
    found = results().fidelity
    assert found is not None
    assert "may be left out by the protocol" in fidelity_sentence(found)
    done = replace(found, blocks=tuple(replace(b, by_state={"done": 18}) for b in found.blocks))
    assert fidelity_sentence(done).endswith("all 144 blocks of the sessions held were done.")


def test_agreement_is_said_with_its_interval_and_where_nobody_watched_that_too() -> None:
    found = results().fidelity
    assert found is not None and found.watched is not None
    said = raters_sentence(found)
    assert "of 18 sessions" in said and "[" in said and "kappa" in said and "are alike" in said
    alone = replace(found, watched=replace(found.watched, value=0.0), agreement=())
    assert raters_sentence(alone).startswith("No session was rated by anybody but its teachers")


def contacts_of(**changes: object) -> Contacts:
    return replace(results().contacts[0], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"repeats": 0}, "nobody met the same person twice"),
        ({"repeats": 3, "repeats_bound": 0}, "met again 3 times, none of them forced by who came"),
        ({"repeats": 8, "repeats_bound": 8}, "met again 8 times, 8 of them forced by who came"),
    ],
)
def test_repeats_are_said_with_those_nobody_could_avoid(changes: dict[str, object], said: str) -> None:
    assert said in contacts_sentence(contacts_of(**changes)) or "all of which" in contacts_sentence(
        contacts_of(**changes)
    )


def test_departures_that_were_not_noted_are_not_said_to_be_none() -> None:
    none = Adaptations(4, {"flexible": 3, "not judged": 1}, {"planned": 4}, False, (), {}, {})
    assert adaptations_sentence(none).endswith("Departures while the course ran were not collected.")
    assert adaptations_sentence(replace(none, recorded=True)).endswith("No departure was noted while the course ran.")
    assert "4 ways (3 flexible and 1 not judged)" in adaptations_sentence(none)


def test_a_study_without_pairs_blocks_or_attendance_has_a_report_all_the_same() -> None:
    loaded = load("imp-2020")
    bare = simulate(loaded, seed=1, scenario="paper")
    gone = {name: bare.table(name).clear() for name in ("pairings", "fidelity", "adherence", "attendance")}
    data = replace(bare, **gone, collected=bare.collected - set(gone))
    found, _ = analyse(loaded, data)
    analysed = AnalysisInput(loaded, data)
    made = delivery(Context(loaded, found, Scores(analysed, ()), "analyst", "", analysed.arm_of))
    assert made is not None and [part.id for part in made.sections] == ["adapted"]
