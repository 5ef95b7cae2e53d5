"""The cast, ready for every web test."""

import pickle
from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records.models import CohortTeacher, RoleHeld, User
from tests.web.cast import Cast, calm, study_folder

MADE = datetime(2026, 1, 15, 9, tzinfo=UTC)  # before any day on which a test plays


@pytest.fixture(scope="session")
def _calm(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> bytes:
    """The study, made once in the worker's database and kept there; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), time_machine.travel(MADE):
        return pickle.dumps(calm())


@pytest.fixture
def cast(_calm: bytes, db: None) -> Cast:
    """Fresh copies of the study and its staff, so that no test sees what another did to them."""
    study_folder("calm")
    ready: Cast = pickle.loads(_calm)
    # A test that commits leaves an emptied database behind it.
    return ready if type(ready.study).objects.filter(pk=ready.study.pk).exists() else calm()


@pytest.fixture
def nobody_yet(db: None) -> None:
    """A server on which nobody has an account."""
    for model in (CohortTeacher, RoleHeld, User):
        model.objects.all().delete()
