"""What the report says of the team's own doings, and that it says nothing where nothing was recorded."""

from __future__ import annotations

from pilotage.analysis.results import ConductEntry
from pilotage.report.model.document import Paragraph, TableBlock
from pilotage.report.sections.conduct import conduct
from tests.report import facts

LOCKED = ConductEntry("2026-03-02", "plan locked", "researcher 1", "the plan of protocol version 1", "")
CHANGED = ConductEntry("2026-04-01", "plan changed", "administrator 1", "significance: 0.05 became 0.01", "Asked for")
BOTH = ConductEntry("2026-02-01", "two roles in one person", "coordinator 1 and researcher 1", "both", "a small team")
SEEN = ConductEntry("2026-06-01", "teachers saw results", "teacher 1", "the shared report of copy 1", "")


def said(*entries: ConductEntry) -> tuple[str, list[TableBlock]]:
    section = conduct(facts.context(conduct=entries, not_collected=()))
    assert section is not None
    words = " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))
    return words, [block for block in section.blocks if isinstance(block, TableBlock)]


def test_nothing_is_said_where_nothing_was_recorded() -> None:
    assert conduct(facts.context(not_collected=("conduct",))) is None


def test_a_plan_that_stayed_as_it_was_locked_says_so() -> None:
    words, tables = said(LOCKED)
    assert "locked on 2026-03-02 (the plan of protocol version 1), and has not changed since" in words
    assert [table.id for table in tables] == ["conduct"]


def test_every_change_after_the_lock_is_listed_as_a_deviation_with_its_reason() -> None:
    words, (changes, _) = said(LOCKED, CHANGED)
    assert "changed 1 time after that; each change is a deviation" in words
    assert changes.title == "Deviations: changes of the analysis plan after it was locked"
    assert changes.rows[0].cells == ("2026-04-01", "significance: 0.05 became 0.01", "Asked for", "administrator 1")


def test_an_unlocked_plan_is_said_to_be_unlocked() -> None:
    assert "has not been locked" in said()[0]


def test_two_roles_in_one_person_are_disclosed_with_the_reason() -> None:
    assert "coordinator 1 and researcher 1 were one person (a small team)." in said(BOTH)[0]
    assert "Nobody held two roles." in said(LOCKED)[0]


def test_when_teachers_first_saw_results_is_said() -> None:
    assert "A teacher first saw results on 2026-06-01, after their release." in said(SEEN)[0]
    assert "no results had been shown to any teacher" in said(LOCKED)[0]
