"""The glossary has one word for each idea, with its Dutch twin."""

import re
from itertools import groupby

from pilotage.vocabulary import AttendanceStatus, Role, SessionState
from tests.shared import ROOT

ROW = re.compile(r"\| \*\*(.+?)\*\* \| (.+?) \| (.+?) \|")
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
NOUNS = """study protocol arm cohort participant enrolment session guideline contemplation practice attendance
    assessment administration instrument item response scale score deviation indicator estimate report pairing round
    dyad"""
LONGER = [
    "home practice",
    "adverse event",
    "analysis plan",
    "response scale",
    "session held",
    "criterion (progression)",
]


def tables() -> list[list[str]]:
    """The words of each table, in small letters."""
    grouped = groupby(PAGE, key=lambda line: line.startswith("| **"))
    return [[ROW.match(line)[1].lower() for line in lines] for is_table, lines in grouped if is_table]


def test_every_word_has_a_dutch_twin_and_a_meaning() -> None:
    assert [line for line in PAGE if line.startswith("| **") and not ROW.fullmatch(line)] == []


def test_a_word_stands_there_once_and_in_alphabetical_order() -> None:
    words = [word for table in tables() for word in table]
    assert len(words) == len(set(words))
    assert [table for table in tables() if table != sorted(table)] == []


def test_the_nouns_of_the_field_are_there() -> None:
    words = {word for table in tables() for word in table}
    assert {*NOUNS.split(), *LONGER} - words == set()


def test_the_states_and_roles_that_a_person_sees_are_there() -> None:
    words = {word for table in tables() for word in table}
    states = {*AttendanceStatus, *SessionState} - {SessionState.PLANNED, SessionState.HELD}
    assert {state.value for state in states} - words == set()
    assert {role.value.replace("-", " ") for role in Role} - words == set()
