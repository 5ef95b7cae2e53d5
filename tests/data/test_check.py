"""What is wrong with study data is said with table, row, column and value; one mistake at a time in sound data."""

import polars as pl
import pytest

from pilotage.data.check import check
from pilotage.data.study_data import StudyData
from tests.data.small_study import rows, small_study

SOUND = {
    "participants": """
        participant arm      cohort
        P1          training c1
        P2          control  c1
    """,
    "sessions": """
        cohort session held_on    minutes state
        c1     1       2026-03-02 60      held
        c1     2       -          -       planned
    """,
    "attendance": """
        participant session status
        P1          1       present
    """,
    "fidelity": """
        cohort session block   rater done
        c1     1       sitting T1    done
    """,
    "home_practice": """
        participant date       kind   minutes
        P1          2026-03-02 formal 10
    """,
    "administrations": """
        participant assessment instrument number
        P1          pre        calm-3     1
        P2          pre        calm-3     1
        P1          pre        about-you  1
        P1          evaluation evaluation 1
    """,
    "responses": """
        participant assessment instrument number item      value
        P1          pre        calm-3     1      1         4
        P2          pre        calm-3     1      1         -
        P1          pre        about-you  1      gender    woman
        P1          pre        about-you  1      age       40
        P1          pre        about-you  1      languages sv
        P1          evaluation evaluation 1      grade     8
    """,
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return small_study(tmp_path_factory.mktemp("study"))


def data_with(change=None, table=None):
    tables = {name: pl.DataFrame(rows(text)) for name, text in SOUND.items()}
    if table:
        old, new = change
        tables[table] = pl.DataFrame(rows(SOUND[table].replace(old, new)))
    return StudyData.from_tables(
        {
            name: frame.with_columns(pl.col(r"^(date|held_on)$").cast(pl.String).str.to_date())
            for name, frame in tables.items()
        }
    )


def test_sound_data_have_no_problems(study):
    assert check(data_with(), study) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "place", "words"),
    [
        ("participants", "P2          control", "P1          control", "participants.csv:3", "already a row of P1"),
        ("participants", "P1          training", "P1          -", "participants.csv:2", "'arm' is blank"),
        ("participants", "control ", "controll", "participants.csv:3", "'controll' is not in the protocol. Did you"),
        ("attendance", "present", "presnt", "attendance.csv:2", "Did you mean 'present'?"),
        ("attendance", "P1          1", "P9          1", "attendance.csv:2", "'P9' is not among the participants"),
        ("attendance", "P1          1", "P1          3", "attendance.csv:2", "session '3' is not in the protocol"),
        ("sessions", "2026-03-02", "-", "sessions.csv:2", "is 'held', but the day on which it was held is blank"),
        ("sessions", "2026-03-02 60      held", "- - truncated", "sessions.csv:2", "'truncated', but the day"),
        ("sessions", "held\n", "cancelled\n", "sessions.csv:2", "'cancelled', but it was held on 2026-03-02"),
        ("sessions", "-       planned", "60 planned", "sessions.csv:3", "took 60 minutes, but the day"),
        ("sessions", "-       planned", "60 postponed", "sessions.csv:3", "took 60 minutes, but the day"),
        ("fidelity", "sitting", "standing", "fidelity.csv:2", "block 'standing'"),
        ("home_practice", "formal", "informal", "home_practice.csv:2", "kind 'informal'"),
        ("administrations", "P2          pre", "P2          post", "responses.csv:3", "not among the administrations"),
        ("administrations", "P1          pre        about-you", "P1          post       about-you",
         "administrations.csv:4", "'post' does not ask 'about-you'"),
        ("administrations", "P2          pre        calm-3", "P2          prior      calm-3",
         "administrations.csv:3", "assessment 'prior'"),
        ("responses", "1      1         4", "1      4         4", "responses.csv:2", "'calm-3' has no item '4'"),
        ("responses", "1      1         4", "1      1         5", "responses.csv:2", "'5' is not between 0 and 4"),
        ("responses", "1      1         4", "1      1         2.5", "responses.csv:2", "'2.5' is not a whole number"),
        ("responses", "woman", "vrouw", "responses.csv:4", "'vrouw' is not one of woman, man, other (about-you"),
        ("responses", "age       40", "age       17", "responses.csv:5", "'17' is below 18 years"),
        ("responses", "languages sv", "languages fi", "responses.csv:6", "'fi' is not one of sv, nl, en"),
        ("responses", "grade     8", "grade     11", "responses.csv:7", "'11' is not between 0 and 10"),
        ("responses", "grade     8", "mark      8", "responses.csv:7", "'evaluation' has no item 'mark'"),
    ],
)  # fmt: skip
def test_one_mistake_is_said_with_its_place(study, table, old, new, place, words):
    problems = check(data_with((old, new), table), study)
    assert any(problem.place.startswith(place) and words in problem.message for problem in problems), problems


def test_a_postponed_or_replaced_session_may_have_its_day_or_not():
    for session in ("2026-03-02 60 postponed", "- - postponed", "2026-03-02 60 replaced", "- - replaced"):
        assert check(data_with(("2026-03-02 60      held", session), "sessions")) == [], session


def test_a_session_that_contradicts_itself_is_said_once_for_each_of_its_rows():
    contradictory = data_with(("2026-03-02 60      held", "- 60 held"), "sessions")
    assert [(problem.code, problem.line, problem.path) for problem in check(contradictory)] == [
        ("DATA-014", 2, "held_on")
    ]


def test_without_a_protocol_the_tables_own_rules_still_hold():
    assert check(data_with()) == []
    assert [p.code for p in check(data_with(("P1          1", "P9          1"), "attendance"))] == ["DATA-008"]


def test_many_mistakes_of_one_kind_are_counted(study):
    people = pl.DataFrame({"participant": [f"P{i}" for i in range(100)], "arm": "elsewhere"})
    problems = check(StudyData.from_tables({"participants": people}), study)
    assert len(problems) == 21
    assert problems[-1].message == "... and 80 more such rows."


def test_someone_who_consented_and_was_never_allocated_needs_no_arm(study):
    flow = pl.DataFrame({"participant": ["P7"], "consented_on": ["2026-01-01"]})
    flow = flow.with_columns(pl.col("consented_on").str.to_date())
    sound = StudyData.from_tables({"participants": data_with().participants, "flow": flow})
    assert check(sound, study) == []
    allocated = StudyData.from_tables({"participants": data_with().participants,
                                       "flow": flow.with_columns(allocated_on="consented_on")})  # fmt: skip
    assert [problem.code for problem in check(allocated, study)] == ["DATA-008"]
