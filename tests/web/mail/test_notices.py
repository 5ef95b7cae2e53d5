"""Whoever answers reports of harm is told at once, at any hour, and a deputy when nobody looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from pilotage.web.mail.tick import tick
from pilotage.web.records.models import AdverseEvent, Message, SafetyNotice
from tests.web.cast import Cast, someone

AT_NIGHT = datetime(2026, 2, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT_NIGHT, tick=False) as traveller:
        yield traveller


def reported(cast: Cast) -> AdverseEvent:
    return someone(cast).adverse_events.create(
        source="participant", description="a canary fell ill", may_know=["safety-contact"]
    )


def to() -> list[str]:
    sent = [address for message in mail.outbox for address in message.to]
    mail.outbox.clear()
    return sent


def test_the_contact_is_told_at_night_and_once(cast: Cast, clock: time_machine.Traveller) -> None:
    reported(cast)
    assert tick() == 1
    assert "canary" not in mail.outbox[0].message().as_string()
    assert "P01" not in mail.outbox[0].message().as_string()
    assert to() == ["safety-contact@calm.example"]
    clock.shift(timedelta(hours=3))
    assert (tick(), to()) == (0, [])


def test_a_deputy_is_told_when_nobody_opened_it_in_time(cast: Cast, clock: time_machine.Traveller) -> None:
    event = reported(cast)
    tick()
    to()
    clock.shift(timedelta(hours=4))
    assert tick() == 1
    assert to() == ["coordinator@calm.example"]
    assert [notice.step for notice in event.notices.order_by("at")] == ["contact", "deputy"]


def test_once_it_was_opened_no_deputy_is_told(cast: Cast, clock: time_machine.Traveller) -> None:
    event = reported(cast)
    tick()
    to()
    AdverseEvent.objects.filter(pk=event.pk).update(opened_at=datetime.now(UTC))
    clock.shift(timedelta(hours=5))
    assert (tick(), to()) == (0, [])


def test_a_notice_that_failed_is_tried_until_it_goes(
    cast: Cast, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(cast)
    with monkeypatch.context() as without:
        without.setattr(EmailBackend, "open", _refused, raising=False)
        for _ in range(8):
            assert tick() == 0
            clock.shift(timedelta(minutes=10))
    assert not SafetyNotice.objects.exists()
    assert (tick(), to()) == (1, ["safety-contact@calm.example"])
    assert Message.objects.get().tries == 9


def _refused(self: EmailBackend) -> None:
    raise ConnectionRefusedError("nobody listens")


def test_a_notice_cut_off_half_way_is_given_again(cast: Cast, clock: time_machine.Traveller) -> None:
    event = reported(cast)
    contact = cast.staff["safety-contact"]
    Message.objects.create(
        study=cast.study,
        user=contact,
        kind="safety-notice",
        dedupe_key=f"{event.pk}:contact",
        tries=1,
        reference="<a@b>",
    )
    assert tick() == 0
    clock.shift(timedelta(minutes=11))
    assert (tick(), to()) == (1, ["safety-contact@calm.example"])
