"""Every event that the log can hold has words of its own, in English and in Dutch."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps

from pilotage import vocabulary
from pilotage.web import records
from pilotage.web.administrator.labels import EVENTS, SUBJECTS, event_words, subject_words
from pilotage.web.records.queries.log import ACCESS

ACTIONS = Path(records.__file__).parent / "actions"


def recorded() -> Iterator[str]:
    """Yield each event that an action names where it writes the log."""
    for file in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="record"), args=[_by, ast.Constant(value=str(event)), *_]):
                    yield event


def test_every_event_that_an_action_records_has_words() -> None:
    assert set(chain(recorded(), ACCESS)) - set(EVENTS) == set()


@pytest.mark.skipif(not hasattr(vocabulary, "AuditAction"), reason="the log's events have no vocabulary yet")
def test_every_event_of_the_vocabulary_has_words_and_no_other_has() -> None:
    assert {str(event) for event in getattr(vocabulary, "AuditAction", ())} == set(EVENTS)


def test_no_two_words_of_an_event_are_a_raw_code() -> None:
    assert [event for event, words in EVENTS.items() if str(words) == event] == []


def test_an_event_of_another_server_is_shown_by_its_own_name() -> None:
    assert event_words("moon observed") == "moon observed"


def test_every_row_that_an_event_can_be_about_has_a_name() -> None:
    assert set(SUBJECTS) == {model._meta.model_name for model in apps.get_app_config("records").get_models()}
    assert subject_words("personallink:2") == "personal link 2"
