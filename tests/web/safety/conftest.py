"""A day inside the window before the course, and a person with a report."""

from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records import actions
from pilotage.web.records.models import AdverseEvent, Participant
from tests.web.cast import Cast, consented

REPORTED = datetime(2026, 2, 20, 14, 28, tzinfo=UTC)  # 15.28 in Groningen
CANARY = "the canary sang of my sister Wilhelmina"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(REPORTED, tick=False) as clock:
        yield clock


@pytest.fixture
def person(cast: Cast) -> Participant:
    return consented(cast)


@pytest.fixture
def report(person: Participant) -> AdverseEvent:
    """A report for the coordinator and the safety contact."""
    may_know = ["coordinator", "safety-contact"]
    return actions.report_event(person, person, source="participant", description=CANARY, may_know=may_know)
