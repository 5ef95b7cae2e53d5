"""An answer is put right by code, with a reason; what it was stays in the log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.actions.answers import Sent
from pilotage.web.records.models import Administration, AdverseEvent, Event, Participant, User
from tests.web.cast import Cast, consented, signed_in

FORM = "/calm/paper/P01/pre/pss-10/1/correct/"
RIGHT = {"item": "3", "value": "4", "reason": "ticked the wrong one, wrote on Monday"}


@pytest.fixture(autouse=True)
def in_february():
    with time_machine.travel(datetime(2026, 2, 20, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def person(cast: Cast) -> Participant:
    someone = consented(cast)
    due = next(d for d in queries.asked_of(someone) if d.instrument == "pss-10")
    actions.save_answers(someone, due, [Sent(str(n), "1") for n in range(1, 11)], "en")
    actions.finish(someone, due, "en")
    return someone


@pytest.fixture
def dana(cast: Cast) -> User:
    return cast.staff["data-entry"]


def answers() -> dict[str, str | None]:
    return dict(Administration.objects.get().answers.values_list("item", "value"))


def test_an_answer_is_put_right_and_the_log_keeps_the_old_one_and_why(person: Participant, dana: User) -> None:
    assert signed_in(dana).post(FORM, RIGHT).status_code == 302
    assert answers()["3"] == "4" and answers()["4"] == "1"
    event = Event.objects.get(what="answer corrected")
    said = {"before": {"3": "1"}, "after": {"3": "4"}, "reason": RIGHT["reason"]}
    assert (audit.detail(event), event.actor) == (said, dana.pk)
    assert not list(audit.broken())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"reason": " "}, "This field is required"),
        ({"value": "7"}, "‘7’ is not between 0 and 4."),
        ({"value": "1"}, "the same answer as before"),
        ({"item": "99"}, "Select a valid choice"),
    ],
)
def test_what_is_no_correction_is_refused_and_kept_as_typed(
    person: Participant, dana: User, said: dict[str, str], why: str
) -> None:
    page = signed_in(dana).post(FORM, RIGHT | said).content.decode()
    assert why in page and set(answers().values()) == {"1"}
    assert not Event.objects.filter(what="answer corrected").exists()


def test_a_blank_is_a_correction_too(person: Participant, dana: User) -> None:
    signed_in(dana).post(FORM, RIGHT | {"value": ""})
    assert answers()["3"] is None


def test_whoever_corrects_sees_a_code_and_no_answer(person: Participant, dana: User) -> None:
    page = signed_in(dana).get(FORM).content.decode()
    assert "P01" in page and "Name of P01" not in page and 'value="1"' not in page.replace('<option value="1"', "")
    assert FORM in signed_in(dana).get("/calm/paper/?code=p01").content.decode()
    assert FORM not in signed_in(dana).get("/calm/paper/").content.decode()


def test_what_is_not_finished_or_another_centres_is_not_found(person: Participant, cast: Cast, dana: User) -> None:
    assert signed_in(dana).get(FORM.replace("pss-10", "about-you")).status_code == 404
    user = User.objects.create(email="south@calm.example", name="South")
    actions.give_role(audit.SERVER, user, cast.study, "data-entry", cast.south)
    assert signed_in(user).get(FORM).status_code == signed_in(user).post(FORM, RIGHT).status_code == 404


def test_what_someone_gave_who_left_stays_as_they_gave_it(person: Participant, dana: User) -> None:
    actions.leave(person, person, ["study"])
    assert "The consent for this form has ended" in signed_in(dana).post(FORM, RIGHT).content.decode()
    assert answers()["3"] == "1"


def test_an_alert_that_only_the_right_answer_raises_is_raised(person: Participant, dana: User) -> None:
    assert not AdverseEvent.objects.exists()
    for number in ("1", "2", "3", "6", "9", "10"):
        signed_in(dana).post(FORM, RIGHT | {"item": number})
    for number in ("4", "5", "7", "8"):
        signed_in(dana).post(FORM, RIGHT | {"item": number, "value": "0"})
    assert AdverseEvent.objects.filter(source="alert rule").exists()
