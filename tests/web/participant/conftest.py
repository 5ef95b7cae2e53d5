"""A day inside the window before the course, and people who came in before it."""

from datetime import UTC, datetime

import pytest
import time_machine

BEFORE = datetime(2026, 2, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def before_the_course():
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock
