"""Names, addresses and typed words stand in no line of the log, no address, no subject and no page of an error."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from pilotage.web.mail.tick import tick
from pilotage.web.records import actions, audit
from pilotage.web.records.models import Identity, Participant, Step
from tests.web.cast import Cast, at_home, someone

CANARIES = ("Kanarie Zeldzaam", "kanarie@people.example", "06-98700042", "geelgevederd verhaal")
NAME, ADDRESS, PHONE, WORDS = CANARIES
CONSENT = {"statement-understood": "on", "statement-room": "on", "typed_name": NAME}


@pytest.fixture
def person(cast: Cast) -> Participant:
    canary = someone(cast)
    Identity.objects.filter(participant=canary).update(name=NAME, email=ADDRESS, phone=PHONE)
    Step.objects.create(participant=canary, kind="eligible", on=date(2026, 2, 18))
    return canary


def pages(person: Participant) -> list:
    """What somebody does and mistypes, with what is answered."""
    stranger, phone = Client(raise_request_exception=False), at_home(person)
    link = reverse("personal-link", args=[actions.hand_out_link(audit.SERVER, person)])
    answers = [
        stranger.get(link),
        stranger.get(f"{link}nowhere/"),
        stranger.post("/account/login/", {"login": ADDRESS}),
    ]
    answers += [phone.post("/me/consent/", CONSENT), phone.get("/me/nowhere/"), phone.get("/me/ask/pre/none/1/")]
    told = {"what": WORDS, "may_know": ["safety-contact"]}
    report = reverse("participant:adverse-event")
    answers += [phone.post(report, told), phone.post(f"{report}nowhere/", told), phone.put(report, WORDS)]
    answers += [phone.post("/me/ask/pre/pss-10/1/answers/", WORDS, content_type="application/json")]
    return answers


def test_no_identifier_is_in_the_log_in_addresses_subjects_or_errors(
    cast: Cast, person: Participant, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), time_machine.travel(datetime(2026, 2, 20, 10, tzinfo=UTC), tick=False):
        caplog.set_level(logging.INFO, logger="django.db.backends")  # a statement is no line of a server's log
        answers = pages(person)
        tick()
    errors = [answer.content.decode() for answer in answers if answer.status_code >= 400]
    assert len(errors) >= 4 and len(caplog.records) >= 4 and mail.outbox
    said = {
        "the log": caplog.text,
        "an address": " ".join(answer.headers.get("Location", "") for answer in answers),
        "a subject": " ".join(str(letter.subject) for letter in mail.outbox),
        "an error": " ".join(errors),
    }
    assert [(where, canary) for where, text in said.items() for canary in CANARIES if canary in text] == []
    assert WORDS not in " ".join(str(letter.body) for letter in mail.outbox)
    assert person.adverse_events.filter(description__contains=WORDS).exists(), "the report was never kept"
