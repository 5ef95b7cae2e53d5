"""The cast, ready for every web test."""

import pytest

from tests.web.cast import Cast, calm


@pytest.fixture
def cast(db: None) -> Cast:
    return calm()
