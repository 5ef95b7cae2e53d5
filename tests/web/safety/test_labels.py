"""Each word of the vocabulary that the pages of safety reports show has a label."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, get_args

import pytest

from pilotage.vocabulary import Ascertainment, EventOutcome, Expectedness, Relatedness, Severity
from pilotage.web.records import queries
from pilotage.web.records.actions.handling import NEEDED
from pilotage.web.records.models import AdverseEvent
from pilotage.web.records.queries.safety import ReportStage
from pilotage.web.safety import labels
from pilotage.web.safety.views_report import PAGES

LABELLED = [
    (Ascertainment, labels.ASCERTAINMENT),
    (Severity, labels.SEVERITY),
    (Relatedness, labels.RELATEDNESS),
    (Expectedness, labels.EXPECTEDNESS),
    (EventOutcome, labels.OUTCOMES),
]


@pytest.mark.parametrize(("vocabulary", "words"), LABELLED, ids=lambda value: getattr(value, "__name__", ""))
def test_every_word_of_the_vocabulary_has_a_label(vocabulary: type[StrEnum], words: Mapping[str, Any]) -> None:
    assert list(words) == list(vocabulary)
    assert all(str(label) for label in words.values())


def test_every_stage_and_source_of_a_report_has_a_label() -> None:
    assert set(labels.STAGES) == set(get_args(ReportStage))
    assert set(labels.SOURCES) == {value for value, _label in AdverseEvent._meta.get_field("source").choices}


def test_whatever_a_report_still_needs_has_a_label_and_a_page() -> None:
    needed = {*queries.lacking(AdverseEvent()), *queries.lacking(AdverseEvent(source="alert rule"))}
    assert needed <= set(NEEDED)
    assert set(NEEDED) == set(PAGES)
