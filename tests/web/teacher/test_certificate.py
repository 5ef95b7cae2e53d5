"""A certificate of attendance, once the course is over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pilotage.web.records.models import Attendance, Participant, SessionHeld
from tests.web.cast import Cast, at_home, consented, signed_in

OWN, THEIRS = "/me/sessions/certificate/", "/calm/people/P01/certificate/"


@pytest.fixture
def person(cast: Cast) -> Participant:
    """Someone who came to two sessions of three, once for 45 minutes."""
    person = consented(cast)
    for session in cast.cohort.sessions.order_by("number"):
        end = datetime(2026, 3, session.planned_start.day, 19, tzinfo=UTC)
        SessionHeld.objects.create(session=session, started_at=session.planned_start, ended_at=end)
        session.state = "held"
        session.save()
        status, minutes = {1: ("present", None), 2: ("late", 45), 3: ("absent", None)}[session.number]
        Attendance.objects.create(participant=person, session=session, status=status, minutes=minutes)
    return person


def test_the_certificate_says_what_was_attended_and_nothing_else(person: Participant) -> None:
    text = at_home(person).get(OWN).content.decode()
    for said in (
        "Name of P01",
        "2 of 3 sessions",
        "1 hour and 45 minutes",
        "5 March 2026",
        "12 March 2026",
        "Theo Teacher",
    ):
        assert said in text


def test_there_is_none_while_a_session_is_to_come(person: Participant, cast: Cast) -> None:
    cast.cohort.sessions.filter(number=3).update(state="planned")
    assert at_home(person).get(OWN).status_code == 404


def test_there_is_none_for_whoever_never_came(person: Participant, cast: Cast) -> None:
    assert at_home(consented(cast, "P02")).get(OWN).status_code == 404


def test_a_coordinator_prints_it_and_a_teacher_finds_nothing(person: Participant, cast: Cast) -> None:
    assert "2 of 3 sessions" in signed_in(cast.staff["coordinator"]).get(THEIRS).content.decode()
    assert signed_in(cast.staff["teacher"]).get(THEIRS).status_code == 404


def test_the_page_of_sessions_leads_to_it(person: Participant) -> None:
    assert OWN in at_home(person).get("/me/sessions/").content.decode()
