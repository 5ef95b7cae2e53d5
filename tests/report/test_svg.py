"""Figures are laid out once: real text, a description, different without colour, the same every time."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pilotage.report.figures import drawing
from pilotage.report.figures.axis import axis
from pilotage.report.figures.change import ARM_COLOURS, DASHES
from pilotage.report.figures.shapes import Circle, Drawing, Polygon, Polyline, Text
from pilotage.report.figures.tables import table_of
from pilotage.report.model.document import ArmChange, ChangeFigure, Figure, Whisker
from pilotage.report.model.values import Estimated
from pilotage.report.render.svg import svg
from tests.report.sample import CANARY, CHANGE, FLOW, SHARED

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).parents[2]
ALL = pytest.mark.parametrize("figure", [CHANGE, SHARED, FLOW], ids=lambda figure: figure.id)


def words_of(drawn: Drawing) -> list[str]:
    return [shape.words for shape in drawn.shapes if isinstance(shape, Text)]


@ALL
def test_a_figure_says_what_it_shows_to_those_who_do_not_see_it(figure: Figure) -> None:
    root = ElementTree.fromstring(svg(figure))
    assert root.get("role") == "img"
    named = {part.get("id"): part.text for part in (root.find(f"{SVG}title"), root.find(f"{SVG}desc"))}
    assert [named[name] for name in (root.get("aria-labelledby") or "").split()] == [figure.title, figure.alt]


def drawn_elsewhere(hash_seed: str) -> str:
    """The figures as a process of its own draws them, where sets and dictionaries have another order."""
    code = (
        "from tests.report.sample import CHANGE, FLOW, SHARED\n"
        "from pilotage.report.render.svg import svg\n"
        "print(*map(svg, (CHANGE, SHARED, FLOW)), sep='\\n')"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout


def test_the_same_figures_are_the_same_text_in_every_process() -> None:
    here = "".join(f"{svg(figure)}\n" for figure in (CHANGE, SHARED, FLOW))
    assert drawn_elsewhere("1") == here
    assert drawn_elsewhere("2") == here


@ALL
def test_another_fact_is_another_text(figure: Figure) -> None:
    assert svg(replace(figure, title="Another title")) != svg(figure)


def test_a_mean_that_moves_is_drawn_elsewhere() -> None:
    arm = CHANGE.arms[0]
    moved = replace(arm, means=(Whisker(3.0, 2.95, 3.45), *arm.means[1:]))
    assert svg(replace(CHANGE, arms=(moved, *CHANGE.arms[1:]))) != svg(CHANGE)


@ALL
def test_every_shape_stays_on_the_page(figure: Figure) -> None:
    drawn = drawing(figure)
    for shape in drawn.shapes:
        points = shape.points if isinstance(shape, Polyline | Polygon) else [(shape.x, shape.y)]
        for x, y in points:
            assert -1 <= x <= drawn.width + 1
            assert -1 <= y <= drawn.height + 1


def test_what_people_wrote_is_escaped() -> None:
    drawn = svg(replace(CHANGE, title=CANARY, alt=CANARY, axis=CANARY, occasions=(CANARY, "after")))
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


def test_each_person_is_one_thin_translucent_line_and_each_arm_one_bold_one() -> None:
    lines = [shape for shape in drawing(CHANGE).shapes if isinstance(shape, Polyline)]
    people = [line for line in lines if line.paint.opacity < 1]
    means = [line for line in lines if line.paint.width > 2.5]
    assert len(people) == 25 + 22
    assert len(means) == 2


def test_the_shared_edition_draws_no_single_person() -> None:
    assert not any(isinstance(s, Polyline) and s.paint.opacity < 1 for s in drawing(SHARED).shapes)


def test_arms_differ_without_colour() -> None:
    lines = [s for s in drawing(SHARED).shapes if isinstance(s, Polyline) and s.paint.width > 2.5]
    assert len({line.paint.dash for line in lines}) == 4
    assert len(set(DASHES)) == len(set(ARM_COLOURS)) == 4


def test_a_person_without_one_occasion_leaves_a_gap_and_not_a_nought() -> None:
    gap = ArmChange("training", 1, (Whisker(3, 2, 4),) * 4, lines=((2.0, 3.0, float("nan"), 4.0),))
    drawn = drawing(replace(CHANGE, occasions=("a", "b", "c", "d"), arms=(gap,)))
    people = [s for s in drawn.shapes if isinstance(s, Polyline) and s.paint.opacity < 1]
    assert [len(line.points) for line in people] == [2]


def test_occasions_too_wide_for_their_place_become_numbers_with_a_key() -> None:
    said = words_of(drawing(SHARED))
    assert {"1", "2", "3", "4", "5", "6"} <= set(said)
    assert "1 = pretest" in " ".join(said).replace("\N{NO-BREAK SPACE}", " ")
    assert "before" in words_of(drawing(CHANGE))


def test_a_mean_without_interval_has_its_mark_and_no_whisker() -> None:
    bare = ArmChange("control", 1, (Whisker(3, None, None),))
    drawn = drawing(replace(CHANGE, occasions=("before",), arms=(bare,)))
    assert sum(isinstance(s, Circle) for s in drawn.shapes) == 1
    assert not [s for s in drawn.shapes if isinstance(s, Polyline) and s.paint.stroke == "arm1"]


def test_a_figure_of_nobody_is_still_drawn() -> None:
    nobody = ChangeFigure("empty", "Nobody", "Nobody was analysed.", "Score", ("before",), (ArmChange("a", 0, ()),))
    words = " ".join(ElementTree.fromstring(svg(nobody)).itertext())
    assert "Nobody was analysed." in words
    assert "a (n = 0)" in words


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([1.9, 4.5], (1, 2, 3, 4, 5)),
        ([56.0, 84.0], (50, 60, 70, 80, 90)),
        ([-0.4, 0.7], (-0.5, -0.25, 0, 0.25, 0.5, 0.75)),
        ([3.0], (2, 2.5, 3, 3.5, 4)),
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1)),
        ([float("nan"), 0.0, 1.0], (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_an_axis_has_round_ticks_around_its_values(values: list[float], ticks: tuple[float, ...]) -> None:
    assert axis(values, 0, 100).ticks == ticks


def test_the_table_behind_a_figure_holds_its_numbers() -> None:
    rows = table_of(CHANGE).rows
    assert rows[0].heading
    assert rows[1].cells == ("before", Estimated(3.2, 2.95, 3.45, "score"))
    assert len(table_of(SHARED).columns) == 7
    assert table_of(FLOW).rows[0].cells == (
        "Approached; n not collected",
        "Not eligible: 3; Declined: fewer than 5",
    )
