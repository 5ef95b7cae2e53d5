"""Fields and small forms that several parts of the site share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """The browser's own calendar, which reads and writes ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ReasonForm(forms.Form):
    """A reason, where a rule is passed over or a step needs one; a line, or a few lines where ``rows`` says so."""

    reason = forms.CharField(label=_("Reason"))

    def __init__(
        self, *args: Any, required: bool = True, max_length: int = 200, rows: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput() if rows is None else forms.Textarea(attrs={"rows": rows})
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=max_length, required=required, widget=widget
        )


def set_choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Give a field its choices, which are known only with the study."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def set_rows(form: forms.Form, name: str, rows: QuerySet[Any], label: Callable[[Any], str] | None = None) -> None:
    """Give a field the rows that it offers, which are known only with the study; ``label`` says what each is called."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
        if label is not None:
            field.label_from_instance = label  # type: ignore[method-assign,assignment]  # Django's way, without a class for each
