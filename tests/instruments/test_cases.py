"""Every worked case in the library scores as it was worked by hand, and a case that cannot be read is said."""

from pathlib import Path

import pytest

from pilotage.instruments.cases import Case, read_cases
from pilotage.instruments.catalogue import LIBRARY, available, load
from pilotage.problems import ProblemsFound

SCORED = [name for name in available() if load(name).scales]
CASES = [(name, case) for name in SCORED for case in read_cases(LIBRARY / name, load(name))]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case.name}" for name, case in CASES])
def test_a_worked_case_scores_as_it_was_worked(name: str, case: Case) -> None:
    np = pytest.importorskip("numpy")
    scoring = pytest.importorskip("pilotage.scoring.score")
    answers = np.array([[np.nan if code is None else code for code in case.answers]], dtype=float)
    scored = scoring.score(load(name), answers, case.switches)
    got = {scale: float(scores.score[0]) for scale, scores in scored.items()}
    wanted = {scale: np.nan if score is None else score for scale, score in case.expected.items()}
    assert got == pytest.approx(wanted, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", SCORED)
def test_cases_hold_complete_forms_blanks_and_a_form_too_blank_to_score(name: str) -> None:
    cases = read_cases(LIBRARY / name, load(name))
    complete = {case.answers for case in cases if None not in case.answers}
    assert len(complete) >= 3
    assert any(None in case.expected.values() for case in cases)
    assert all(None not in case.expected.values() for case in cases if case.answers in complete)


@pytest.mark.parametrize("name", SCORED)
def test_cases_reach_both_ends_of_every_scale_that_is_all_items(name: str) -> None:
    instrument = load(name)
    cases = read_cases(LIBRARY / name, instrument)
    for scale in instrument.scales:
        seen = {case.expected[scale.id] for case in cases}
        assert set(instrument.range_of(scale)) <= seen, scale.id


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("case,note,answers\n", "The column 'total' is missing."),
        ("case,note,answers,total,extra\n", "The column 'extra' is not a scale."),
        ("case,note,answers,total\na,,1 2 3,6\n", "'a' has 3 answers, but the form has 5 items."),
        ("case,note,answers,total\na,,1 2 3 x 5,6\n", "'x' among the answers is neither a code nor '.' for a blank."),
        ("case,note,answers,total\na,,1 2 3 4 5,many\n", "'many' is not a score"),
        ("case,note,answers,total\na,,1 2 3 4 5\n", "The line has fewer columns than the first."),
        ("case,note,switches,answers,total\na,,turn,1 2 3 4 5,1\n", "'turn' is not a switch and its choice"),
    ],
)
def test_a_case_that_cannot_be_read_is_said_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
    instrument = load("who-5").model_copy(update={"scales": [load("who-5").scale("total")]})
    with pytest.raises(ProblemsFound) as found:
        read_cases(tmp_path, instrument)
    assert said in str(found.value)
    assert found.value.problems[0].line == len(text.splitlines())


def test_no_cases_is_said_with_where_to_read_about_them(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="has no worked cases"):
        read_cases(tmp_path, load("who-5"))
