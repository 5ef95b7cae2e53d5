"""The protocol for an ethics board: everything the file says, in words, and what it does not know."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pilotage.protocol.allocation import AllocationPlan
from pilotage.protocol.assessment import Window
from pilotage.protocol.load import LoadedProtocol, library, load
from pilotage.protocol.protocol import OfferedReasons
from pilotage.protocol.summary import unknowns
from pilotage.report.documents.protocol import protocol_document
from pilotage.report.documents.protocol.measures import _numbers
from pilotage.report.model.document import Bullets, Document, Paragraph, TableBlock
from pilotage.report.model.protocol_labels import briefly, duration, known, window
from pilotage.report.model.wording import say
from pilotage.report.render.html import html
from pilotage.yaml_file import Unknown

LOADED = load("imp-2020")
DOCUMENT = protocol_document(LOADED)


def changed(**parts: Any) -> Document:
    """The document of the same protocol with some parts changed."""
    return protocol_document(replace(LOADED, protocol=LOADED.protocol.model_copy(update=parts)))


def rows_of(document: Document, table_id: str) -> list[list[str]]:
    table = next(t for t in document.tables() if t.id == table_id)
    return [[say(cell) for cell in row.cells] for row in table.rows]


def words_of(document: Document) -> str:
    """Every word of a document."""
    said: list[str] = []
    for block in document.blocks():
        match block:
            case Paragraph():
                said.append(block.text)
            case Bullets():
                said += block.items
            case TableBlock():
                said += [say(cell) for row in block.rows for cell in row.cells] + list(block.notes)
    return "\n".join(said)


def test_its_sections_are_those_a_board_looks_for() -> None:
    assert [section.title for section in DOCUMENT.sections] == [
        "Summary",
        "Aims and hypotheses",
        "Design and arms",
        "Eligibility",
        "Recruitment, consent and ethics",
        "The programme: Interpersonal Mindfulness Program (IMP)",
        "Schedule of assessments",
        "Measures",
        "The study's own forms",
        "Safety",
        "Data flow and roles",
        "Feasibility criteria",
        "Analysis plan",
        "People, funding and declarations",
        "Unknowns",
    ]


@pytest.mark.parametrize("study", library())
def test_every_study_of_the_library_makes_a_page(study: str) -> None:
    page = html(protocol_document(load(study)))
    assert "Unknown(" not in page
    assert "unknown=" not in page
    assert "datetime" not in page


def test_it_bears_the_fingerprint_of_the_file() -> None:
    assert DOCUMENT.facts["Fingerprint"] == LOADED.short_fingerprint


def test_tables_are_numbered_in_reading_order() -> None:
    assert [table.number for table in DOCUMENT.tables()] == [str(n) for n in range(1, len(DOCUMENT.tables()) + 1)]


def test_the_schedule_says_which_arm_is_asked_what_and_when() -> None:
    rows = {row[0]: row[1:4] for row in rows_of(DOCUMENT, "assessments")}
    assert rows["Before the training"] == ["within 3 weeks before session 1", "●", "●"]
    assert rows["Evaluation form"] == ["within 1 day after the last session", "●", "–"]
    asked = {row[0]: row[1:] for row in rows_of(DOCUMENT, "asked")}
    assert asked["Self-Compassion Scale"] == ["●", "●", "–", "–"]
    assert asked["Evaluation of the training"] == ["–", "–", "●", "–"]


def test_sessions_carry_both_numbers() -> None:
    rows = [row[:2] for row in rows_of(DOCUMENT, "sessions")]
    assert rows[3:6] == [["4", "4"], ["5", "(in place of the practice day)"], ["6", "5"]]


def test_minutes_say_whose_they_are() -> None:
    average = next(t for t in DOCUMENT.tables() if t.id == "average-session")
    assert average.notes == (
        "The minutes are proposals of Pilotage: none are published, and a site sets its own.",
        "Together 150 minutes.",
    )


def test_every_value_said_to_be_unknown_is_listed_with_its_reason() -> None:
    listed = rows_of(DOCUMENT, "unknown")
    reasons = {why for _, why in listed}
    assert reasons == {line.split(": ", 2)[2] for line in unknowns(LOADED)}
    assert ["study: registration", "the paper names no registration"] in listed


def test_a_study_without_exclusions_says_none_specified() -> None:
    assert rows_of(DOCUMENT, "eligibility")[-1][0] == "none specified"


def test_criteria_say_green_red_and_why() -> None:
    rows = {row[0]: row for row in rows_of(DOCUMENT, "criteria")}
    assert rows["Would recommend it"][3:5] == ["≥ 75 %", "< 50 %"]
    assert rows["Would recommend it"][5].startswith("Three in four")
    assert rows["Very relevant for one's profession"][3:] == ["none", "none", ""]
    assert rows["Assumed, not measured"][1].startswith("Distress and burn-out are common")


def test_the_reasons_that_forms_offer_are_listed() -> None:
    assert "Reasons offered for" not in words_of(changed(reasons=OfferedReasons()))
    reasons = OfferedReasons(declining=["no time", "illness"], waiting=["the group was full"])
    offered = words_of(changed(reasons=reasons))
    declining = "Reasons offered for declining to take part: no time and illness; others are recorded in free text."
    assert declining in offered.split("\n")
    assert "for being put on the waiting list: the group was full; others" in offered
    assert "for leaving" not in offered


def test_roles_say_what_is_never_seen() -> None:
    rows = {row[0]: row for row in rows_of(DOCUMENT, "roles")}
    assert rows["teacher"][2] == "responses, scores, named diaries and evaluation forms"
    assert "Nobody is both teacher and researcher." in words_of(DOCUMENT)


def test_scales_say_how_they_are_scored() -> None:
    rows = {row[0]: row for row in rows_of(DOCUMENT, "scales")}
    items, reverse, *scored = rows["Observing"][1:]
    assert (items, reverse) == ("1, 6, 11, 15, 20, 26, 31, 36", "none")
    assert scored == ["sum of items", "8 to 40", "1 of 8 (ours)", "higher"]
    assert rows["Self-kindness"][5] == "1 of 5 (ours)"
    assert rows["Common humanity"][5] == "none (ours)"


@pytest.mark.parametrize(
    ("tolerance", "words"),
    [(0, "at least as long as planned"), (1, "at most 1 minute shorter"), (10, "at most 10 minutes")],
)
def test_it_says_how_much_shorter_a_session_may_be(tolerance: int, words: str) -> None:
    assert LOADED.protocol.programme is not None
    programme = LOADED.protocol.programme.model_copy(update={"tolerance": tolerance})
    assert f"A session counts as held in full if it is {words}" in words_of(changed(programme=programme))


def test_a_study_without_a_programme_leaves_that_section_out() -> None:
    titles = [section.id for section in changed(programme=None).sections]
    assert "programme" not in titles
    assert "schedule" in titles


def test_a_study_without_a_safety_plan_is_told_so() -> None:
    assert "does not say how adverse events are asked for" in words_of(changed(safety=None))
    assert "does not say how adverse events are asked for" not in words_of(DOCUMENT)


def test_course_and_study_together_reads_otherwise_than_apart() -> None:
    assert "Course and study are separate" in words_of(DOCUMENT)
    together = words_of(changed(course_and_study="together"))
    assert "Course and study belong together" in together
    assert "Course and study are separate" not in together


def test_a_drawn_study_says_that_lots_are_drawn() -> None:
    study = LOADED.protocol.study.model_copy(update={"randomised": True})
    assert "Participants are randomised to the arms." in words_of(changed(study=study))
    assert "Participants are not randomised." in words_of(DOCUMENT)


def test_a_drawn_study_says_how_lots_are_drawn() -> None:
    study = LOADED.protocol.study.model_copy(update={"randomised": True})
    ratio = {"training": 2, "control": 1}
    draw = AllocationPlan(method="by chance", ratio=ratio, blocks=[3, 6], strata=["centre"])

    said = words_of(changed(study=study, allocation=draw))

    assert "Allocation ratio, in each 3 people: 2 to Training and 1 to Control. Permuted blocks of 3 and 6" in said
    assert "Stratified by centre. Allocation is concealed" in said


def test_what_is_agreed_to_stands_with_consent() -> None:
    rows = {row[0].split(".")[0]: row[1] for row in rows_of(DOCUMENT, "statements")}

    assert rows["I know that colleagues may be in the room"] == "yes"
    assert rows["My voice may be heard on recordings made in the sessions for my own group"] == "no"
    assert "already frozen for analysis stay in that copy" in words_of(DOCUMENT)


def test_safety_says_how_soon_to_whom_and_what_raises_an_alert() -> None:
    next_study = protocol_document(load("imp"))
    said = words_of(next_study)

    assert "People who report an adverse event get an answer within 2 days." in said
    assert "A report not opened within 1 day goes to a deputy: not known: to be filled in by the site." in said
    assert "may know of it: coordinator, safety contact and independent contact." in said
    assert "Serious means: Death, danger to life" in said
    assert rows_of(next_study, "alerts")[0][:3] == ["pss-10.total", ">= 27", "safety contact"]
    assert "No messages are sent between 21:00 and 08:00." in said


def test_an_instrument_without_a_key_says_what_is_missing() -> None:
    from pilotage.instruments import catalogue

    unkeyed = {"scs-24-nl": catalogue.load("scs-24-nl")}
    protocol = LOADED.protocol.model_copy(update={"instruments": ["scs-24-nl"]})
    loaded: LoadedProtocol = replace(LOADED, protocol=protocol, instruments=unkeyed)
    assert "cannot be scored: Which two of the 26 items were dropped" in words_of(protocol_document(loaded))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (Window(before="session 1", within=timedelta(weeks=3)), "within 3 weeks before session 1"),
        (Window(after="last session", from_=timedelta(weeks=11), within=timedelta(weeks=15)),
         "from 11 weeks to 15 weeks after the last session"),
        (Window(after="enrolment"), "after enrolment"),
        (Window(repeats="every week"), "every week"),
        (Unknown(unknown="not reported"), "not known: not reported"),
    ],
)  # fmt: skip
def test_windows_read_as_a_person_says_them(when: Window | Unknown, words: str) -> None:
    assert window(when) == words


def test_what_is_not_known_is_said_with_its_reason_or_briefly() -> None:
    assert known(Unknown(unknown="not reported")) == "not known: not reported"
    assert briefly(Unknown(unknown="not reported")) == "not known"
    assert [known(v) for v in (None, True, ["a", "b"], 3)] == ["", "yes", "a; b", "3"]


def test_lengths_of_time_take_their_largest_whole_unit() -> None:
    lengths = [timedelta(minutes=45), timedelta(hours=3), timedelta(days=10), timedelta(days=21), timedelta(days=360)]
    assert [duration(length) for length in lengths] == ["45 minutes", "3 hours", "10 days", "3 weeks", "12 months"]


def test_runs_of_items_are_drawn_together() -> None:
    assert _numbers([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
    assert _numbers([]) == ""
