"""What a rule refuses is said where the person reads it, and what was done gives its result."""

from __future__ import annotations

from typing import NoReturn

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from pilotage.web.pages.perform import perform, perform_form, result_of_form, result_or_message
from pilotage.web.records.refused import ActionRefused


class SizeForm(forms.Form):
    size = forms.IntegerField()


def refuse() -> NoReturn:
    raise ActionRefused("The group is full.")


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request.session = {}  # type: ignore[assignment]  # the messages need no more
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def told(request: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(request)]


def test_what_was_done_is_said_and_its_result_is_returned(request_: HttpRequest) -> None:
    assert perform(request_, lambda: None, "Saved.")
    assert result_or_message(request_, lambda: 3) == 3
    assert told(request_) == ["Saved."]


def test_what_a_rule_refuses_is_shown_on_the_next_page(request_: HttpRequest) -> None:
    assert not perform(request_, refuse, "Saved.")
    assert result_or_message(request_, refuse) is None
    assert told(request_) == ["The group is full."] * 2


def test_what_a_rule_refuses_is_shown_in_the_form_at_the_field_it_is_about() -> None:
    form = SizeForm({"size": "7"})
    assert not perform_form(form, refuse)
    assert form.errors["__all__"] == ["The group is full."]
    form = SizeForm({"size": "7"})
    assert result_of_form(form, refuse, field="size") is None
    assert form.errors["size"] == ["The group is full."]


def test_a_form_that_is_not_valid_does_nothing() -> None:
    form = SizeForm({"size": "many"})
    assert not perform_form(form, refuse)
    assert result_of_form(form, refuse) is None
    assert list(form.errors) == ["size"]


def test_a_valid_form_gives_the_result() -> None:
    form = SizeForm({"size": "7"})
    assert result_of_form(form, lambda: form.cleaned_data["size"]) == 7
