"""What was delivered: each rater apart, agreement with its interval, dose from the log, contacts beside lot."""

from datetime import date

import polars as pl
import pytest

from pilotage.analysis.adaptations import adaptations
from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.contacts import contacts, log_of
from pilotage.analysis.delivery import block_states, sessions_attended, sessions_delivered
from pilotage.analysis.disclosure import shareable
from pilotage.analysis.dose import doses, person_doses, rounds, session_attendance, spoken
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.fidelity import fidelity, ratings
from pilotage.analysis.results import IndicatorResult
from pilotage.data.tables import BY_NAME
from pilotage.pairing import Rules, plan_course
from tests.analysis.study import analysed, given, given_without, loaded, rehearsed

BLOCKS = [block.id for block in loaded().protocol.programme.blocks]  # type: ignore[union-attr] - it has a programme


def table(name: str, columns: str, *rows: tuple[object, ...]) -> pl.DataFrame:
    """A table from the rows that a test types; other columns are blank."""
    schema = BY_NAME[name].schema()
    return pl.DataFrame([dict(zip(columns.split(), row, strict=True)) for row in rows], schema=schema)


def two_sessions(*fidelity_rows: tuple[object, ...], **tables: pl.DataFrame) -> AnalysisInput:
    sessions = table(
        "sessions", "cohort session teachers planned_minutes minutes state held_on",
        ("training-1", 1, "T1 T2", 150, 150, "held", date(2018, 1, 9)),
        ("training-1", 2, "T1 T2", 150, 100, "truncated", date(2018, 1, 16)),
    )  # fmt: skip
    rated = table("fidelity", "cohort session block rater done planned_minutes minutes", *fidelity_rows)
    return given(sessions=sessions, fidelity=rated, **tables)


ALIKE = (
    ("training-1", 1, "arrival", "T1", "done", 15, 14),
    ("training-1", 1, "practice", "T1", "done", 60, 66),
    ("training-1", 2, "practice", "T2", "partly", 60, 30),
    ("training-1", 1, "arrival", "R1", "done", 15, 15),
    ("training-1", 1, "practice", "R1", "partly", 60, 40),
)


def test_who_taught_a_session_rates_it_as_a_teacher_and_anybody_else_independently() -> None:
    roles = {(r.rater, r.role) for r in ratings(two_sessions(*ALIKE))}
    assert roles == {("T1", "teacher"), ("T2", "teacher"), ("R1", "independent")}


def test_a_second_rating_of_a_block_does_not_count_it_twice() -> None:
    found = block_states(two_sessions(*ALIKE))
    assert found is not None
    assert (found.rated, found.by_state) == (3, {"done": 2, "partly": 1})


def test_raters_are_kept_apart_with_their_minutes() -> None:
    found = fidelity(two_sessions(*ALIKE))
    assert found is not None
    assert [(r.rater, r.sessions, r.blocks, r.minutes_planned, r.minutes) for r in found.raters] == [
        ("T1", 1, 2, 75, 80), ("T2", 1, 1, 60, 30), ("R1", 1, 2, 75, 55),
    ]  # fmt: skip


def test_the_share_of_sessions_watched_is_of_those_that_took_place() -> None:
    found = fidelity(two_sessions(*ALIKE))
    assert found is not None and found.watched is not None
    assert (found.sessions_held, found.watched.value, found.watched.n) == (2, 0.5, 2)


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_a_session_that_was_never_held_is_not_counted_as_held(state: str) -> None:
    last = (pl.col("cohort") == "training-2") & (pl.col("session") == 9)
    sessions = rehearsed().sessions.with_columns(
        state=pl.when(last).then(pl.lit(state)).otherwise("state"),
        held_on=pl.when(last).then(None).otherwise("held_on"),
        minutes=pl.when(last).then(None).otherwise("minutes"),
    )
    study = given(sessions=sessions)
    result = fidelity(study)
    assert sessions.height == 18
    assert result is not None
    assert result.sessions_held == 17
    assert indicator(study, "watched").of == 17


def test_marks_at_a_session_that_was_postponed_afterwards_are_nobodys_attendance() -> None:
    ninth = (pl.col("cohort") == "training-2") & (pl.col("session") == 9)
    sessions = rehearsed().sessions.with_columns(
        state=pl.when(ninth).then(pl.lit("postponed")).otherwise("state"),
        held_on=pl.when(ninth).then(None).otherwise("held_on"),
        minutes=pl.when(ninth).then(None).otherwise("minutes"),
    )
    there = sessions_attended(given(), "training")
    group = {person for person, cohort in given().cohort_of.items() if cohort == "training-2"}
    marked = rehearsed().attendance.filter((pl.col("session") == 9) & pl.col("participant").is_in(list(group)))
    came = set(marked.filter(pl.col("status").is_in(["present", "late", "left early"]))["participant"].to_list())
    assert came
    now = sessions_attended(given(sessions=sessions), "training")
    assert now == {person: number - (person in came) for person, number in there.items()}


def test_a_postponed_session_took_place_on_the_day_on_which_it_was_held() -> None:
    last = (pl.col("cohort") == "training-2") & (pl.col("session") == 9)
    sessions = rehearsed().sessions.with_columns(state=pl.when(last).then(pl.lit("postponed")).otherwise("state"))
    result = fidelity(given(sessions=sessions))
    assert result is not None
    assert result.sessions_held == 18


def test_minutes_not_noted_for_a_person_are_those_of_the_session_or_of_its_plan() -> None:
    person, other = pair()
    came = table("attendance", "participant session status minutes",
                 (person, 1, "present", None), (person, 2, "late", None), (other, 1, "present", 90),
                 (other, 2, "absent", None))  # fmt: skip
    people = {one.participant: one for one in person_doses(two_sessions(*ALIKE, attendance=came))}
    assert (people[person].minutes, people[other].minutes) == (250, 90)


def test_agreement_has_its_exact_interval_and_kappa_where_there_is_one() -> None:
    found = fidelity(two_sessions(*ALIKE))
    assert found is not None
    (blocks,) = (one for one in found.agreement if one.what == "blocks")
    assert (blocks.rated, blocks.share.value) == (2, 0.5)
    assert (blocks.share.low, blocks.share.high) == pytest.approx((0.012579, 0.987421), abs=1e-6)
    assert blocks.kappa is not None and blocks.kappa.value == 0.0


def test_items_of_adherence_that_did_not_arise_are_not_noes() -> None:
    form = table("adherence", "cohort session item rater value",
                 ("training-1", 1, "timing", "T1", 2), ("training-1", 2, "timing", "T2", None),
                 ("training-1", 1, "timing", "R1", 1))  # fmt: skip
    found = fidelity(two_sessions(*ALIKE, adherence=form))
    assert found is not None
    teachers, others = found.adherence
    assert (teachers.by_value, teachers.did_not_arise) == ({"yes": 1, "partly": 0, "no": 0}, 1)
    assert others.by_value == {"yes": 0, "partly": 1, "no": 0}
    assert [(one.what, one.rated, one.share.value) for one in found.agreement][1] == ("adherence", 1, 0.0)


def test_a_triad_speaks_less_each_in_the_same_time() -> None:
    programme = loaded().protocol.programme
    assert programme is not None
    assert (rounds(programme, 2), rounds(programme, 3), rounds(programme, 4)) == (3, 4, 5)
    log = plan_course("abcde", 1, Rules(), 1)
    own = {one: spoken(log, {1: 60.0}, programme, one) for one in "abcde"}
    assert sorted(own.values()) == [15.0, 15.0, 15.0, 20.0, 20.0]


def test_minutes_spoken_are_of_the_minutes_that_the_practice_took() -> None:
    rows = [("training-1", session, 1, 1, one, n) for session in (1, 2) for n, one in enumerate(pair(), 1)]
    pairs = table("pairings", "cohort session pairing group participant role_order", *rows)
    came = table("attendance", "participant session status minutes",
                 *((one, s, "present", 150) for one in pair() for s in (1, 2)))  # fmt: skip
    people = {one.participant: one for one in person_doses(two_sessions(*ALIKE, pairings=pairs, attendance=came))}
    first = people[pair()[0]]
    assert (first.minutes_spoken, first.partners) == (66 / 3 + 30 / 3, 1)
    assert (first.sessions, first.minutes, first.statuses[:3]) == (2, 300, ("present", "present", ""))


def pair() -> list[str]:
    return [p for p in given().people("training") if given().cohort_of[p] == "training-1"][:2]


def test_without_pairs_or_blocks_nothing_is_said_of_speaking_and_the_rest_stands() -> None:
    study = given_without("pairings", "fidelity")
    (dose,) = doses(study, person_doses(study))
    assert (dose.minutes_spoken, dose.partners, dose.turns_from) == (None, None, "")
    assert dose.sessions.n == 25 and dose.minutes is not None
    assert fidelity(study) is None and contacts(study) == ()


def test_a_session_that_was_not_held_is_nobodys_absence() -> None:
    data = rehearsed()
    fourth = (pl.col("session") == 4) & (pl.col("cohort") == "training-1")
    cancelled = data.sessions.with_columns(
        state=pl.when(fourth).then(pl.lit("cancelled")).otherwise("state"),
        held_on=pl.when(fourth).then(None).otherwise("held_on"),
    )
    there = data.attendance.join(data.participants, on="participant").filter(
        ~((pl.col("session") == 4) & (pl.col("cohort") == "training-1"))
    )
    study = given(sessions=cancelled, attendance=there.select(data.attendance.columns))
    people = person_doses(study)
    assert {one.statuses[3] for one in people if one.cohort == "training-1"} == {"not held"}
    assert ("training-1", 4) not in {(one.cohort, one.session) for one in session_attendance(people)}
    assert {one.state for one in sessions_delivered(study) if one.session == 4} == {"cancelled", "held"}


def test_a_log_read_back_from_its_rows_is_the_log_that_was_kept() -> None:
    log = plan_course([f"P{n:02}" for n in range(11)], 9, Rules(), 7)
    rows = [("c", d.session, d.pairing, g, one, n) for d in log for g, group in enumerate(d.groups, 1)
            for n, one in enumerate(group, 1)]  # fmt: skip
    read = log_of(table("pairings", "cohort session pairing group participant role_order", *rows))
    assert [(d.place, d.groups, d.duties) for d in read] == [(d.place, d.groups, d.duties) for d in log]


def test_a_teacher_who_joined_is_a_duty_and_no_partner() -> None:
    rows = [("c", 1, 1, 1, "a", 1, "a teacher joined"), ("c", 1, 1, 2, "b", 1, None), ("c", 1, 1, 2, "d", 2, None)]
    (division,) = log_of(table("pairings", "cohort session pairing group participant role_order override", *rows))
    assert division.duties == ("a",) and division.teacher in division.groups[0]
    assert division.practising == {"a", "b", "d"}


def test_who_watches_where_an_odd_number_is_dealt_with_so_has_the_duty() -> None:
    rows = [("c", 1, 1, 1, "a", 1), ("c", 1, 1, 1, "b", 2)]
    pairs = table("pairings", "cohort session pairing group participant role_order", *rows)
    (watched,) = log_of(pairs, Rules(odd="observer"), {1: {"a", "b", "d"}})
    (triads,) = log_of(pairs, Rules(), {1: {"a", "b", "d"}})
    assert (watched.observers, watched.duties) == (("d",), ("d",))
    assert (triads.sat_out, triads.duties) == (("d",), ())


def test_contacts_stand_beside_those_of_courses_divided_by_lot() -> None:
    first, second = contacts(given())
    assert (first.cohort, first.size, first.pairings) == ("training-1", 14, 9)
    assert (first.repeats, first.repeats_bound) == (0, 0)
    assert sum(n * times for n, times in first.pairs_by_meetings.items()) == sum(n for _, _, n in first.met)
    assert first.repeats < first.fewest_repeats_by_lot < first.mean_repeats_by_lot
    assert second.repeats_bound <= second.repeats < second.fewest_repeats_by_lot


def test_the_same_seed_gives_the_same_courses_by_lot() -> None:
    assert contacts(given(), 1) == contacts(given(), 1) != contacts(given(), 2)


def test_differences_from_the_manual_and_departures_are_counted_apart() -> None:
    noted = table("deviations", "deviation date core planned kind",
                  ("D1", date(2018, 2, 1), "core", "ad hoc", "content"),
                  ("D2", date(2018, 1, 1), None, "planned", "format"))  # fmt: skip
    found = adaptations(given(deviations=noted))
    assert found is not None
    assert (found.differences, found.differences_by_core) == (4, {"flexible": 3, "not judged": 1})
    assert found.departures_by_core == {"core": 1, "not judged": 1}
    assert [one.date for one in found.departures] == ["2018-01-01", "2018-02-01"]


def indicator(study: AnalysisInput, name: str) -> IndicatorResult:
    return next(i for domain in feasibility(study) for i in domain.indicators if i.id == name)


def test_implementation_and_adaptation_are_computed() -> None:
    assert (indicator(given(), "fidelity").n, indicator(given(), "fidelity").of) == (126, 126)
    assert indicator(given(), "session-minutes").estimate.value == 1.0  # type: ignore[union-attr] - it was collected
    assert indicator(given(), "core").light == "green"
    noted = table("deviations", "deviation core planned", *((f"D{n}", "core", "ad hoc") for n in range(3)))
    assert (indicator(given(deviations=noted), "core").n, indicator(given(deviations=noted), "core").light) == (
        3,
        "red",
    )
    assert (indicator(given(deviations=noted), "ad-hoc").n, indicator(given(deviations=noted), "ad-hoc").of) == (3, 7)


def test_a_truncated_session_counts_for_its_minutes_and_a_cancelled_one_for_none() -> None:
    rows = (("c", 1, 150, 120, "truncated"), ("c", 2, 150, None, "cancelled"), ("c", 3, 150, None, "planned"))
    sessions = table("sessions", "cohort session planned_minutes minutes state", *rows)
    found = indicator(given(sessions=sessions), "session-minutes")
    assert found.estimate is not None
    assert (found.kind, found.n, found.estimate.value, found.light) == ("share", 2, 0.4, "red")


def test_an_optional_block_left_out_is_no_departure() -> None:
    rows = [("training-1", 1, block, "T1", "omitted" if block == "movement" else "done", 10, 10) for block in BLOCKS]
    found = indicator(two_sessions(*rows), "fidelity")
    assert (found.n, found.of) == (len(BLOCKS) - 1, len(BLOCKS) - 1)


@pytest.mark.parametrize(
    ("gone", "name"),
    [("fidelity", "fidelity"), ("fidelity", "watched"), ("sessions", "session-minutes"), ("deviations", "core")],
)
def test_what_was_not_recorded_is_said_and_never_nought(gone: str, name: str) -> None:
    found = indicator(given_without(gone), name)
    assert found.estimate is None and found.not_collected == f"no {gone} were recorded"


def test_the_shared_results_say_who_met_whom_of_nobody() -> None:
    found = shareable(analysed(), 5)
    assert found.person_doses == ()
    assert all(one.who == one.met == () and one.pairs_by_meetings for one in found.contacts)
    assert all(dose.partners is not None and dose.partners.low is None for dose in found.doses)
