"""What the diary of home practice promises."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.actions.practice import Practised
from pilotage.web.records.models import Consent, Event, HomePractice, Participant
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, at_home, consented, someone

TODAY = datetime(2026, 3, 7, 20, tzinfo=UTC)  # a Saturday, two days after the first session
DAY = date(2026, 3, 7)


@pytest.fixture
def person(cast: Cast, before_the_course) -> Participant:
    person = consented(cast)
    before_the_course.move_to(TODAY)
    return person


@pytest.fixture
def home(person: Participant) -> Client:
    return at_home(person)


def noted(person: Participant) -> list[tuple[date, str, int | None, float | None]]:
    return list(person.home_practice.order_by("date", "kind").values_list("date", "kind", "times", "minutes"))


def tap(client: Client, sequence: int, minutes: float | None, day: str = "2026-03-07", kind: str = "formal"):
    value = json.dumps({"minutes": minutes, "times": None})
    body = {"device": "phone", "answers": [{"item": f"{day} {kind}", "value": value, "sequence": sequence}]}
    return client.post("/me/practice/keep/", json.dumps(body), content_type="application/json")


def test_a_page_sent_without_script_keeps_the_day(person: Participant, home: Client) -> None:
    sent = {"minutes-formal": "30", "other-formal": "", "times-informal": "2", "other-study": ""}
    assert home.post("/me/practice/", sent, follow=True).status_code == 200
    assert noted(person) == [(DAY, "formal", None, 30.0), (DAY, "informal", 2, None)]


def test_another_number_than_the_buttons_can_be_typed(person: Participant, home: Client) -> None:
    home.post("/me/practice/", {"minutes-formal": "30", "other-formal": "25"})
    assert noted(person) == [(DAY, "formal", None, 25.0)]
    assert 'value="25"' in home.get("/me/practice/").content.decode()
    home.post("/me/practice/", {"minutes-formal": "15", "other-formal": "25"})
    assert noted(person) == [(DAY, "formal", None, 15.0)]


def test_twenty_taps_are_one_row(person: Participant, home: Client) -> None:
    for sequence in range(20):
        assert tap(home, sequence, minutes=15 + sequence).json() == {"refused": {}}
    assert noted(person) == [(DAY, "formal", None, 34.0)]


def test_a_tap_that_arrives_late_changes_nothing(person: Participant, home: Client) -> None:
    tap(home, 8, 45)
    tap(home, 7, 15)
    tap(home, 8, 45)
    assert noted(person) == [(DAY, "formal", None, 45.0)]
    assert Event.objects.filter(what="practice noted").count() == 1


def test_the_first_page_keeps_the_days_practice_with_one_tap(person: Participant, home: Client) -> None:
    page = home.get("/me/").content.decode()
    assert "Practice today" in page and 'name="minutes-formal" value="30"' in page
    assert home.post("/me/practice/", {"minutes-formal": "30", "from": "home"}).url == "/me/"
    assert noted(person) == [(DAY, "formal", None, 30.0)]
    assert "30 min noted today" in home.get("/me/").content.decode()


def test_the_week_has_words_for_each_day_and_its_minutes(person: Participant, home: Client) -> None:
    for day, minutes in ((5, 30), (6, 45)):
        actions.keep_practice(person, person, date(2026, 3, day), "formal", Practised(minutes=minutes))
    page = home.get("/me/practice/").content.decode()
    assert "Thu 5 March: 30 minutes" in page and "Sun 8 March: in the future" in page
    assert "75 min" in page


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 3, 8), "in the future"), (date(2026, 2, 27), "too long ago")], ids=["ahead", "over"]
)
def test_only_today_and_the_days_the_protocol_allows_can_be_noted(person: Participant, day: date, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        actions.keep_practice(person, person, day, "formal", Practised(minutes=10))
    actions.keep_practice(person, person, date(2026, 2, 28), "formal", Practised(minutes=10))
    assert at_home(person).get(f"/me/practice/{day}/").status_code == 404


def test_today_is_the_day_where_the_study_runs(person: Participant, before_the_course) -> None:
    before_the_course.move_to(datetime(2026, 3, 7, 23, 30, tzinfo=UTC))  # already Sunday in Groningen
    actions.keep_practice(person, person, date(2026, 3, 8), "formal", Practised(minutes=10))
    assert noted(person) == [(date(2026, 3, 8), "formal", None, 10.0)]


@pytest.mark.parametrize("said", [{"minutes": -1}, {"minutes": 1441}, {"times": 3}, {"minutes": float("nan")}])
def test_what_cannot_be_is_refused(person: Participant, said: dict[str, float]) -> None:
    with pytest.raises(ActionRefused):
        actions.keep_practice(person, person, DAY, "formal", Practised(**said))
    assert noted(person) == []


def test_what_a_browser_sends_and_is_none_changes_nothing(person: Participant, home: Client) -> None:
    for body in ("", "[]", '{"device": "x", "answers": [{"item": "today formal"}]}'):
        assert home.post("/me/practice/keep/", body, content_type="application/json").status_code == 400
    assert tap(home, 1, 15, day="2026-03-09").json()["refused"].keys() == {"2026-03-09 formal"}
    assert noted(person) == []


def test_a_day_beyond_the_calendar_is_not_found(person: Participant, home: Client) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        assert home.get(f"/me/practice/{day}/").status_code == 404
        assert tap(home, 1, 15, day=day).json()["refused"].keys() == {f"{day} formal"}


def test_a_tap_that_is_none_is_refused_and_holds_up_no_other(person: Participant, home: Client) -> None:
    value = json.dumps({"minutes": 15, "times": None})
    day = "2026-03-07"
    bad = [("today", value, 1), (f"{day} formal", "[]", 2), (f"{day} formal", "1", 3), (f"{day} formal", value, 2**63)]
    rows = [{"item": item, "value": value, "sequence": count} for item, value, count in bad]
    rows.append({"item": f"{day} study", "value": value, "sequence": 5})
    body = json.dumps({"device": "x", "answers": rows})
    reply = home.post("/me/practice/keep/", body, content_type="application/json")
    assert reply.status_code == 200 and reply.json()["refused"].keys() == {"today", f"{day} formal"}
    assert noted(person) == [(DAY, "study", None, 15)]


def test_an_entry_can_be_taken_back(person: Participant) -> None:
    actions.keep_practice(person, person, DAY, "formal", Practised(minutes=10))
    actions.keep_practice(person, person, DAY, "formal", Practised())
    assert noted(person) == []
    assert list(audit.broken()) == []


def test_the_log_seals_what_was_practised(person: Participant) -> None:
    actions.keep_practice(person, person, DAY, "formal", Practised(minutes=37))
    event = Event.objects.get(what="practice noted")
    assert event.person == person.pk and b"37" not in bytes(event.detail)
    assert audit.detail(event)["after"]["minutes"] == 37


def test_nobody_keeps_a_diary_without_consent_or_off_the_course(cast: Cast, before_the_course) -> None:
    control, asked = consented(cast, "P02", "control"), someone(cast, "P03")
    before_the_course.move_to(TODAY)
    for person in (control, asked):
        assert queries.practice_card(person) is None
        assert at_home(person).get("/me/practice/").status_code == 404
        with pytest.raises(ActionRefused, match="diary is for people"):
            actions.keep_practice(person, person, DAY, "formal", Practised(minutes=10))


def test_before_the_first_session_the_page_says_when_the_diary_begins(cast: Cast) -> None:
    person = consented(cast)
    assert queries.practice_card(person) is None
    assert "Thu 5 March" in at_home(person).get("/me/practice/").content.decode()


def test_the_database_takes_no_diary_without_a_valid_consent(person: Participant) -> None:
    consent = person.consents.get()
    Consent.objects.filter(pk=consent.pk).update(ended_at=TODAY)
    with pytest.raises(IntegrityError, match="no diary without a valid consent"), transaction.atomic():
        HomePractice.objects.create(participant=person, consent=consent, date=DAY, kind="formal", minutes=10)


def test_the_page_stays_quick(person: Participant, home: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(30):
        home.get("/me/practice/")
