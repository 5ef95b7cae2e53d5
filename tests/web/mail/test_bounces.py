"""A mail that came back is known, whatever else is written to the address that takes them in."""

from __future__ import annotations

import pytest

from pilotage.web.mail.bounces import Bounce, bounce_in, take_in
from pilotage.web.records.models import Identity, Message
from tests.web.cast import Cast, consented
from tests.web.mail.reports import REFERENCE, report


@pytest.mark.parametrize("enclosed", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_says_which_letter_came_back_and_why(enclosed: str) -> None:
    assert bounce_in(report(enclosed=enclosed)) == Bounce(
        REFERENCE, "p01@people.example", "smtp; 550 5.1.1 no such user"
    )


@pytest.mark.parametrize(
    "raw",
    [
        report(action="delayed", status="4.4.1"),
        report(status="4.2.2"),
        report(action="delivered", status="2.0.0"),
        b"",
        b"Subject: I am away\n\nUntil Monday.",
        b"\xff\xfe\x00" * 1000,
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\xff",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)),
        b"Content-Type: text/rfc822-headers; charset=nonsense\nContent-Transfer-Encoding: base64\n\n!!!!",
    ],
    ids=["delayed", "full for now", "delivered", "empty", "away", "noise", "half a report", "nested", "odd charset"],
)
def test_what_is_no_report_of_a_failure_is_left_alone(raw: bytes) -> None:
    assert bounce_in(raw) is None


def sent(cast: Cast) -> Message:
    person = consented(cast)
    return Message.objects.create(
        study=cast.study,
        participant=person,
        kind="reminder",
        dedupe_key="pre:1:reminder-1",
        state="sent",
        reference=REFERENCE,
    )


def test_the_letter_and_the_address_are_marked(cast: Cast) -> None:
    letter = sent(cast)
    assert take_in(report())
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("bounced", "smtp; 550 5.1.1 no such user")
    assert Identity.objects.get().bounced == "p01@people.example"


def test_a_new_address_is_not_blamed_for_the_old_one(cast: Cast) -> None:
    letter = sent(cast)
    Identity.objects.update(email="new@people.example")
    assert take_in(report())
    letter.refresh_from_db()
    assert (letter.state, Identity.objects.get().bounced) == ("bounced", "")


def test_a_stranger_who_does_not_know_the_letter_changes_nothing(cast: Cast) -> None:
    letter = sent(cast)
    assert not take_in(report(reference="<guessed@study.example>"))
    letter.refresh_from_db()
    assert (letter.state, Identity.objects.get().bounced) == ("sent", "")
