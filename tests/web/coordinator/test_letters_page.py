"""A coordinator sees what was sent to somebody, what will be, and why not; and has a letter sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from pilotage.web.mail.tick import tick
from pilotage.web.records import actions
from pilotage.web.records.models import Event, Identity, Message, User
from tests.web.cast import Cast, consented, signed_in

EVENING = datetime(2026, 2, 20, 21, 0, tzinfo=UTC)  # ten o'clock in Amsterdam


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cora(cast: Cast) -> Client:
    return signed_in(cast.staff["coordinator"])


def page(client: Client) -> str:
    answer = client.get("/calm/people/P01/letters/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client: Client, kind: str, window: str) -> str:
    answer = client.post("/calm/people/P01/letters/send/", {"kind": kind, "window": window}, follow=True)
    return answer.content.decode()


def test_the_page_says_what_was_sent_what_comes_and_why_not(
    cast: Cast, cora: Client, clock: time_machine.Traveller
) -> None:
    consented(cast)
    tick()
    shown = page(cora)
    assert "Copy of the consent" in shown
    assert "Invitation: Before the course" in shown
    assert "Sat 21 February, 08.00" in shown
    assert "Sent after the quiet hours." in shown
    assert "They have consented." in shown


def test_a_letter_that_waits_for_the_morning_can_be_sent_now(
    cast: Cast, cora: Client, clock: time_machine.Traveller
) -> None:
    consented(cast)
    tick()
    mail.outbox.clear()
    assert "Send now" in page(cora)
    assert "The message will be sent within a minute." in send(cora, "invitation", "pre:1")
    assert "will be sent within a minute" in page(cora)
    tick()
    assert [message.subject for message in mail.outbox] == ["Your questions are ready"]
    assert Event.objects.filter(what="letter asked for", actor=cast.staff["coordinator"].pk).exists()
    clock.shift(timedelta(hours=12))
    assert tick() == 0


def test_a_letter_that_went_can_be_sent_again(cast: Cast, cora: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=12))
    consented(cast)
    tick()
    mail.outbox.clear()
    assert "Send again" in page(cora)
    send(cora, "invitation", "pre:1")
    assert "You have already asked for this letter" in send(cora, "invitation", "pre:1")
    tick()
    assert [message.subject for message in mail.outbox] == ["Your questions are ready"]
    assert "Invitation: Before the course, again" in page(cora)


@pytest.mark.parametrize(
    ("kind", "window"), [("closing-soon", "pre:1"), ("invitation", "post:1"), ("leaving-receipt", "study"), ("", "")]
)
def test_what_no_rule_calls_for_is_not_sent(
    cast: Cast, cora: Client, clock: time_machine.Traveller, kind: str, window: str
) -> None:
    consented(cast)
    assert "This message can no longer be sent" in send(cora, kind, window)
    assert not Message.objects.exists()


def test_a_new_link_is_sent(cast: Cast, cora: Client, clock: time_machine.Traveller) -> None:
    consented(cast)
    cora.post("/calm/people/P01/letters/link/")
    tick()
    assert "Your new link" in [message.subject for message in mail.outbox]


def test_an_address_that_does_not_work_is_shown_and_can_be_trusted_again(
    cast: Cast, cora: Client, clock: time_machine.Traveller
) -> None:
    consented(cast)
    Identity.objects.update(bounced="p01@people.example")
    shown = page(cora)
    assert "Messages do not reach this person" in shown
    assert "Send now" not in shown
    cora.post("/calm/people/P01/letters/address/")
    assert "Messages do not reach this person" not in page(cora)


def test_a_coordinator_of_another_centre_finds_nobody(cast: Cast, clock: time_machine.Traveller) -> None:
    consented(cast)
    user = User.objects.create(email="south@calm.example", name="South")
    actions.give_role(cast.administrator, user, cast.study, "coordinator", cast.south)
    assert signed_in(user).get("/calm/people/P01/letters/").status_code == 404
