"""Each word of the vocabulary that a teacher's pages show has a label, and in the vocabulary's order."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from pilotage.protocol.adherence import ITEMS
from pilotage.vocabulary import (
    AttendanceStatus,
    DeliveryState,
    DeviationKind,
    DeviationPlanning,
    ProgrammePart,
    SessionState,
)
from pilotage.web.pages import delivery
from pilotage.web.pages.sessions import STATES
from pilotage.web.teacher import labels

LABELLED = [
    (AttendanceStatus, labels.STATUSES),
    (DeliveryState, delivery.MARKS),
    (DeviationKind, delivery.DEVIATION_KINDS),
    (ProgrammePart, delivery.PARTS),
    (DeviationPlanning, delivery.PLANNING),
]


@pytest.mark.parametrize(("vocabulary", "words"), LABELLED, ids=lambda value: getattr(value, "__name__", ""))
def test_every_word_of_the_vocabulary_has_a_label(vocabulary: type[StrEnum], words: Mapping[str, Any]) -> None:
    assert list(words) == list(vocabulary)
    assert all(str(label) for label in words.values())


def test_every_state_of_a_session_has_a_label() -> None:
    assert set(STATES) == set(SessionState)


def test_every_item_of_adherence_has_a_label() -> None:
    assert set(delivery.ADHERENCE) == {item.id for item in ITEMS}


def test_one_tap_marks_every_status_but_a_session_made_up_which_needs_its_day() -> None:
    assert set(labels.STATUSES) - set(labels.ONE_TAP) == {AttendanceStatus.MADE_UP}
    assert set(labels.STATUSES_SHORT) <= set(labels.ONE_TAP)
