"""Somebody who knows the participant is asked by them, and answers by a link of their own."""

import pytest
from django.conf import settings
from django.test import Client

from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Administration, Event, Participant, PersonalLink
from tests.web.cast import Cast, at_home, consented


@pytest.fixture
def person(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Participant:
    """Someone whose questionnaires before the course are answered by somebody who knows them."""
    assessment = protocols.of(cast.study).protocol.assessment("pre")
    monkeypatch.setitem(assessment.__dict__, "by", "someone who knows them")
    return consented(cast)


def asked_by(person: Participant) -> tuple[Client, PersonalLink]:
    """The browser of a colleague, let in by the link."""
    at_home(person).post("/me/ask-a-colleague/pre/")
    link = PersonalLink.objects.get(purpose="colleague", revoked_at=None)
    client = Client()
    session = client.session
    session["link"] = link.pk
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client, link


def test_the_participant_makes_a_link_and_gives_it(person: Participant) -> None:
    phone = at_home(person)
    assert "Ask a colleague" in phone.get("/me/").content.decode()
    assert not PersonalLink.objects.filter(purpose="colleague").exists()
    phone.post("/me/ask-a-colleague/pre/")
    token = queries.token_of(person, "colleague", "pre")
    assert token and f"/p/{token}/" in phone.get("/me/ask-a-colleague/pre/").content.decode()


def test_the_participant_does_not_answer_it_themselves(person: Participant) -> None:
    assert at_home(person).get("/me/ask/pre/pss-10/1/").status_code == 404


def test_a_colleague_reads_a_notice_first_and_then_answers(person: Participant) -> None:
    browser, link = asked_by(person)
    assert browser.get("/me/colleague/pss-10/")["Location"] == "/me/colleague/"
    assert "They do not see your answers" in browser.get("/me/colleague/").content.decode()
    assert browser.post("/me/colleague/")["Location"] == "/me/colleague/pss-10/"
    answers = {f"answer-{n}": "1" for n in range(1, 11)}
    browser.post("/me/colleague/pss-10/", {**answers, "page": "10", "go": "finish"})
    given = Administration.objects.get()
    assert given.participant == person and given.completed_at is not None
    event = Event.objects.get(what="answers saved")
    assert (event.actor_kind, event.actor) == ("colleague", link.pk)


def test_a_colleague_sees_nothing_of_the_participant_s_own(person: Participant) -> None:
    browser, _ = asked_by(person)
    for address in ("/me/", "/me/consent/copy/", "/me/sessions/", "/me/ask/post/pss-10/1/"):
        assert browser.get(address).status_code == 302
    browser.post("/me/colleague/")
    shown = browser.get("/me/colleague/").content.decode() + browser.get("/me/colleague/pss-10/").content.decode()
    assert "Name of P01" not in shown and "P01" not in shown


def test_the_participant_sees_nothing_of_a_colleague_s_answers(person: Participant) -> None:
    browser, _ = asked_by(person)
    browser.post("/me/colleague/")
    browser.post("/me/colleague/pss-10/", {"page": "1", "answer-1": "4"})
    phone = at_home(person)
    assert phone.get("/me/ask/pre/pss-10/1/").status_code == 404
    assert phone.get("/me/colleague/pss-10/").status_code == 302
