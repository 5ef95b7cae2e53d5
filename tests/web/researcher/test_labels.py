"""What a researcher reads has names: kinds of conduct, lights, ways of analysing, scales."""

from __future__ import annotations

from typing import get_args

from pilotage.data.tables import BY_NAME
from pilotage.protocol.load import load
from pilotage.protocol.plan import Preset
from pilotage.vocabulary import ConductKind, Light
from pilotage.web.researcher.labels import CONDUCT, LIGHTS, PRESETS, TABLES, conduct_words, role_words, scale_name
from tests.web.cast import CALM


def test_every_kind_of_conduct_has_words() -> None:
    assert set(CONDUCT) == set(ConductKind)
    assert conduct_words("teachers saw results") == "Results seen by a teacher"


def test_every_table_of_the_data_has_words() -> None:
    assert set(TABLES) == set(BY_NAME)


def test_every_light_and_every_way_of_analysing_has_words() -> None:
    assert set(LIGHTS) == set(Light)
    assert set(PRESETS) == set(get_args(Preset))


def test_a_scale_is_named_with_its_questionnaire_and_never_by_its_id() -> None:
    loaded = load(CALM)
    assert scale_name("pss-10.total", loaded) == "PSS-10, total"
    assert scale_name("gone-1.total", loaded) == "gone-1.total"


def test_a_role_is_named_and_never_shown_by_its_id() -> None:
    assert role_words("data-entry 1 and safety-contact 2") == "data entry 1 and safety contact 2"
