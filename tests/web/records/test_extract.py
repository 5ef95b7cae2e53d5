"""What leaves the records: study data by fresh codes, of those who consented, and of nobody by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilotage.data import check
from pilotage.web.records import actions, extract, protocols
from pilotage.web.records.frozen_codes import fresh_codes
from pilotage.web.records.models import Deviation, Participant, Step
from tests.web.cast import Cast, consented, someone
from tests.web.researcher.filled import (
    CANARY,
    commented,
    delivered,
    filled,
    left,
    on_the_course_alone,
    reaction,
)

NEVER = ("records_identity", "records_signature", "records_personkey", "records_personallink")


def drawn(cast: Cast):
    codes = fresh_codes(cast.study, extract.consenting(cast.study).values_list("pk", flat=True))
    return extract.study_data(cast.study, codes), codes


def rich(cast: Cast) -> list[Participant]:
    people = filled(cast)
    delivered(cast, *people[:3])
    actions.redact_comment(cast.staff["researcher"], commented(cast, people[0]), "Too much time")
    reaction(people[1])
    on_the_course_alone(cast)
    return people


def cells(data) -> list[str]:
    return [str(cell) for _, frame in data.tables() for row in frame.iter_rows() for cell in row if cell is not None]


def test_an_extraction_never_asks_who_people_are(cast: Cast) -> None:
    rich(cast)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        drawn(cast)
    assert len(asked) > 10
    assert not [query["sql"] for query in asked if any(table in query["sql"] for table in NEVER)]


def test_the_door_does_not_name_identity() -> None:
    for file in Path(extract.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not (names | attributes) & {"Identity", "Signature", "PersonKey", "identity", "signature"}, file.name


def test_no_name_address_or_number_of_anyone_is_in_any_cell(cast: Cast) -> None:
    rich(cast)
    data, _ = drawn(cast)
    staff = [user.name for user in cast.staff.values()]
    for never in (CANARY, "people.example", "calm.example", "06-987", *staff):
        assert not [cell for cell in cells(data) if never in cell], never


def test_the_codes_coordinators_know_are_nowhere_even_in_what_staff_wrote(cast: Cast) -> None:
    people = rich(cast)
    session = cast.cohort.sessions.get(number=1)
    words = "Ended early because P01 and p02 were ill; P011 is nobody"
    Deviation.objects.create(
        study=cast.study, session=session, on="2026-03-05", kind="setting", planned="ad hoc", description=words
    )
    data, _ = drawn(cast)
    said = data.deviations["description"].to_list()
    assert said == ["Ended early because (a participant) and (a participant) were ill; P011 is nobody"]
    assert not {person.code for person in people} & set(cells(data))


def test_all_that_was_given_is_there_and_sound(cast: Cast) -> None:
    rich(cast)
    data, _ = drawn(cast)
    assert check.check(data, protocols.of(cast.study)) == []
    heights = {table.name: frame.height for table, frame in data.tables()}
    assert heights["flow"] == heights["participants"] == 8
    assert heights["administrations"] == 8 * 5 + 1
    assert heights["responses"] == 8 * (2 * 49 + 1) + 2 + 10  # the last are items that got no answer
    assert heights["attendance"] == heights["home_practice"] == 3
    assert heights["comments"] == heights["adverse_events"] == 1
    assert heights["sessions"] == 3
    assert "pairings" not in data.collected


def test_someone_on_the_course_alone_is_counted_and_never_a_row(cast: Cast) -> None:
    filled(cast, 2)
    on_the_course_alone(cast)
    data, codes = drawn(cast)
    assert len(codes) == data.flow.height == data.participants.height == 2
    counts = {(row["stage"], row["reason"]): row["count"] for row in data.approached.iter_rows(named=True)}
    assert counts["declined", "no time"] == 1


def test_whoever_left_and_kept_their_answers_stays_with_them(cast: Cast) -> None:
    people = filled(cast, 2)
    delivered(cast, people[0])
    left(people[0])
    data, codes = drawn(cast)
    row = data.flow.filter(data.flow["participant"] == codes[people[0].pk]).row(0, named=True)
    assert (str(row["study_left_on"]), row["study_left_why"], row["answers_kept"]) == (
        "2026-03-20",
        "moved house",
        True,
    )
    assert codes[people[0].pk] in data.responses["participant"].to_list()


def test_what_someone_did_on_the_course_after_leaving_the_study_is_not_drawn(cast: Cast) -> None:
    people = filled(cast, 2)
    delivered(cast, *people)
    left(people[0], day=4)
    data, codes = drawn(cast)
    assert data.attendance["participant"].to_list() == [codes[people[1].pk]]


def test_of_whoever_left_and_erased_only_that_they_did_is_drawn(cast: Cast) -> None:
    people = rich(cast)
    left(people[0], answers="erase")
    data, codes = drawn(cast)
    code = codes[people[0].pk]
    row = data.flow.filter(data.flow["participant"] == code).row(0, named=True)
    assert row["answers_kept"] is False
    assert row["study_left_why"] is None
    for table, frame in data.tables():
        if "participant" in frame.columns and table.name != "flow":
            assert code not in frame["participant"].to_list(), table.name
    assert check.check(data, protocols.of(cast.study)) == []


def test_someone_without_an_arm_is_in_the_flow_alone(cast: Cast) -> None:
    from pilotage.web.records.models import Consent, ConsentText

    filled(cast, 2)
    person = someone(cast, "P50")
    text = ConsentText.objects.get(study=cast.study, version="v1", language="en")
    Consent.objects.create(participant=person, text=text, agreed=["understood", "room"])
    data, _ = drawn(cast)
    assert (data.flow.height, data.participants.height) == (3, 2)


def test_comments_leave_read_and_redacted_and_the_others_are_counted(cast: Cast) -> None:
    people = filled(cast, 4)
    read, unread = commented(cast, people[0], "Theo was late"), commented(cast, people[1], "Secret")
    actions.redact_comment(cast.staff["researcher"], read, "[teacher] was late")
    actions.code_comment(cast.staff["researcher"], read, ["time"])
    data, _ = drawn(cast)
    assert data.comments.select("text", "redacted", "codes").rows() == [(None, "[teacher] was late", "time")]
    assert extract.unread(cast.study) == extract.Unread(unread=1, of=2)
    assert unread.redacted is None


def test_an_event_leaves_with_its_screened_words_alone(cast: Cast) -> None:
    people = filled(cast, 2)
    reaction(people[0], screened="Felt low after P02 spoke")
    data, _ = drawn(cast)
    assert data.adverse_events["description"].to_list() == ["Felt low after (a participant) spoke"]
    assert data.adverse_events["event"].to_list() == ["E001"]


def test_nobody_who_reported_nothing_is_told_from_not_asked(cast: Cast) -> None:
    filled(cast, 2)
    data, _ = drawn(cast)
    assert "adverse_events" in data.collected
    assert data.adverse_events.is_empty()


def test_a_rehearsed_study_stays_stamped(cast: Cast) -> None:
    filled(cast, 2)
    cast.study.simulated = {"seed": 7, "scenario": "plain"}
    data, _ = drawn(cast)
    assert (data.simulated.seed, data.simulated.scenario) == (7, "plain")


def test_who_did_what_is_told_by_role_and_number(cast: Cast) -> None:
    filled(cast, 2)
    actions.lock_plan(cast.staff["researcher"], cast.study)
    frozen = actions.freeze(cast.staff["researcher"], cast.study)
    actions.note_export(cast.staff["researcher"], frozen, "data package of copy 1")
    data, _ = drawn(cast)
    told = {(row["kind"], row["who"]) for row in data.conduct.iter_rows(named=True)}
    assert {("plan locked", "researcher 1"), ("data frozen", "researcher 1"), ("data exported", "researcher 1"),
            ("role held", "teacher 1"), ("role held", "coordinator 1")} <= told  # fmt: skip


def test_those_who_declined_are_counts_by_reason(cast: Cast) -> None:
    consented(cast, "P01")
    for code, reason in (("P02", "no time"), ("P03", "no time"), ("P04", "")):
        person = someone(cast, code, "training")
        Step.objects.create(participant=person, kind="declined", on="2026-02-03", reason=reason)
    data, _ = drawn(cast)
    told = {(r["stage"], r["reason"]): r["count"] for r in data.approached.iter_rows(named=True)}
    assert told == {
        ("approached", "everyone approached"): 4,
        ("declined", "no time"): 2,
        ("declined", "declined"): 1,
    }


@pytest.mark.parametrize("times", [50])
def test_codes_have_no_look_alikes_and_are_never_numbers(cast: Cast, times: int) -> None:
    codes = fresh_codes(cast.study, range(times)).values()
    assert len(set(codes)) == times
    assert all(len(code) == 4 and code[0].isalpha() and not set(code) & set("01258BEILOSUVZA") for code in codes)
