"""Every event that the log can hold, and every row it can be about, has words of its own."""

from __future__ import annotations

from django.apps import apps

from pilotage.vocabulary import AuditAction
from pilotage.web.administrator.labels import EVENTS, SUBJECTS, event_words, subject_words


def test_every_event_of_the_log_has_words_and_none_is_shown_as_a_raw_code() -> None:
    assert set(EVENTS) == set(AuditAction)
    assert [action for action, words in EVENTS.items() if str(words) == action.value] == []
    assert str(event_words("role given")) == "Role assigned"


def test_an_event_of_another_server_is_shown_by_its_own_name() -> None:
    assert event_words("moon observed") == "moon observed"


def test_every_row_that_an_event_can_be_about_has_a_name() -> None:
    assert set(SUBJECTS) == {model._meta.model_name for model in apps.get_app_config("records").get_models()}
    assert subject_words("personallink:2") == "personal link 2"
