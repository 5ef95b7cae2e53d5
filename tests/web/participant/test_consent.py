"""Consent: asked of those who may take part, given by ticking and signing, kept to look at; and saying no."""

from datetime import date

import pytest
from django.test import Client

from pilotage.web.pages import markdown
from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Consent, ConsentText, Event, Participant, Step
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, at_home, consented, someone

AGREED = {"statement-understood": "on", "statement-room": "on", "typed_name": "Ann Other"}


@pytest.fixture
def eligible(cast: Cast) -> Participant:
    person = someone(cast)
    Step.objects.create(participant=person, kind="eligible", on=date(2026, 2, 18))
    return person


@pytest.fixture
def phone(eligible: Participant) -> Client:
    return at_home(eligible)


def test_whoever_may_take_part_reads_the_words_and_finds_the_boxes(phone: Client) -> None:
    assert "Read and decide" in phone.get("/me/").content.decode()
    shown = phone.get("/me/consent/").content.decode()
    assert "<h2>What you agree to</h2>" in shown and shown.count('type="checkbox"') == 3
    assert "Colleagues may be in the room" in shown and "Fri 20 February" in shown
    assert not Consent.objects.exists()


def test_ticking_and_signing_is_consent(phone: Client, eligible: Participant) -> None:
    response = phone.post("/me/consent/", {**AGREED, "statement-later": "on"}, follow=True)
    given = Consent.objects.get()
    assert given.agreed == ["understood", "room", "later"] and given.mode == "web"
    assert (given.text.version, given.text.language) == ("v1", "en")
    assert given.signature.typed_name == "Ann Other"
    shown = response.content.decode()
    assert "Thank you. You now take part" in shown and "Signed by Ann Other" in shown


def test_the_log_tells_of_it_and_the_name_is_not_in_it(phone: Client) -> None:
    phone.post("/me/consent/", AGREED)
    event = Event.objects.get(what="consent given")
    said = audit.detail(event)
    assert said is not None and said["after"]["agreed"] == ["understood", "room"]
    assert "Ann Other" not in str(said)


def test_a_required_statement_is_asked_for_where_it_stands_and_what_was_typed_stays(phone: Client) -> None:
    shown = phone.post("/me/consent/", {"statement-room": "on", "typed_name": "Ann Other"}).content.decode()
    assert "You can only take part if you agree with this." in shown
    assert 'value="Ann Other"' in shown and shown.count(" checked") == 1
    assert not Consent.objects.exists()


def test_without_a_name_nobody_has_signed(phone: Client) -> None:
    assert "It counts as your signature" in phone.post("/me/consent/", AGREED | {"typed_name": " "}).content.decode()
    assert not Consent.objects.exists()


def test_pressed_twice_it_is_given_once(phone: Client) -> None:
    for _ in range(2):
        phone.post("/me/consent/", AGREED)
    assert Consent.objects.count() == Event.objects.filter(what="consent given").count() == 1


def test_whoever_is_not_eligible_yet_is_not_asked(cast: Cast) -> None:
    phone = at_home(someone(cast, "P02"))
    assert phone.get("/me/consent/")["Location"] == "/me/"
    phone.post("/me/consent/", AGREED)
    assert not Consent.objects.exists()


def test_the_write_itself_asks_whether_they_may(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="not been asked"):
        actions.give_consent(someone(cast, "P02"), ConsentText.objects.filter(language="en").get(), ["room"], "Ann")


def test_the_write_itself_asks_for_what_is_required(eligible: Participant) -> None:
    with pytest.raises(ActionRefused, match="colleagues may be in the room"):
        actions.give_consent(eligible, ConsentText.objects.get(language="en"), ["understood"], "Ann")


def test_the_words_come_in_the_person_s_language(eligible: Participant) -> None:
    eligible.identity.language = "nl"
    eligible.identity.save()
    assert "Er kunnen collega" in at_home(eligible).get("/me/consent/").content.decode()


def test_before_the_first_version_starts_there_is_nothing_to_agree_to(eligible: Participant, before_the_course) -> None:
    before_the_course.move_to("2026-01-20T10:00:00+00:00")
    assert queries.consent_text(eligible, "en") is None


def test_a_copy_can_be_kept(cast: Cast) -> None:
    shown = at_home(consented(cast)).get("/me/consent/copy/").content.decode()
    assert "What you agree to" in shown and "You agreed to" in shown
    assert "You may ask me about a later study. <strong" in shown


def test_who_never_consented_has_no_copy(phone: Client) -> None:
    assert phone.get("/me/consent/copy/").status_code == 404


def test_saying_no_is_asked_once_more_and_needs_no_reason(phone: Client, eligible: Participant) -> None:
    assert "You do not have to give a reason" in phone.get("/me/consent/no/").content.decode()
    assert not eligible.steps.filter(kind="declined").exists()
    phone.post("/me/consent/no/", {"course": "no"})
    assert eligible.steps.get(kind="declined").reason == ""
    assert "You do not take part" in phone.get("/me/").content.decode()


def test_one_may_decline_the_study_and_want_the_course(phone: Client, eligible: Participant) -> None:
    phone.post("/me/consent/no/", {"course": "yes"})
    assert eligible.steps.get(kind="declined").reason == "takes the course without the study"


def test_whoever_said_no_is_not_asked_again(phone: Client) -> None:
    phone.post("/me/consent/no/", {"course": "no"})
    phone.post("/me/consent/", AGREED)
    assert not Consent.objects.exists()


def test_words_are_shown_and_never_run() -> None:
    shown = markdown.html(
        "# A <script>\n\nOne *two* **three**, 2 * 3 * 4 and snake_case_name\n\n- a\n- b\n  more\n\n1. c"
    )
    assert "<script>" not in shown and "<h2>A &lt;script&gt;</h2>" in shown
    assert "<em>two</em> <strong>three</strong>, 2 * 3 * 4 and snake_case_name" in shown
    assert "<ul><li>a</li><li>b more</li></ul>" in shown and "<ol><li>c</li></ol>" in shown
