"""What the inbox of reports promises to those who handle them, and to those of whom they are."""

from datetime import timedelta

import pytest
from django.test import Client

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import AdverseEvent, Event, Participant, RoleHeld, User
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, a_member_of_staff, consented, signed_in
from tests.web.safety.conftest import CANARY, REPORTED

INBOX = "/calm/safety/"


@pytest.fixture
def contact(cast: Cast) -> User:
    return cast.staff["safety-contact"]


@pytest.fixture
def client(contact: User) -> Client:
    return signed_in(contact)


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def url_of(report: AdverseEvent, step: str = "") -> str:
    return f"{INBOX}{report.pk}/{step}"


def handled(by: User, report: AdverseEvent) -> None:
    actions.open_report(by, report)
    actions.judge_report(by, report, actions.Judgement("mild", serious=False, screened="a sad song"))
    actions.judge_relation(by, report, actions.Relation("possible", "unexpected"))
    actions.act_on_report(by, report, "called", "resolved")


def test_an_empty_inbox_says_what_belongs_there(client: Client) -> None:
    assert "No safety reports" in page(client, INBOX)


def test_urgency_is_said_in_words(contact: User, report: AdverseEvent, clock) -> None:
    clock.shift(timedelta(minutes=12))
    said = page(signed_in(contact), INBOX)
    assert "waiting for 12 minutes; to be opened before 19.28" in said and CANARY not in said
    clock.shift(timedelta(hours=5))
    assert "should have been opened before 19.28" in page(signed_in(contact), INBOX)


def test_looking_at_it_opens_nothing_and_its_button_does_once(
    cast: Cast, contact: User, client: Client, report: AdverseEvent, clock
) -> None:
    assert CANARY not in page(client, url_of(report))
    assert client.get(url_of(report, "open/")).status_code == 405
    client.post(url_of(report, "open/"))
    assert CANARY in page(client, url_of(report))
    clock.shift(timedelta(hours=1))
    signed_in(cast.staff["coordinator"]).post(url_of(report, "open/"))
    report.refresh_from_db()
    assert (report.opened_at, report.opened_by) == (REPORTED, contact)
    assert Event.objects.filter(what="report opened").count() == 1


def test_it_is_judged_on_two_pages_the_relation_without_the_answers(client: Client, report: AdverseEvent) -> None:
    AdverseEvent.objects.filter(pk=report.pk).update(answers={"how-bad": "4"})
    client.post(url_of(report, "open/"))
    assert "How much did it trouble you?" in page(client, url_of(report))
    said = {"severity": "severe", "serious": "yes", "kind": "sadness", "screened": "a song about a relative"}
    assert client.post(url_of(report, "judge/"), said).url == url_of(report, "relation/")
    apart = page(client, url_of(report, "relation/"))
    assert CANARY not in apart and "How much did it trouble you?" not in apart and "a song about" not in apart
    client.post(url_of(report, "relation/"), {"relatedness": "probable", "expectedness": "expected"})
    report.refresh_from_db()
    assert (report.severity, report.serious, report.relatedness) == ("severe", True, "probable")
    assert (report.description, report.screened) == (CANARY, "a song about a relative")
    assert report.judged_by is not None


def test_a_judgement_that_changes_needs_a_reason_and_the_old_one_is_kept(
    contact: User, client: Client, report: AdverseEvent
) -> None:
    handled(contact, report)
    said = {"severity": "severe", "serious": "no", "kind": "", "screened": "a sad song"}
    assert "Enter the reason for the change" in client.post(url_of(report, "judge/"), said).content.decode()
    client.post(url_of(report, "judge/"), {**said, "reason": "they told me more"})
    event = Event.objects.filter(what="report judged").last()
    detail = audit.detail(event)
    assert detail["before"] == {"severity": "mild"} and detail["after"] == {"severity": "severe"}
    assert detail["reason"] == "they told me more"


def test_it_is_closed_only_once_it_is_judged_and_has_an_outcome(
    contact: User, client: Client, report: AdverseEvent
) -> None:
    actions.open_report(contact, report)
    with pytest.raises(ActionRefused, match=r"severity, whether it is serious, relation to the course, outcome"):
        actions.close_report(contact, report)
    assert "Still needed" in page(client, url_of(report))
    handled(contact, report)
    client.post(url_of(report, "close/"))
    report.refresh_from_db()
    assert report.closed_at == REPORTED and report.closed_by == contact


def test_a_closed_report_changes_only_once_it_is_opened_again_with_a_reason(
    contact: User, client: Client, report: AdverseEvent
) -> None:
    handled(contact, report)
    actions.close_report(contact, report)
    with pytest.raises(ActionRefused, match="closed"):
        actions.add_note(contact, report, "more")
    with pytest.raises(ActionRefused, match="reason"):
        actions.reopen_report(contact, report, " ")
    client.post(url_of(report, "reopen/"), {"reason": "it came back"})
    report.refresh_from_db()
    assert report.closed_at is None and "it came back" in page(client, url_of(report))


def test_notes_are_kept_and_an_empty_one_is_not(client: Client, report: AdverseEvent) -> None:
    client.post(url_of(report, "open/"))
    assert "This field is required" in client.post(url_of(report, "note/"), {"text": ""}).content.decode()
    client.post(url_of(report, "note/"), {"text": "called on Tuesday"})
    assert "called on Tuesday" in page(client, url_of(report))


def test_a_name_is_shown_after_a_button_and_that_is_kept(contact: User, client: Client, report: AdverseEvent) -> None:
    client.post(url_of(report, "open/"))
    assert "Name of P01" not in page(client, INBOX) + page(client, url_of(report))
    shown = client.post(url_of(report, "identity/")).content.decode()
    assert "Name of P01" in shown
    event = Event.objects.get(what="identity looked up")
    assert (event.actor, event.person) == (contact.pk, report.participant_id)


def test_a_role_that_does_not_see_names_is_shown_none(cast: Cast, contact: User, report: AdverseEvent) -> None:
    assert queries.sees_identity(contact, cast.study)
    RoleHeld.objects.filter(user=contact).update(role="teacher")
    assert not queries.sees_identity(contact, cast.study)


def test_each_sees_what_the_person_lets_their_role_know(cast: Cast, person: Participant) -> None:
    ways = {"coordinator": 1, "safety-contact": 0}
    event = actions.report_event(
        person, person, source="participant", description=CANARY, may_know=["coordinator", "independent"]
    )
    for role, seen in ways.items():
        user = cast.staff[role]
        assert len(queries.reports_for(user, cast.study)) == seen
        assert signed_in(user).get(url_of(event)).status_code == (200 if seen else 404)
        assert queries.withheld_from(user, cast.study) == []
    with pytest.raises(ActionRefused, match="for other colleagues"):
        actions.open_report(cast.staff["safety-contact"], event)


def test_a_teacher_sees_only_what_their_own_peoples_reports_let_teachers_know(cast: Cast, person: Participant) -> None:
    teacher = cast.staff["teacher"]
    for may_know in (["safety-contact"], ["safety-contact", "teacher"]):
        event = actions.report_event(person, person, source="participant", description=CANARY, may_know=["coordinator"])
        AdverseEvent.objects.filter(pk=event.pk).update(may_know=may_know)
    assert [told.words for told in queries.told_to_teacher(teacher, cast.study)] == [CANARY]
    other = consented(cast, "P02", "control")
    event = actions.report_event(other, other, source="participant", description=CANARY, may_know=["coordinator"])
    AdverseEvent.objects.filter(pk=event.pk).update(may_know=["teacher"])
    assert len(queries.told_to_teacher(teacher, cast.study)) == 1


def test_a_report_that_nobody_chosen_can_open_is_known_to_be_there_and_nothing_more(
    cast: Cast, client: Client, contact: User, person: Participant
) -> None:
    event = actions.report_event(person, person, source="participant", description=CANARY, may_know=["independent"])
    said = page(client, INBOX)
    assert "A report that nobody here may read" in said and "Dr Ina Onafhankelijk" in said
    assert CANARY not in said and person.code not in said
    assert client.get(url_of(event)).status_code == 404
    client.post(url_of(event, "pass-on/"))
    event.refresh_from_db()
    assert event.opened_by == contact and "passed on" in page(client, INBOX)
    assert queries.withheld_from(cast.staff["coordinator"], cast.study) == []


def test_when_those_who_were_chosen_are_gone_somebody_learns_that_it_is_there(cast: Cast, report: AdverseEvent) -> None:
    AdverseEvent.objects.filter(pk=report.pk).update(may_know=["safety-contact"])
    RoleHeld.objects.filter(role="safety-contact").update(until=REPORTED)
    coordinator = cast.staff["coordinator"]
    assert queries.reports_for(coordinator, cast.study) == []
    assert [one.key for one in queries.withheld_from(coordinator, cast.study)] == [report.pk]


def test_another_centres_and_another_studys_staff_find_nothing(cast: Cast, report: AdverseEvent) -> None:
    southern = User.objects.create(email="south@x.example", name="Sara South")
    actions.give_role(audit.SERVER, southern, cast.study, "safety-contact", centre=cast.south)
    assert page(signed_in(southern), INBOX).count("<article") == 0
    for step in ("", "judge/", "relation/", "action/"):
        assert signed_in(southern).get(url_of(report, step)).status_code == 404
    for step in ("open/", "note/", "close/", "identity/", "pass-on/"):
        assert signed_in(southern).post(url_of(report, step)).status_code == 404


def test_something_told_by_telephone_can_be_put_in(cast: Cast, client: Client, person: Participant) -> None:
    said = {"code": "p01", "description": CANARY, "ascertainment": "spontaneous", "onset": ""}
    assert (
        "No participant of your centres has this code"
        in client.post(f"{INBOX}new/", {**said, "code": "P99"}).content.decode()
    )
    assert client.post(f"{INBOX}new/", said).status_code == 302
    event = AdverseEvent.objects.get()
    assert (event.source, event.told_by) == ("coordinator", cast.staff["safety-contact"])


def test_the_log_seals_every_step_and_holds(contact: User, report: AdverseEvent) -> None:
    handled(contact, report)
    actions.close_report(contact, report)
    about = [event for event in Event.objects.exclude(person=None) if "report" in event.what or "judged" in event.what]
    assert {event.what for event in about} >= {"report opened", "report judged", "report closed"}
    for event in about:
        assert b"sad song" not in bytes(event.detail) and b"canary" not in bytes(event.detail)
    assert list(audit.broken()) == []


def test_two_who_open_it_at_once_leave_one_first_opening(cast: Cast, contact: User, report: AdverseEvent) -> None:
    second = a_member_of_staff(cast.study, "safety-contact", "second")
    for user in (contact, second, contact):
        actions.open_report(user, report)
    assert Event.objects.filter(what="report opened").count() == 1
