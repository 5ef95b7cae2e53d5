"""What the protocol calls things, participants read in their own language."""

from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records.models import Identity
from tests.web.cast import Cast, at_home, consented


@pytest.mark.parametrize(("language", "name"), [("en", "Before the course"), ("nl", "Voor de cursus")])
def test_an_occasion_is_called_by_its_name_in_the_persons_language(cast: Cast, language: str, name: str) -> None:
    with time_machine.travel(datetime(2026, 2, 20, 10, tzinfo=UTC), tick=False):
        person = consented(cast)
        Identity.objects.filter(participant=person).update(language=language)
        assert name in at_home(person).get("/me/").content.decode()
