"""How a view performs an action and answers: done, or refused by a rule, which is shown where the person reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from pilotage.web.records.refused import ActionRefused

T = TypeVar("T")


def perform(request: HttpRequest, action: Callable[[], object], success: str = "") -> bool:
    """Do what a button asks for, and return whether it was done.

    What a rule refuses is shown on the next page; so is ``success``, where it was done.
    """
    try:
        action()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return False
    if success:
        messages.success(request, success)
    return True


def perform_form(form: forms.Form, action: Callable[[], object], *, field: str | None = None) -> bool:
    """Do what a form asks for where it is valid, and return whether it was done.

    What a rule refuses is shown in the form, at ``field`` where one is named; the form keeps what was typed.
    """
    if not form.is_valid():
        return False
    try:
        action()
    except ActionRefused as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def result_of(action: Callable[[], T], tell: Callable[[str], object]) -> T | None:
    """Do something whose result a view goes on with, and return that; None where a rule refuses it.

    ``tell`` is called with the reason, such as ``partial(form.add_error, None)``.
    """
    try:
        return action()
    except ActionRefused as refusal:
        tell(str(refusal))
        return None


def result_or_message(request: HttpRequest, action: Callable[[], T]) -> T | None:
    """Do what a button asks for, and return what the action returns; None where a rule refuses it.

    What a rule refuses is shown on the next page.
    """
    return result_of(action, partial(messages.error, request))


def result_of_form(form: forms.Form, action: Callable[[], T], *, field: str | None = None) -> T | None:
    """Do what a form asks for where it is valid, and return what the action returns; None where it was not done."""
    return result_of(action, partial(form.add_error, field)) if form.is_valid() else None
