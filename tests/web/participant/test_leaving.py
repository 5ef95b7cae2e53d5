"""What someone who leaves is promised: at any time, without a reason, with what they gave kept or erased."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pilotage.protocol.load import load
from pilotage.web.records import actions, archives, audit, keys, protocols, queries
from pilotage.web.records.actions.practice import Practised
from pilotage.web.records.models import (
    Administration,
    AdverseEvent,
    Answer,
    Attendance,
    Comment,
    DataEntryPass,
    Event,
    Freeze,
    FrozenCode,
    Identity,
    Message,
    Participant,
    PersonalLink,
    PersonKey,
    Place,
    Screening,
    Signature,
)
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import CALM, Cast, at_home, consented, someone

DURING = datetime(2026, 3, 7, 10, tzinfo=UTC)
CANARY = "canary"
LEAVE = "/me/leave/"


@pytest.fixture
def person(cast: Cast, before_the_course) -> Participant:
    """On the course and in the study, with something of everything that can be given."""
    person = consented(cast)
    consent = person.consents.get()
    Signature.objects.create(consent=consent, typed_name="Name of P01")
    Screening.objects.create(participant=person, criterion="adult", met=True, evidence=CANARY, on=date(2026, 2, 1))
    row = Administration.objects.create(
        participant=person, consent=consent, version=cast.version, assessment="pre", instrument="pss-10", language="en"
    )
    Answer.objects.create(administration=row, item="1", value="3")
    Comment.objects.create(administration=row, item="2", text=CANARY)
    for turn, role in ((1, "data-entry"), (2, "coordinator")):
        DataEntryPass.objects.create(
            participant=person,
            assessment="post",
            instrument="pss-10",
            turn=turn,
            by=cast.staff[role],
            values={"1": CANARY},
        )
    before_the_course.move_to(DURING)
    actions.keep_practice(person, person, date(2026, 3, 6), "formal", Practised(minutes=30))
    Attendance.objects.create(participant=person, session=cast.cohort.sessions.first(), status="present")
    return Participant.objects.get(pk=person.pk)


@pytest.fixture
def home(person: Participant) -> Client:
    return at_home(person)


def leave(client: Client, what: str, answers: str = "", reason: str = "") -> str:
    said = {"what": what, "answers": answers, "reason": reason}
    sure = client.post(LEAVE, said).content.decode()
    assert "Are you sure?" in sure, sure
    receipt = client.post(LEAVE, {**said, "sure": "yes"}, follow=True)
    return receipt.content.decode()


def research_of(person: Participant) -> int:
    answers = Answer.objects.filter(administration__participant=person).count()
    comments = Comment.objects.filter(administration__participant=person).count()
    rest = (person.administrations, person.home_practice, person.data_entry_passes, person.screenings)
    return answers + comments + sum(rows.count() for rows in rest)


def test_nothing_is_left_by_looking_or_before_it_was_read_once_more(person: Participant, home: Client) -> None:
    home.get(LEAVE)
    home.post(LEAVE, {"what": "study", "answers": "erase"})
    assert not person.leavings.exists() and research_of(person) > 0


def test_leaving_the_course_keeps_the_study_and_what_was_given(person: Participant, home: Client) -> None:
    given = research_of(person)
    said = leave(home, "course")
    assert "You have left the course" in said and "You stay in the study" in said and "kept" in said
    assert queries.takes_part_in(person) == ("study",) and research_of(person) == given
    assert home.get("/me/").status_code == 200


def test_leaving_the_study_keeps_the_place_on_the_course(person: Participant, home: Client) -> None:
    said = leave(home, "study", "keep", "no time")
    assert "You have left the study" in said and "under a code" in said
    assert queries.takes_part_in(person) == ("course",) and research_of(person) > 0
    assert person.leavings.get().reason == "no time"
    assert (
        home.get("/me/").status_code == 200
        and queries.asked_of(Participant.objects.get(pk=person.pk))[0].finished is False
    )


def test_nothing_more_is_taken_after_leaving_the_study(person: Participant, home: Client) -> None:
    leave(home, "study", "keep")
    row = person.administrations.get()
    with pytest.raises(IntegrityError, match="no answer without a valid consent"), transaction.atomic():
        Answer.objects.create(administration=row, item="9", value="1")
    with pytest.raises(ActionRefused):
        actions.keep_practice(person, person, date(2026, 3, 7), "formal", Practised(minutes=5))
    assert "practice" not in home.get("/me/").content.decode().lower()


def test_erasing_from_the_research_leaves_the_course_as_it_is(cast: Cast, person: Participant, home: Client) -> None:
    report = actions.report_event(person, person, source="participant", description=CANARY, may_know=["coordinator"])
    said = leave(home, "study", "erase")
    assert (
        "We erase your answers" in said
        and "keep your coded answers" in said
        and "code in these copies is erased" in said
    )
    assert research_of(person) == 0
    assert Attendance.objects.filter(participant=person).count() == 1
    assert Identity.objects.filter(participant=person).exists() and Place.objects.filter(participant=person).exists()
    report.refresh_from_db()
    assert report.description == CANARY, "who handles it still needs it"
    assert home.get("/me/").status_code == 200


def test_a_report_of_someone_who_erased_loses_its_words_when_it_is_closed(
    cast: Cast, person: Participant, home: Client
) -> None:
    report = actions.report_event(person, person, source="participant", description=CANARY, may_know=["coordinator"])
    leave(home, "study", "erase")
    coordinator = cast.staff["coordinator"]
    actions.open_report(coordinator, report)
    actions.add_note(coordinator, report, CANARY)
    actions.judge_report(coordinator, report, actions.Judgement("mild", serious=False, screened=CANARY))
    actions.judge_relation(coordinator, report, actions.Relation("possible", "expected"))
    actions.act_on_report(coordinator, report, CANARY, "resolved")
    actions.close_report(coordinator, report)
    report.refresh_from_db()
    assert (report.description, report.screened, report.action, report.severity) == ("", "", "", "mild")
    assert not report.notes.exists()


def test_what_the_log_held_before_is_unreadable_and_the_chain_is_whole(person: Participant, home: Client) -> None:
    before = Event.objects.get(what="practice noted")
    assert audit.detail(before) is not None
    leave(home, "study", "erase")
    assert audit.detail(before) is None and list(audit.broken()) == []


def test_a_personal_link_goes_on_working_for_the_course(person: Participant) -> None:
    token = actions.make_link(audit.SERVER, person)
    actions.leave(person, person, ["study"], answers="erase")
    link = queries.live_link(token)
    assert link is not None and keys.unseal(person.pk, link.sealed_token) == token.encode()


def test_who_leaves_everything_and_erases_it_is_nobody_any_more(cast: Cast, person: Participant, home: Client) -> None:
    report = actions.report_event(person, person, source="participant", description=CANARY, may_know=["coordinator"])
    Message.objects.create(study=cast.study, participant=person, kind="invitation", dedupe_key="pre:1")
    said = leave(home, "course study", "erase", CANARY)
    assert ("You have left" in said and "erased" in said and "Sat" in said) or "7 March 2026" in said
    gone = Participant.objects.get(pk=person.pk)
    assert gone.erased_at == DURING and research_of(gone) == 0
    for model in (Identity, PersonalLink, Message, Attendance, PersonKey):
        assert not model.objects.filter(participant=gone).exists(), model
    assert not Signature.objects.exists()
    report.refresh_from_db()
    assert report.description == "" and all(row.reason == "" for row in gone.leavings.all())
    assert not any(audit.detail(event) for event in Event.objects.filter(person=gone.pk))
    assert list(audit.broken()) == []
    assert "signed-out" in home.get("/me/").url


def test_a_report_of_someone_who_was_erased_can_still_be_closed(cast: Cast, person: Participant) -> None:
    report = actions.report_event(person, person, source="participant", description=CANARY, may_know=["coordinator"])
    actions.leave(person, person, ["course", "study"], answers="erase")
    coordinator = cast.staff["coordinator"]
    actions.open_report(coordinator, report)
    actions.judge_report(coordinator, report, actions.Judgement("mild", serious=False))
    actions.judge_relation(coordinator, report, actions.Relation("unrelated", "expected"))
    actions.act_on_report(coordinator, report, "none", "unknown")
    actions.close_report(coordinator, report)
    with pytest.raises(ActionRefused, match="The name and contact details have been erased"):
        actions.look_up_identity(coordinator, report)
    assert list(audit.broken()) == []


def test_leaving_everything_ends_the_link_and_the_receipt_still_shows(person: Participant, home: Client) -> None:
    said = leave(home, "course study", "keep")
    assert "Receipt" in said and "the course and the study" in said and "Saturday 7 March 2026, 11.00" in said
    assert Identity.objects.filter(participant=person).exists() and research_of(person) > 0
    assert "signed-out" in home.get("/me/").url
    assert "Receipt" in home.get("/me/left/").content.decode()
    assert Client().get("/me/left/").status_code == 302


def test_study_first_and_course_later_can_end_in_erasing_all(person: Participant, home: Client) -> None:
    leave(home, "study", "keep")
    leave(home, "course", "erase")
    assert Participant.objects.get(pk=person.pk).erased_at is not None and research_of(person) == 0


def test_people_of_the_course_alone_leave_it_too(cast: Cast) -> None:
    person = someone(cast, "P09")
    Place.objects.create(participant=person, cohort=cast.cohort, on_course=True)
    client = at_home(person)
    page = client.get(LEAVE).content.decode()
    assert "The course" in page and "The study" not in page
    leave(client, "course", "erase")
    assert not Identity.objects.filter(participant=person).exists()


def test_someone_who_takes_part_in_nothing_reads_that_there_is_nothing_to_leave(cast: Cast) -> None:
    person = someone(cast, "P09")
    assert "nothing to leave" in at_home(person).get(LEAVE).content.decode()
    with pytest.raises(ActionRefused, match="no longer take part"):
        actions.leave(person, person, ["study"])


def test_each_is_left_once_however_often_the_button_is_pressed(person: Participant, home: Client) -> None:
    leave(home, "course")
    assert "not one of the available choices" in home.post(LEAVE, {"what": "course", "sure": "yes"}).content.decode()
    assert person.leavings.count() == 1


@pytest.mark.parametrize(
    ("rules", "choices", "kept"),
    [
        ("{keep_answers: always, erase: never}", ("keep",), True),
        ("{keep_answers: never, erase: ask}", ("erase",), False),
        ("{keep_answers: ask, erase: never}", ("keep",), True),
    ],
    ids=["always", "never", "no erasing"],
)
def test_what_becomes_of_the_answers_is_the_protocols_word_where_it_has_one(
    cast: Cast, person: Participant, rules: str, choices: tuple[str, ...], kept: bool
) -> None:
    _amend(cast, "{keep_answers: ask, erase: ask, frozen: kept}", rules)
    assert queries.choices_about_answers(person, ["study"]) == choices
    client = at_home(person)
    assert 'name="answers"' not in client.get(LEAVE).content.decode()
    leave(client, "study")
    assert (research_of(person) > 0) == kept


def test_nobody_chooses_what_the_protocol_does_not_leave_open(cast: Cast, person: Participant) -> None:
    _amend(cast, "{keep_answers: ask, erase: ask, frozen: kept}", "{keep_answers: always, erase: never}")
    with pytest.raises(ActionRefused, match="cannot choose here"):
        actions.leave(person, person, ["study"], answers="erase")


def test_where_course_and_study_belong_together_they_are_left_together(cast: Cast, person: Participant) -> None:
    _amend(cast, "course_and_study: apart", "course_and_study: together")
    with pytest.raises(ActionRefused, match="leave both together"):
        actions.leave(person, person, ["course"])
    assert 'value="course"' not in at_home(person).get(LEAVE).content.decode()


def test_nothing_leads_back_from_a_frozen_copy_that_is_kept(cast: Cast, person: Participant) -> None:
    frozen = Freeze.objects.create(
        study=cast.study, number=1, version=cast.version, fingerprint="f", package=b"as it was", people=1,
        with_outcomes=False, by=cast.staff["researcher"],
    )  # fmt: skip
    FrozenCode.objects.create(freeze=frozen, participant=person, code="C1")
    actions.leave(person, person, ["study"], answers="erase")
    assert not FrozenCode.objects.exists()
    assert bytes(Freeze.objects.get().package) == b"as it was"


def test_an_unjudged_alert_goes_with_the_answers_that_raised_it(person: Participant) -> None:
    AdverseEvent.objects.create(participant=person, source="alert rule", rule="high-stress")
    actions.leave(person, person, ["study"], answers="erase")
    assert not AdverseEvent.objects.exists()


def _amend(cast: Cast, old: str, new: str) -> None:
    file = protocols.folder(cast.study) / "protocol.yaml"
    text = (CALM / "protocol.yaml").read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    load(file.parent)
    actions.amend(cast.study, audit.SERVER, "to try it")


def test_the_data_can_be_frozen_after_someone_was_erased_and_hold_only_that_they_left(
    cast: Cast, person: Participant
) -> None:
    actions.leave(person, person, ["course", "study"], answers="erase")
    frozen = actions.freeze(cast.staff["researcher"], cast.study)
    data = archives.data_of(frozen)
    assert frozen.people == 0 and data.flow.height == 1
    assert data.flow["answers_kept"].to_list() == [False] and data.responses.height == 0


def test_those_who_work_with_people_still_see_that_somebody_left(cast: Cast, person: Participant) -> None:
    actions.leave(person, person, ["course", "study"], answers="erase")
    people = queries.people_of(cast.staff["coordinator"], cast.study)
    assert [(one.name, one.stage) for one in queries.standings(cast.study, people)] == [("", "erased")]


def test_what_a_participant_sees_says_nothing_of_the_study_after_leaving_it(person: Participant, home: Client) -> None:
    leave(home, "study", "erase")
    for url in ("/me/", LEAVE, "/me/something-unpleasant/"):
        assert home.get(url).status_code == 200
    assert 'value="study"' not in home.get(LEAVE).content.decode()
