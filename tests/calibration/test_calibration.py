"""Errors are as rare, and intervals as good, as they say: in short by default, in full by `just calibrate`."""

from pathlib import Path

import pytest

from tests.calibration.run import everything
from tests.calibration.studies import EVERY
from tests.calibration.study import AT_LEAST, EXACT, NEAR, Measured, Study, coverage, error, measure

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "calibration.md"
SHORT = 60


@pytest.mark.parametrize("study", EVERY, ids=lambda s: s.key)
def test_in_short_no_promise_is_far_from_kept(study):
    assert [m.row.what for m in measure(study, SHORT) if not (m.kept or m.row.known_broken)] == []


@pytest.mark.long
def test_every_promise_is_kept_but_those_known_to_be_broken():
    unexpected = [f"{m.study.key}: {m.row.what} {m.rate:.4f}" for m in everything() if not m.as_known]
    assert unexpected == []


def test_every_study_is_on_the_page_and_every_broken_promise_is_known():
    text = PAGE.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for study in EVERY:
        for row in study.rows:
            start = f"| {study.name} | {study.where} | {row.what} | {row.nominal:.3f} |"
            assert any(line.startswith(start) for line in rows), f"run `just calibrate`: {start}"
    assert text.count("| **broken**") == sum(row.known_broken for study in EVERY for row in study.rows)


def test_a_study_has_its_own_name_and_so_its_own_draws():
    assert len({study.key for study in EVERY}) == len(EVERY)


def measured(row, rate, runs=10_000):
    return Measured(Study("a test", (), "anywhere", (row,), runs), row, rate, runs, 0)


@pytest.mark.parametrize(
    ("row", "rate", "kept"),
    [
        (error(EXACT), 0.057, True),  # 3.2 Monte Carlo errors of .0022: one in 1,300
        (error(EXACT), 0.058, False),
        (error(EXACT), 0.042, False),
        (error(AT_LEAST), 0.001, True),
        (error(AT_LEAST), 0.058, False),
        (error(NEAR), 0.067, True),
        (error(NEAR), 0.069, False),
        (coverage(EXACT), 0.942, False),
        (coverage(AT_LEAST), 0.999, True),
        (coverage(AT_LEAST), 0.942, False),
        (coverage(NEAR), 0.933, True),
    ],
)
def test_a_promise_is_broken_beyond_its_margin_and_chance(row, rate, kept):
    assert measured(row, rate).kept == kept
    assert measured(row, 0.05).mc_error == pytest.approx(0.00218, abs=1e-5)


def test_the_same_study_gives_the_same_numbers_again():
    study = next(s for s in EVERY if s.name == "Welch's t")
    assert measure(study, 40) == measure(study, 40)
