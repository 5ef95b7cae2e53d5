"""Answers as they are given, one at a time: kept once, in order, whatever a phone or a network does."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client

from pilotage.web.records import audit, queries
from pilotage.web.records.models import Administration, Answer, Comment, Event, Participant
from tests.web.cast import Cast, at_home, consented

AFTER = datetime(2026, 3, 21, 10, tzinfo=UTC)
PSS, EVALUATION = "/me/ask/post/pss-10/1/", "/me/ask/evaluation/evaluation/1/"


@pytest.fixture
def person(cast: Cast, before_the_course) -> Participant:
    before_the_course.move_to(AFTER)
    return consented(cast)


@pytest.fixture
def phone(person: Participant) -> Client:
    return at_home(person)


def send(
    phone: Client, item: str, value: str | None, sequence: int = 1, device: str = "phone", to: str = PSS
) -> HttpResponse:
    said = {"device": device, "answers": [{"item": item, "value": value, "sequence": sequence}]}
    return phone.post(f"{to}answers/", json.dumps(said), content_type="application/json")


def test_an_answer_is_kept_as_it_is_given(phone: Client) -> None:
    assert send(phone, "3", "4").json() == {"refused": {}}
    answer = Answer.objects.get()
    assert (answer.item, answer.value, answer.device, answer.sequence) == ("3", "4", "phone", 1)


def test_leave_blank_is_an_answer_too(phone: Client) -> None:
    send(phone, "3", None)
    assert queries.answers_given(Administration.objects.get()) == {"3": None}


def test_twenty_copies_of_an_answer_are_one_row_and_one_entry(phone: Client) -> None:
    assert {send(phone, "3", "4").status_code for _ in range(20)} == {200}
    assert Answer.objects.count() == 1
    assert Event.objects.filter(what="answers saved").count() == 1


def test_a_latecomer_of_the_same_phone_changes_nothing(phone: Client) -> None:
    send(phone, "3", "4", sequence=7)
    send(phone, "3", "1", sequence=6)
    assert Answer.objects.get().value == "4"


def test_of_two_devices_what_arrives_last_stands(phone: Client) -> None:
    send(phone, "3", "4", sequence=70)
    send(phone, "3", "1", sequence=2, device="tablet")
    assert Answer.objects.get().value == "1"


def test_many_answers_at_once_are_taken_in_their_order(phone: Client) -> None:
    answers = [{"item": "1", "value": str(n % 5), "sequence": n} for n in (3, 1, 2)]
    answers += [{"item": "2", "value": "0", "sequence": 4}]
    said = json.dumps({"device": "phone", "answers": answers})
    assert phone.post(f"{PSS}answers/", said, content_type="application/json").status_code == 200
    assert dict(Answer.objects.values_list("item", "value")) == {"1": "3", "2": "0"}


def test_the_log_holds_what_was_and_what_is_under_the_person_s_key(phone: Client, person: Participant) -> None:
    send(phone, "3", "4", sequence=1)
    send(phone, "3", "0", sequence=2)
    event = Event.objects.filter(what="answers saved").last()
    assert event is not None and event.person == person.pk
    said = audit.detail(event)
    assert said is not None and (said["before"], said["after"]) == ({"3": "4"}, {"3": "0"})
    assert list(audit.broken()) == []


def test_one_s_own_words_are_kept_apart(phone: Client) -> None:
    send(phone, "why-not", "no time", to=EVALUATION)
    send(phone, "why-not", "no time at all", sequence=2, to=EVALUATION)
    assert Comment.objects.get().text == "no time at all" and not Answer.objects.exists()


def test_an_answer_that_the_item_does_not_take_is_refused_in_words(phone: Client) -> None:
    assert send(phone, "3", "9").json()["refused"] == {"3": "Choose one of the answers."}
    assert send(phone, "last-day", "yesterday", to=EVALUATION).json()["refused"]["last-day"].startswith("Enter a date")
    assert not Answer.objects.exists()


def test_a_value_that_the_item_does_not_take_holds_up_no_other(phone: Client) -> None:
    values = {"grade": "11", "learned": "fly", "last-day": "2026-02-31", "why-not": "x" * 10_001, "recommend": "no"}
    answers = [{"item": item, "value": value, "sequence": n} for n, (item, value) in enumerate(values.items())]
    reply = phone.post(f"{EVALUATION}answers/", json.dumps({"device": "x", "answers": answers}), "application/json")
    assert reply.json()["refused"].keys() == values.keys() - {"recommend"}
    assert dict(Answer.objects.values_list("item", "value")) == {"recommend": "no"}


def test_words_are_kept_without_what_no_database_keeps(phone: Client) -> None:
    assert send(phone, "why-not", "one\r\ntwo \x00\ud83d!", to=EVALUATION).json() == {"refused": {}}
    assert Comment.objects.get().text == "one\ntwo !"


def test_an_item_that_there_is_not_is_passed_over(phone: Client) -> None:
    assert send(phone, "11", "1").status_code == 200
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        '{"device": "phone"}',
        '{"device": "phone", "answers": []}',
        '{"device": "", "answers": [{"item": "1", "value": "1", "sequence": 1}]}',
        '{"device": "phone", "answers": [{"item": "1", "value": 1, "sequence": 1}]}',
        '{"device": "phone", "answers": [{"item": "1", "value": "1", "sequence": -1}]}',
        '{"device": "phone", "answers": [{"item": "1", "value": "1", "sequence": true}]}',
        '{"device": "phone", "answers": [{"item": "1", "value": "1", "sequence": 1e30}]}',
        '{"device": "phone", "answers": [{"item": ["1"], "value": "1", "sequence": 1}]}',
        '{"device": "phone", "answers": 7}',
        '{"device": "\\u0000", "answers": [{"item": "1", "value": "1", "sequence": 1}]}',
        f'{{"device": "phone", "answers": {"[" * 100_000}',
    ],
)
def test_what_no_page_of_ours_sends_is_not_read(phone: Client, said: str) -> None:
    assert phone.post(f"{PSS}answers/", said, content_type="application/json").status_code == 400


def test_after_finishing_nothing_is_taken(phone: Client) -> None:
    phone.post(PSS, {"answer-1": "1", "go": "finish", "blanks-meant": "1"})
    reply = send(phone, "1", "4")
    assert (reply.status_code, reply.json()["closed"], reply.json()["final"]) == (409, True, True)
    assert Answer.objects.get().value == "1"


def test_after_the_closing_nothing_is_taken(person: Participant, before_the_course) -> None:
    send(at_home(person), "1", "4")
    before_the_course.move_to(datetime(2026, 4, 20, 10, tzinfo=UTC))
    assert send(at_home(person), "2", "4").status_code == 409
    assert Answer.objects.count() == 1


def test_once_the_consent_ended_nothing_is_taken(phone: Client, person: Participant) -> None:
    send(phone, "1", "4")
    person.consents.update(ended_at=AFTER)
    assert send(phone, "2", "4").status_code == 409


def test_the_database_itself_takes_no_answer_once_the_consent_ended(phone: Client, person: Participant) -> None:
    send(phone, "1", "4")
    person.consents.update(ended_at=AFTER)
    with pytest.raises(DatabaseError, match="no answer without a valid consent"), transaction.atomic():
        Answer.objects.create(administration=Administration.objects.get(), item="2", value="1")


def test_a_session_that_was_moved_moves_the_window_at_once(cast: Cast, phone: Client) -> None:
    assert send(phone, "1", "4").status_code == 200
    last = cast.cohort.sessions.get(number=3)
    last.planned_start = datetime(2026, 4, 2, 17, tzinfo=UTC)
    last.save()
    reply = send(phone, "2", "4")
    assert (reply.status_code, reply.json()["closed"], reply.json()["final"]) == (409, True, False)


def test_an_answer_takes_few_questions_to_the_database(phone: Client, django_assert_max_num_queries: Any) -> None:
    send(phone, "1", "4")
    with django_assert_max_num_queries(18):
        send(phone, "2", "4", sequence=2)


def test_a_page_takes_few_questions_to_the_database(phone: Client, django_assert_max_num_queries: Any) -> None:
    phone.get(PSS)
    with django_assert_max_num_queries(9):
        phone.get(PSS)
