"""A reason is kept in one language and read in the coordinator's own."""

from __future__ import annotations

import pytest
from django.utils import translation

from pilotage.protocol.load import load
from pilotage.web.coordinator.labels import reason_words
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Leaving
from tests.web.cast import Cast, consented, someone


@pytest.fixture
def library_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test study with the reasons that the library's offers."""
    offered, protocol_of = load("imp").protocol.reasons, protocols.of

    def with_reasons(study: object) -> object:
        loaded = protocol_of(study)  # type: ignore[arg-type]
        protocol = loaded.protocol.model_copy(update={"reasons": offered})
        return type(loaded)(**(vars(loaded) | {"protocol": protocol}))

    monkeypatch.setattr(protocols, "of", with_reasons)


def test_people_who_declined_for_one_reason_are_counted_together(cast: Cast, library_reasons: None) -> None:
    coordinator = cast.staff["coordinator"]
    for code, reason in (("P01", "no time"), ("P02", "geen tijd"), ("P03", "Geen tijd"), ("P04", "moved away")):
        actions.note_answer(coordinator, someone(cast, code), "declined", reason, None)

    arm = next(arm for arm in queries.flow(cast.study) if arm.arm == "training")
    assert arm.outside["declined"] == {"no time": 3, "moved away": 1}


def test_why_someone_left_is_kept_in_the_same_language(cast: Cast, library_reasons: None) -> None:
    person = consented(cast)
    actions.leave(cast.staff["coordinator"], person, ["course"], "ziekte")

    assert Leaving.objects.get(participant=person).reason == "illness"


@pytest.mark.parametrize(
    ("kept", "dutch"),
    [
        ("no time", "geen tijd"),
        ("not met: works in health care", "voldoet niet aan: werkt in de gezondheidszorg"),
        (
            "not met: is willing to practise 45 to",
            "voldoet niet aan: is bereid om thuis 45 tot 60 minuten per dag te oefenen",
        ),
        ("takes the course without the study", "volgt de cursus zonder het onderzoek"),
        ("no reason given", "geen reden gegeven"),
        ("moved away", "moved away"),
    ],
)
def test_a_reason_is_read_in_dutch_where_the_protocol_has_it(kept: str, dutch: str) -> None:
    with translation.override("nl"):
        assert reason_words(kept, load("imp").protocol) == dutch
