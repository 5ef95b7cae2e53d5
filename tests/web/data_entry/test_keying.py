"""Paper forms: keyed twice by code, and settled where two people read differently."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.actions.answers import Sent
from pilotage.web.records.models import Administration, Answer, DataEntryPass, Participant, User
from tests.web.cast import Cast, consented, signed_in

NOW = datetime(2026, 2, 20, 10, tzinfo=UTC)
DAY = "2026-02-19"
FORM = "/calm/paper/P01/pre/pss-10/1/"


@pytest.fixture(autouse=True)
def in_february():
    with time_machine.travel(datetime(2026, 2, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def person(cast: Cast, in_february: time_machine.Coordinates) -> Participant:
    someone = consented(cast)
    in_february.move_to(NOW)
    return someone


@pytest.fixture
def dana(cast: Cast) -> User:
    return cast.staff["data-entry"]


@pytest.fixture
def dirk(cast: Cast) -> User:
    user = User.objects.create(email="dirk@calm.example", name="Dirk Second")
    actions.give_role(audit.SERVER, user, cast.study, "data-entry")
    return user


def reading(**items: str) -> dict[str, str]:
    every = {f"item-{n}": "2" for n in range(1, 11)}
    return {"filled_in_on": DAY, **every, **{f"item-{name[1:]}": value for name, value in items.items()}}


def test_two_equal_readings_become_answers(person: Participant, dana: User, dirk: User) -> None:
    signed_in(dana).post(FORM, reading())
    assert not Administration.objects.exists()
    signed_in(dirk).post(FORM, reading())
    given = Administration.objects.get()
    assert (given.mode, given.completed_at is not None, given.answers.count()) == ("paper", True, 10)


def test_nobody_keys_a_form_twice(person: Participant, dana: User) -> None:
    signed_in(dana).post(FORM, reading())
    answer = signed_in(dana).post(FORM, reading())
    assert "Another person does the second data entry" in answer.content.decode()
    assert DataEntryPass.objects.count() == 1


def test_the_second_person_does_not_see_what_the_first_one_read(person: Participant, dana: User, dirk: User) -> None:
    signed_in(dana).post(FORM, reading(i3="4"))
    assert 'value="4"' not in signed_in(dirk).get(FORM).content.decode()


def test_a_difference_is_settled_with_a_reason_and_both_readings_stay(
    person: Participant, dana: User, dirk: User
) -> None:
    signed_in(dana).post(FORM, reading(i3="4"))
    signed_in(dirk).post(FORM, reading(i3="1"))
    assert not Administration.objects.exists()
    without = signed_in(dirk).post(FORM, reading(i3="1"))
    assert without.status_code == 200 and not Administration.objects.exists()
    signed_in(dirk).post(FORM, {**reading(i3="1"), "reason": "looked at the paper again"})
    assert Answer.objects.get(item="3").value == "1"
    assert [keying.values["3"] for keying in DataEntryPass.objects.order_by("turn")] == ["4", "1"]


def test_a_value_that_no_item_takes_is_named_and_what_was_typed_stays(person: Participant, dana: User) -> None:
    page = signed_in(dana).post(FORM, reading(i5="7")).content.decode()
    assert "‘7’ is not between 0 and 4." in page and 'value="7"' in page
    assert not DataEntryPass.objects.exists()


def test_a_blank_on_paper_is_a_blank(person: Participant, dana: User, dirk: User) -> None:
    for user in (dana, dirk):
        signed_in(user).post(FORM, reading(i5=""))
    assert Answer.objects.get(item="5").value is None


def test_paper_from_before_the_consent_is_not_taken_over(person: Participant, dana: User, dirk: User) -> None:
    early = reading() | {"filled_in_on": "2026-02-01"}
    signed_in(dana).post(FORM, early)
    page = signed_in(dirk).post(FORM, early).content.decode()
    assert "filled in before the consent" in page and not Administration.objects.exists()


def test_what_was_begun_on_the_web_is_not_keyed(person: Participant, cast: Cast, dana: User) -> None:
    due = next(d for d in queries.asked_of(person) if d.instrument == "pss-10")
    actions.begin_administration(person, due, "en")
    assert signed_in(dana).get(FORM).status_code == 404


def test_whoever_keys_sees_codes_and_no_names(person: Participant, dana: User) -> None:
    for page in ("/calm/paper/", FORM, f"{FORM}print/"):
        text = signed_in(dana).get(page).content.decode()
        assert "P01" in text and "Name of P01" not in text and "people.example" not in text


def test_another_centres_paper_is_not_found(cast: Cast, person: Participant) -> None:
    user = User.objects.create(email="south@calm.example", name="South")
    actions.give_role(audit.SERVER, user, cast.study, "data-entry", cast.south)
    assert signed_in(user).get(FORM).status_code == 404
    assert "P01" not in signed_in(user).get("/calm/paper/").content.decode()


def test_a_teacher_finds_no_paper_forms(person: Participant, cast: Cast) -> None:
    assert signed_in(cast.staff["teacher"]).get("/calm/paper/").status_code == 404


def test_the_list_says_what_to_do_with_each_form(person: Participant, dana: User, dirk: User) -> None:
    signed_in(dana).post(FORM, reading(i3="4"))
    assert "Entered by you" in signed_in(dana).get("/calm/paper/").content.decode()
    assert "needs a second entry" in signed_in(dirk).get("/calm/paper/").content.decode()
    signed_in(dirk).post(FORM, reading())
    assert "resolve the differences" in signed_in(dana).get("/calm/paper/?code=p01").content.decode()


def test_a_code_that_there_is_not_is_named(person: Participant, dana: User) -> None:
    for code in ("P99", "x" * 100_000, "P\x0099"):
        page = signed_in(dana).get("/calm/paper/", {"code": code}).content.decode()
        assert "There is no paper form for" in page and "Not entered yet" not in page


def test_every_kind_of_item_can_be_keyed(person: Participant, cast: Cast, dana: User, dirk: User) -> None:
    said = {"filled_in_on": DAY, "item-age": "44", "item-gender": "female"}
    for user in (dana, dirk):
        signed_in(user).post("/calm/paper/P01/pre/about-you/1/", said)
    assert dict(Answer.objects.values_list("item", "value")) == {"age": "44", "gender": "female"}


EVALUATION = "/calm/paper/P01/evaluation/evaluation/1/"


def test_choices_are_made_by_the_words_on_the_paper(
    person: Participant, dana: User, dirk: User, in_february: time_machine.Coordinates
) -> None:
    in_february.move_to(datetime(2026, 3, 21, 10, tzinfo=UTC))
    sheet = signed_in(dana).get(EVALUATION).content.decode()
    assert '<option value="yes">yes</option>' in sheet and "to pause" in sheet and "yes =" not in sheet
    said = {"filled_in_on": "2026-03-20", "item-recommend": "yes", "item-learned": ["listen", "pause"]}
    signed_in(dana).post(EVALUATION, said)
    signed_in(dirk).post(EVALUATION, said | {"item-recommend": "no"})
    sheet = signed_in(dirk).get(EVALUATION).content.decode()
    assert '<th scope="row">Would you recommend it?</th>' in sheet and sheet.count('value="pause" ') == 1
    assert re.findall(r'<td data-label="\w+ entry">(.*?)</td>', sheet) == ["yes", "no"]
    assert len(re.findall(r'type="checkbox"[^>]*checked', sheet)) == 2
    signed_in(dirk).post(EVALUATION, said | {"reason": "looked at the paper again"})
    kept = dict(Answer.objects.exclude(value=None).values_list("item", "value"))
    assert kept == {"recommend": "yes", "learned": "pause listen"}


def test_a_choice_is_corrected_by_the_words_on_the_paper(
    person: Participant, dana: User, in_february: time_machine.Coordinates
) -> None:
    in_february.move_to(datetime(2026, 3, 21, 10, tzinfo=UTC))
    due = next(d for d in queries.asked_of(person) if d.instrument == "evaluation")
    actions.save_answers(person, due, [Sent("recommend", "yes"), Sent("learned", "pause")], "en")
    actions.finish(person, due, "en", blanks_meant=True)
    home, correct = signed_in(dana), f"{EVALUATION}correct/"
    right = {"item": "learned", "value": "To listen; to pause", "reason": "read wrongly"}
    assert home.post(correct, right).status_code == 302
    assert Answer.objects.get(item="learned").value == "pause listen"
    page = home.post(correct, right | {"value": "to dance"}).content.decode()
    assert "‘to dance’ is not one of the answers: to pause; to listen." in page
