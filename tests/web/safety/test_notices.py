"""Who is told that a report waits: at once, a deputy in time, nobody twice, and never nobody."""

from datetime import timedelta

import pytest

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import AdverseEvent, Event, Participant, RoleHeld, SafetyNotice, User
from tests.web.cast import Cast
from tests.web.safety.conftest import CANARY, REPORTED

LATER = REPORTED + timedelta(hours=4)


def due(cast: Cast, at=REPORTED) -> set[tuple[str, str]]:
    return {(notice.to, notice.step) for notice in queries.safety_notices_due(cast.study, at)}


def tell_all(cast: Cast, at=REPORTED) -> int:
    return sum(
        actions.note_safety_told(one.event, one.to, one.step) for one in queries.safety_notices_due(cast.study, at)
    )


def test_those_who_may_open_it_are_told_at_once_and_only_once(cast: Cast, report: AdverseEvent) -> None:
    both = {("coordinator@calm.example", "contact"), ("safety-contact@calm.example", "contact")}
    assert due(cast) == both
    notices = queries.safety_notices_due(cast.study, REPORTED)
    assert tell_all(cast) == 2 and due(cast) == set()
    assert [actions.note_safety_told(one.event, one.to, one.step) for one in notices] == [False, False]
    assert SafetyNotice.objects.count() == 2


def test_those_who_may_not_know_are_not_told(cast: Cast, report: AdverseEvent) -> None:
    AdverseEvent.objects.update(may_know=["coordinator"])
    assert due(cast) == {("coordinator@calm.example", "contact")}


def test_the_deputy_is_told_when_nobody_opened_it_in_the_protocols_time(cast: Cast, report: AdverseEvent) -> None:
    wim = User.objects.create(email="wim@calm.example", name="Dr Wim Wacht")
    actions.give_role(audit.SERVER, wim, cast.study, "safety-contact")
    assert "wim@calm.example" not in {to for to, _step in due(cast)}
    tell_all(cast)
    assert due(cast, LATER - timedelta(minutes=1)) == set()
    assert due(cast, LATER) == {("wim@calm.example", "deputy")}
    tell_all(cast, LATER)
    assert due(cast, LATER + timedelta(days=3)) == set()


def test_a_deputy_without_an_account_here_is_somebody_else_who_is_there(cast: Cast, report: AdverseEvent) -> None:
    AdverseEvent.objects.update(may_know=["safety-contact"])
    tell_all(cast)
    assert due(cast, LATER) == {("coordinator@calm.example", "deputy")}
    RoleHeld.objects.filter(role="coordinator").update(until=REPORTED)
    assert due(cast, LATER) == {("safety-contact@calm.example", "deputy")}


def test_whoever_opens_it_ends_the_telling(cast: Cast, report: AdverseEvent) -> None:
    actions.open_report(cast.staff["coordinator"], report)
    assert due(cast) == set() and due(cast, LATER) == set()


def test_of_a_report_for_the_independent_contact_alone_the_safety_contact_learns_that_it_is_there(
    cast: Cast, person: Participant
) -> None:
    actions.report_event(person, person, source="participant", description=CANARY, may_know=["independent"])
    assert due(cast) == {("safety-contact@calm.example", "contact")}


@pytest.mark.parametrize("at", [REPORTED, LATER])
def test_that_somebody_was_told_stands_in_the_log_without_a_person(cast: Cast, report: AdverseEvent, at) -> None:
    tell_all(cast, at)
    events = Event.objects.filter(what="told that a report waits")
    assert events.count() == SafetyNotice.objects.count() and all(event.person is None for event in events)
    assert all(b"example" not in bytes(event.detail) for event in events)
