"""What the records promise a coordinator: codes, screening, the waiting list, places and their size."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from pilotage.web.records import actions, audit, keys, queries
from pilotage.web.records.models import Event, Identity, Participant, PersonKey, Step
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, consented, someone

ANNA = actions.Contact("Anna Alders", "anna@people.example", "06 1234", "nl")
YES = actions.CriterionJudgement(met=True, evidence="certificate seen", on=date(2026, 2, 10))
NO = actions.CriterionJudgement(met=False, evidence="by own word", on=date(2026, 2, 10))


def eligible(cast: Cast, code: str, arm: str = "training") -> Participant:
    person = someone(cast, code, arm)
    criteria = {"adult": YES, "trained": YES} if arm == "training" else {"adult": YES}
    actions.screen(cast.staff["coordinator"], person, criteria)
    return person


def stage(person: Participant) -> str:
    fresh = Participant.objects.filter(pk=person.pk)
    return queries.standings(person.study, fresh)[0].stage


def test_codes_are_given_one_after_another(cast: Cast) -> None:
    someone(cast, "P07")
    person = actions.approach(cast.staff["coordinator"], cast.study, cast.north, ANNA, "training")
    assert person.code == "P08"
    assert (person.identity.name, person.identity.language, stage(person)) == ("Anna Alders", "nl", "approached")


def test_the_same_address_twice_in_a_study_is_refused(cast: Cast) -> None:
    actions.approach(audit.SERVER, cast.study, cast.north, ANNA)
    with pytest.raises(ActionRefused, match="is already in this study, as P01"):
        actions.approach(audit.SERVER, cast.study, cast.south, actions.Contact("A", "ANNA@people.example"))


def test_several_people_come_in_together_or_nobody_does(cast: Cast) -> None:
    several = [actions.Contact("Ben", "ben@people.example"), ANNA, actions.Contact("Anna again", ANNA.email)]
    with pytest.raises(ActionRefused):
        actions.approach_several(audit.SERVER, cast.study, cast.north, several)
    assert not Participant.objects.exists()


def test_contact_data_are_put_right_and_the_log_keeps_what_they_were_under_the_persons_key(cast: Cast) -> None:
    person = someone(cast)
    actions.change_contact(cast.staff["coordinator"], person, ANNA)
    event = Event.objects.get(what="contact changed")
    said = audit.detail(event)
    assert said is not None
    assert said["before"]["name"] == "Name of P01"
    assert b"Anna" not in bytes(event.detail)


def test_one_criterion_not_met_is_enough_and_gives_the_reason_in_the_protocols_words(cast: Cast) -> None:
    person = someone(cast)
    step = actions.screen(audit.SERVER, person, {"trained": NO})
    assert step is not None
    assert (step.kind, step.reason) == ("not eligible", "not met: has followed a mindfulness training")


def test_someone_is_eligible_only_when_every_criterion_of_their_arm_is_judged(cast: Cast) -> None:
    person = someone(cast)
    assert actions.screen(audit.SERVER, person, {"adult": YES}) is None
    assert stage(person) == "screening"
    actions.screen(audit.SERVER, person, {"trained": YES})
    assert stage(person) == "eligible"
    assert stage(eligible(cast, "P02", "control")) == "eligible"


def test_a_judgement_changes_only_with_a_reason(cast: Cast) -> None:
    person = eligible(cast, "P01")
    with pytest.raises(ActionRefused, match="Enter the reason"):
        actions.screen(audit.SERVER, person, {"trained": NO})
    actions.screen(audit.SERVER, person, {"trained": NO}, reason="the certificate was another's")
    assert stage(person) == "not eligible"


def test_every_part_of_a_judgement_that_changes_is_kept_and_logged(cast: Cast) -> None:
    person = someone(cast)
    actions.screen(audit.SERVER, person, {"trained": YES})
    changes = (replace(YES, evidence="a diploma"), replace(YES, evidence="a diploma", on=date(2026, 2, 12)))
    for field, after in zip(("evidence", "on"), changes, strict=True):
        actions.screen(audit.SERVER, person, {"trained": after})
        assert actions.CriterionJudgement.of(person.screenings.get(criterion="trained")) == after
        logged = audit.detail(Event.objects.filter(what="criterion judged anew").latest("sequence")) or {}
        assert logged["before"][field] != logged["after"][field]


def test_who_declines_gives_a_reason(cast: Cast) -> None:
    person = someone(cast)
    with pytest.raises(ActionRefused, match="Enter why they declined"):
        actions.note_answer(audit.SERVER, person, "declined")
    actions.note_answer(audit.SERVER, person, "declined", "no time")
    assert queries.earlier_reasons(cast.study, "declined") == ["no time"]


def test_the_waiting_list_is_promoted_in_order_and_out_of_order_only_with_a_reason(cast: Cast) -> None:
    first, second = eligible(cast, "P02"), eligible(cast, "P01")
    for person in (first, second):
        actions.put_on_waiting_list(audit.SERVER, person, "the group was full")
    assert [person.code for person in queries.waiting(cast.study)] == ["P02", "P01"]
    with pytest.raises(ActionRefused, match="Others have waited longer"):
        actions.promote(audit.SERVER, second)
    actions.promote(audit.SERVER, first)
    actions.promote(audit.SERVER, second)
    assert (stage(first), queries.waiting(cast.study)) == ("eligible", [])


def test_someone_may_come_before_their_turn_for_a_reason_that_is_kept(cast: Cast) -> None:
    for code in ("P01", "P02"):
        actions.put_on_waiting_list(audit.SERVER, eligible(cast, code), "full")
    second = Participant.objects.get(code="P02")
    actions.promote(audit.SERVER, second, reason="moves abroad in May")
    assert Step.objects.get(kind="promoted").reason == "moves abroad in May"


@time_machine.travel("2026-02-20T10:00:00+00:00")
def test_a_consent_on_paper_says_who_keeps_it_and_needs_every_required_statement(cast: Cast) -> None:
    person = eligible(cast, "P01")
    text = cast.study.consent_texts.get(language="en")
    said = {"text": text, "given_on": date(2026, 2, 19), "held_by": "Cora, locked cabinet"}
    with pytest.raises(ActionRefused, match="colleagues may be in the room"):
        actions.consent_on_paper(audit.SERVER, person, agreed=["understood"], **said)
    consent = actions.consent_on_paper(audit.SERVER, person, agreed=["understood", "room"], **said)
    assert (consent.mode, consent.paper_held_by, stage(person)) == ("paper", "Cora, locked cabinet", "consented")
    with pytest.raises(ActionRefused, match="already consented"):
        actions.consent_on_paper(audit.SERVER, person, agreed=["understood", "room"], **said)


def test_nobody_consents_on_paper_before_they_are_eligible(cast: Cast) -> None:
    text = cast.study.consent_texts.get(language="en")
    with pytest.raises(ActionRefused, match="not eligible yet"):
        actions.consent_on_paper(
            audit.SERVER,
            someone(cast),
            text=text,
            agreed=["understood", "room"],
            given_on=date(2026, 2, 1),
            held_by="C",
        )


def test_a_group_is_never_larger_than_the_protocol_allows_without_a_reason(cast: Cast) -> None:
    for number in range(6):
        consented(cast, f"P{number}")
    late = consented(cast, "P09")
    late.place.delete()
    late = Participant.objects.get(pk=late.pk)
    with pytest.raises(ActionRefused, match="is full: 6 people"):
        actions.give_place(audit.SERVER, late, cast.cohort)
    place = actions.give_place(audit.SERVER, late, cast.cohort, override="a couple that came together")
    assert place.override == "a couple that came together"


def test_who_left_the_course_leaves_a_place_free(cast: Cast) -> None:
    for number in range(6):
        consented(cast, f"P{number}")
    Participant.objects.get(code="P0").leavings.create(what="course")
    late = consented(cast, "P09")
    late.place.delete()
    assert actions.give_place(audit.SERVER, Participant.objects.get(pk=late.pk), cast.cohort).on_course


def test_a_control_arm_follows_a_groups_dates_and_takes_no_place(cast: Cast) -> None:
    for number in range(6):
        consented(cast, f"P{number}")
    control = consented(cast, "P09", "control")
    control.place.delete()
    assert actions.give_place(audit.SERVER, Participant.objects.get(pk=control.pk), cast.cohort).on_course is False


def test_a_small_group_starts_only_with_a_reason(cast: Cast) -> None:
    consented(cast)
    with pytest.raises(ActionRefused, match=r"fewer people \(1\) than the protocol asks for \(4\)"):
        actions.close_cohort(audit.SERVER, cast.cohort)
    actions.close_cohort(audit.SERVER, cast.cohort, override="the next group starts in autumn")
    cast.cohort.refresh_from_db()
    assert cast.cohort.override == "the next group starts in autumn"
    with pytest.raises(ActionRefused, match="is closed"):
        other = consented(cast, "P02")
        other.place.delete()
        actions.give_place(audit.SERVER, Participant.objects.get(pk=other.pk), cast.cohort)


def test_someone_takes_the_course_alone_once_they_declined_the_study(cast: Cast) -> None:
    person = someone(cast)
    with pytest.raises(ActionRefused, match="has declined the study first"):
        actions.give_place(audit.SERVER, person, cast.cohort)
    actions.note_answer(audit.SERVER, person, "declined", "no questionnaires, please")
    assert actions.give_place(audit.SERVER, person, cast.cohort).on_course
    assert stage(person) == "course only"


def test_a_new_group_has_all_its_sessions_at_the_same_local_time_through_the_change_of_clocks(cast: Cast) -> None:
    group = actions.add_cohort(
        audit.SERVER, cast.study, cast.north, name="Autumn", starts_on=date(2026, 10, 15), starts_at=time(19)
    )
    starts = [session.planned_start for session in group.sessions.all()]
    assert starts == [datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((15, 17), (22, 17), (29, 18))]
    assert (group.minimum, group.maximum) == (4, 6)


def test_a_session_is_moved_with_a_reason_and_keeps_when_it_was_first_meant_to_be(cast: Cast) -> None:
    session = cast.cohort.sessions.get(number=2)
    first, later = session.planned_start, session.planned_start + timedelta(days=1)
    with pytest.raises(ActionRefused, match="Enter the reason"):
        actions.plan_session(audit.SERVER, session, later, "", "")
    actions.plan_session(audit.SERVER, session, later, "Room 2", "King's Day")
    session.refresh_from_db()
    assert (session.planned_start, session.first_planned_start, session.reason) == (later, first, "King's Day")


def test_only_teachers_of_the_study_teach_a_group(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="Rosa Researcher is not a teacher"):
        actions.set_teachers(audit.SERVER, cast.cohort, [cast.staff["researcher"]])


def test_contact_data_go_when_their_time_is_over_and_counts_by_reason_remain(cast: Cast) -> None:
    inside, outside = consented(cast, "P01"), someone(cast, "P02")
    actions.note_answer(audit.SERVER, outside, "declined", "no time")
    actions.screen(audit.SERVER, outside, {"adult": YES})
    with time_machine.travel("2026-12-01"), pytest.raises(ActionRefused, match="are kept until 2027"):
        actions.remove_contact_data(audit.SERVER, cast.study)
    with time_machine.travel("2027-06-01"):
        assert actions.remove_contact_data(audit.SERVER, cast.study) == 2
    assert not Identity.objects.exists()
    assert list(PersonKey.objects.values_list("participant__code", flat=True)) == [inside.code]
    assert queries.approached(queries.passages(cast.study)) == {
        ("training", "approached", "everyone approached"): 2,
        ("training", "declined", "no time"): 1,
    }
    assert all(audit.detail(event) is None for event in Event.objects.filter(person=outside.pk))
    assert keys.unseal(inside.pk, keys.seal(inside, b"data")) == b"data"
    assert list(audit.broken()) == []
