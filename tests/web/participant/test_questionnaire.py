"""Questionnaires and forms, answered with nothing but their buttons."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from pilotage.web.records import queries
from pilotage.web.records.models import Administration, Answer, Comment, Event, Participant
from tests.web.cast import Cast, at_home, consented, someone

AFTER = datetime(2026, 3, 21, 10, tzinfo=UTC)
LATE = datetime(2026, 4, 20, 10, tzinfo=UTC)
PSS, POST_PSS = "/me/ask/pre/pss-10/1/", "/me/ask/post/pss-10/1/"
EVALUATION, ABOUT, WEEK = "/me/ask/evaluation/evaluation/1/", "/me/ask/pre/about-you/1/", "/me/ask/weeks/week/2/"


@pytest.fixture
def person(cast: Cast) -> Participant:
    return consented(cast)


@pytest.fixture
def phone(person: Participant) -> Client:
    return at_home(person)


@pytest.fixture
def after(before_the_course) -> None:
    before_the_course.move_to(AFTER)


def page(phone: Client, address: str) -> str:
    response = phone.get(address)
    assert response.status_code == 200
    return response.content.decode()


def all_of(items: int, value: int = 2) -> dict[str, str]:
    return {f"answer-{number}": str(value) for number in range(1, items + 1)}


def test_looking_changes_nothing(phone: Client) -> None:
    page(phone, PSS)
    assert not Administration.objects.exists()


def test_each_item_is_a_fieldset_with_its_legend_and_there_is_no_grid(after: None, phone: Client) -> None:
    shown = page(phone, "/me/ask/post/ffmq-39/1/")
    assert shown.count("<fieldset") == shown.count("<legend") == 39
    assert shown.count('type="radio"') == 39 * 6
    assert "<table" not in shown


def test_the_ways_at_the_foot_of_every_page_stand_here_too(phone: Client) -> None:
    foot = page(phone, PSS).partition('<footer class="foot')[2]
    assert "Did something unpleasant happen?" in foot and "Sign out" in foot and "Nederlands" in foot
    assert foot.count("csrfmiddlewaretoken") == 2 and f'value="{PSS}"' in foot


def test_no_slot_is_left_open(after: None, phone: Client) -> None:
    for address in (PSS, EVALUATION, ABOUT, WEEK):
        assert "\x00" not in page(phone, address)


def test_a_page_of_answers_is_kept_by_its_button(after: None, phone: Client) -> None:
    response = phone.post(POST_PSS, {**all_of(10), "go": "finish"})
    assert response.status_code == 302
    given = Administration.objects.get()
    assert (given.mode, given.language, given.version.number) == ("web", "en", 1)
    assert given.answers.count() == 10 and given.completed_at == AFTER
    assert "Your answers have arrived" in page(phone, POST_PSS)


def test_what_was_answered_is_shown_again_on_any_device(after: None, phone: Client, person: Participant) -> None:
    phone.post(POST_PSS, {"answer-3": "4", "answer-5": ""})
    other = page(at_home(person), POST_PSS)
    assert 'name="answer-3" value="4" checked' in other
    assert 'name="answer-5" value="" checked' in other
    assert other.count(" checked") == 2
    assert "2 of 10" in other


def test_two_people_do_not_see_each_others_answers(after: None, cast: Cast, phone: Client) -> None:
    phone.post(POST_PSS, {"answer-3": "4"})
    assert " checked" not in page(at_home(consented(cast, "P02")), POST_PSS)


def test_a_paged_questionnaire_turns_by_its_buttons(phone: Client) -> None:
    first = page(phone, PSS)
    assert first.count(" hidden>") + first.count(" hidden ") >= 9
    response = phone.post(PSS, {"page": "1", "answer-1": "3", "go": "next"})
    assert response["Location"] == f"{PSS}?page=2"
    second = page(phone, f"{PSS}?page=2")
    assert re.search(r'id="item-1"[^>]* hidden', second) and not re.search(r'id="item-2"[^>]* hidden', second)
    assert phone.post(PSS, {"page": "2", "go": "back"})["Location"] == f"{PSS}?page=1"


def test_it_goes_on_where_it_was_left(phone: Client) -> None:
    phone.post(PSS, {"page": "1", "answer-1": "3", "answer-2": "1", "go": "next"})
    assert not re.search(r'id="item-3"[^>]* hidden', page(phone, PSS))


def test_the_window_s_closing_is_stated(phone: Client) -> None:
    assert "Open until Wed 4 March 2026." in page(phone, PSS)


def test_after_the_closing_nothing_is_taken_and_what_is_safe_is_said(person: Participant, before_the_course) -> None:
    at_home(person).post(PSS, {"page": "1", "answer-1": "3"})
    before_the_course.move_to(datetime(2026, 3, 4, 23, 30, tzinfo=UTC))  # half past midnight in the study's zone
    response = at_home(person).post(PSS, {"page": "2", "answer-2": "3"})
    assert "These questions have closed" in response.content.decode()
    assert "The one answer that arrived by then is saved" in response.content.decode()
    assert Answer.objects.count() == 1


def test_before_the_opening_it_says_from_when(phone: Client) -> None:
    assert "can answer them from" in page(phone, POST_PSS)


def test_finished_is_finished(after: None, phone: Client) -> None:
    phone.post(POST_PSS, {**all_of(10), "go": "finish"})
    again = phone.post(POST_PSS, {**all_of(10, 4), "go": "finish"})
    assert "Your answers have arrived" in again.content.decode()
    assert set(Answer.objects.values_list("value", flat=True)) == {"2"}


def test_pressed_twice_it_is_finished_once(after: None, person: Participant, phone: Client) -> None:
    for _ in range(2):
        phone.post(POST_PSS, {**all_of(10), "go": "finish"})
    assert Event.objects.filter(what="administration finished").count() == 1


def test_without_consent_nothing_is_asked(cast: Cast) -> None:
    phone = at_home(someone(cast, "P09"))
    assert phone.get(PSS).status_code == phone.post(PSS, {"answer-1": "1"}).status_code == 404


def test_whoever_left_the_study_is_asked_nothing_more(after: None, person: Participant, phone: Client) -> None:
    phone.post(POST_PSS, {"answer-1": "1"})
    person.consents.update(ended_at=AFTER)
    response = phone.post(POST_PSS, {"answer-2": "1"})
    assert "You left the study" in response.content.decode()
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("address", ["/me/ask/pre/gad-7/1/", "/me/ask/later/pss-10/1/", "/me/ask/pre/pss-10/2/"])
def test_what_is_not_asked_is_not_found(phone: Client, address: str) -> None:
    assert phone.get(address).status_code == 404


def test_the_control_arm_is_not_asked_about_the_course(after: None, cast: Cast) -> None:
    assert at_home(consented(cast, "P02", "control")).get(EVALUATION).status_code == 404


# Forms of the study's own: every kind of item.


def test_every_kind_of_item_is_shown_and_kept(after: None, phone: Client) -> None:
    shown = page(phone, EVALUATION)
    assert shown.count('class="box"') == 11 and shown.count('type="checkbox"') == 2
    assert shown.count("<textarea") == 1 and 'type="date"' in shown
    sent = {
        "answer-grade": "8",
        "answer-recommend": "no",
        "answer-why-not": "Too <b>long</b> for me",
        "answer-learned": ["listen", "pause"],
        "answer-last-day": "2026-03-19",
    }
    phone.post(EVALUATION, sent)
    kept = dict(Answer.objects.values_list("item", "value"))
    assert kept == {"grade": "8", "recommend": "no", "learned": "pause listen", "last-day": "2026-03-19"}
    assert Comment.objects.get().text == "Too <b>long</b> for me"
    again = page(phone, EVALUATION)
    assert "Too &lt;b&gt;long&lt;/b&gt; for me" in again and again.count(" checked") == 4
    assert 'value="2026-03-19"' in again


SAVED = {"grade": "8", "recommend": "no", "learned": "pause listen", "last-day": "2026-03-19", "why-not": "a\nb"}


def kept() -> dict[str, str | None]:
    return dict(Answer.objects.values_list("item", "value")) | dict(Comment.objects.values_list("item", "text"))


def save_all(phone: Client) -> None:
    """Save answers of every kind as the page's script sends them."""
    answers = [{"item": item, "value": value, "sequence": 1} for item, value in SAVED.items()]
    phone.post(f"{EVALUATION}answers/", json.dumps({"device": "phone", "answers": answers}), "application/json")
    assert kept() == SAVED


def shown_by(html: str) -> str:
    """What a page sends back of the answers with which it was drawn."""
    found = re.search(r'name="shown" value="([^"]*)"', html)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("sent", [{}, {"answer-last-day": "", "answer-why-not": ""}])
def test_what_a_page_did_not_show_is_not_emptied_by_its_blanks(
    after: None, phone: Client, sent: dict[str, str]
) -> None:
    shown = shown_by(page(phone, EVALUATION))
    save_all(phone)
    for drawn_with in (shown, "", "[]", "{", '{"grade": 8}'):
        phone.post(EVALUATION, {"shown": drawn_with} | sent)
        assert kept() == SAVED
    phone.post(EVALUATION, {"shown": shown, "go": "finish"})
    assert kept() == SAVED and Administration.objects.get().completed_at == AFTER


def test_what_a_page_showed_is_emptied_by_its_blanks_and_its_other_fields_are_not_sent_again(
    after: None, phone: Client
) -> None:
    save_all(phone)
    shown = shown_by(page(phone, EVALUATION))
    send_one = json.dumps({"device": "tablet", "answers": [{"item": "grade", "value": "3", "sequence": 1}]})
    phone.post(f"{EVALUATION}answers/", send_one, "application/json")
    stale = {"answer-grade": "8", "answer-recommend": "no", "answer-why-not": "a\r\nb", "answer-last-day": ""}
    phone.post(EVALUATION, {"shown": shown} | stale)
    assert kept() == SAVED | {"grade": "3", "learned": None, "last-day": None}


def test_what_could_not_be_kept_is_not_taken_for_what_is(phone: Client) -> None:
    phone.post(ABOUT, {"page": "1", "answer-age": "47", "shown": "{}"})
    shown = shown_by(page(phone, ABOUT))
    for _ in range(2):
        html = phone.post(ABOUT, {"page": "1", "answer-age": "old", "shown": shown, "go": "finish"}).content.decode()
        shown = shown_by(html)
        assert 'value="old"' in html and json.loads(shown) == {"age": "47"}
    assert kept() == {"age": "47"} and Administration.objects.get().completed_at is None


def test_a_number_out_of_range_keeps_what_was_typed_and_says_why(phone: Client) -> None:
    response = phone.post(ABOUT, {"page": "1", "answer-age": "1964", "go": "next"})
    shown = response.content.decode()
    assert "between 18 and 99 years" in shown and 'value="1964"' in shown and "0 of 2" in shown
    assert not Answer.objects.exists()


def test_the_other_answers_are_kept_when_one_is_wrong(phone: Client) -> None:
    phone.post(ABOUT, {"page": "1", "answer-age": "old", "answer-gender": "other"})
    assert list(Answer.objects.values_list("item", flat=True)) == ["gender"]


def test_an_answer_that_is_none_of_those_there_are_is_refused(after: None, phone: Client) -> None:
    response = phone.post(POST_PSS, {"answer-1": "7", "go": "finish"})
    assert "Choose one of the answers." in response.content.decode()
    assert not Answer.objects.exists()


def test_a_required_item_is_asked_for_where_it_stands(after: None, phone: Client) -> None:
    shown = phone.post(WEEK, {"go": "finish"}).content.decode()
    assert "One question needs an answer" in shown and "This question needs an answer." in shown
    assert not Administration.objects.filter(completed_at__isnull=False).exists()


def test_what_is_asked_only_of_some_may_stay_empty(after: None, phone: Client) -> None:
    phone.post(WEEK, {"answer-unpleasant": "no", "go": "finish"})
    assert Administration.objects.get().completed_at is not None


def test_what_a_later_answer_makes_needless_is_cleared_and_the_log_keeps_it(after: None, phone: Client) -> None:
    phone.post(WEEK, {"answer-unpleasant": "yes", "answer-description": "a fall", "answer-how-bad": "4"})
    phone.post(WEEK, {"answer-unpleasant": "no", "answer-description": "a fall", "answer-how-bad": "4", "go": "finish"})
    answers = queries.answers_given(Administration.objects.get())
    assert answers == {"unpleasant": "no", "description": "", "how-bad": None}
    assert Event.objects.filter(what="answers cleared").exists()


def test_the_items_words_follow_the_language_it_was_begun_in(after: None, person: Participant, phone: Client) -> None:
    phone.post(WEEK, {"answer-unpleasant": "no"})
    person.identity.language = "nl"
    person.identity.save()
    assert '<html lang="nl">' in page(phone, WEEK) and "Has anything unpleasant" in page(phone, WEEK)
    assert "Zou u hem aanbevelen?" in page(phone, EVALUATION)
