"""The keying form: a small box for each item, in the order of the paper, so that hands stay on the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.instruments.answer_values import Reason, Refusal
from pilotage.instruments.definition import Instrument
from pilotage.instruments.questionnaire import questionnaire
from pilotage.instruments.shown import ResponseFormat, ShownItem
from pilotage.protocol.forms import Form
from pilotage.protocol.shown_forms import shown_form
from pilotage.web.pages.fields import DateInput, set_choices
from pilotage.web.records import items
from pilotage.web.records.answer_refusals import refusal_words

ITEM = "item-"


class _SeveralChoicesField(forms.MultipleChoiceField):
    """Boxes to tick for an answer that is kept as codes with spaces between."""

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(self.prepare_value(value)))


class KeyingForm(forms.Form):
    """What the paper says, item by item; what is blank there stays blank here."""

    filled_in_on = forms.DateField(label=gettext_lazy("Day on the paper"), widget=DateInput())

    def __init__(self, *args: Any, of: Instrument | Form, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for item in shown_items(of, language):
            self.fields[ITEM + item.id] = _field(item, label_of(of, item))

    def clean_filled_in_on(self) -> date:
        """Refuse a day in the future."""
        day: date = self.cleaned_data["filled_in_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Check that every answer is one that its item takes; name the others."""
        form_data = super().clean() or {}
        for item in items.item_ids(self.of):
            value = items.normalised(self.of, item, form_data.get(ITEM + item))
            form_data[ITEM + item] = value
            refusal = items.refusal(self.of, item, value)
            if refusal is not None:
                self.add_error(ITEM + item, refusal_words(value or "", refusal))
        return form_data

    def values(self) -> Mapping[str, str | None]:
        """Return the answers by item; None where the paper is blank."""
        return {item: self.cleaned_data.get(ITEM + item) for item in items.item_ids(self.of)}


class SettlingForm(KeyingForm):
    """The same, with the reason why it is so where two people read it differently."""

    reason = forms.CharField(
        label=gettext_lazy("How was it settled?"),
        help_text=gettext_lazy("Such as: looked at the paper again; the first reading had skipped a line."),
        max_length=300,
    )

    field_order = ["filled_in_on"]


class CorrectionForm(forms.Form):
    """One item of a finished form, what it should say, and why."""

    item = forms.ChoiceField(label=gettext_lazy("Which item?"))
    value = forms.CharField(
        label=gettext_lazy("What should it say?"),
        help_text=gettext_lazy("A number, a date, or an answer as the form words it; empty where it was left blank."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it changed?"),
        help_text=gettext_lazy("Such as: keyed wrongly, looked at the paper again. Leave names out."),
        max_length=300,
    )

    def __init__(self, *args: Any, of: Instrument | Form, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own_words = items.own_words(of)  # kept apart, and so corrected elsewhere
        self.shown = {item.id: item for item in shown_items(of, language) if item.id not in own_words}
        named = [(item, label_of(of, item), _hint(item)) for item in self.shown.values()]
        set_choices(self, "item", [(item.id, f"{label} ({hint})" if hint else label) for item, label, hint in named])

    def clean(self) -> dict[str, Any]:
        """Read an answer as the form words it, and name the answers there are where it is none of them."""
        form_data = super().clean() or {}
        item = self.shown.get(form_data.get("item", ""))
        if item is None or item.format not in (ResponseFormat.ONE_OPTION, ResponseFormat.SEVERAL_OPTIONS):
            return form_data
        text = form_data["value"]
        codes = {word.casefold(): option.value for option in item.options for word in (option.value, option.label)}
        words = [text] if item.format is ResponseFormat.ONE_OPTION else text.split(";")
        entered = [word.strip() for word in words if word.strip()]
        if any(word.casefold() not in codes for word in entered):
            labels = "; ".join(option.label for option in item.options)
            self.add_error("value", refusal_words(text, Refusal(Reason.NOT_AN_OPTION, (labels,))))
        else:
            form_data["value"] = " ".join(codes[word.casefold()] for word in entered)
        return form_data


def shown_items(of: Instrument | Form, language: str) -> tuple[ShownItem, ...]:
    """Return the items by number and without the licensed wording: who keys reads the words on the paper."""
    sheet = questionnaire(of, None, language) if isinstance(of, Instrument) else shown_form(of, language, "")
    return sheet.items


def label_of(of: Instrument | Form, item: ShownItem) -> str:
    """Return what an item is called: its number on the paper of a questionnaire, the question itself on a form."""
    return _("Item %(number)s") % {"number": item.number} if isinstance(of, Instrument) else item.text


def _field(item: ShownItem, label: str) -> forms.Field:
    """Return a small box for what the paper says, or its answers to choose; people's own words get more room."""
    if item.format is ResponseFormat.ONE_OPTION:
        choices = [("", _("Blank on the paper")), *item.choices]
        return forms.CharField(label=label, required=False, widget=forms.Select(choices=choices))
    if item.format is ResponseFormat.SEVERAL_OPTIONS:
        return _SeveralChoicesField(
            label=label, required=False, choices=item.choices, widget=forms.CheckboxSelectMultiple
        )
    if item.format is ResponseFormat.TEXT and not item.example:
        return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    numeric = {"inputmode": "numeric"} if item.format is ResponseFormat.RATING else {}
    attributes = {"autocomplete": "off", "class": "short"} | numeric
    box = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, help_text=_hint(item), required=False, widget=box)


def _hint(item: ShownItem) -> str:
    """Return what can be entered: the ends of a rating, the options as people read them, the unit, or an example."""
    if item.format is ResponseFormat.RATING:
        ends = {"lowest": int(item.options[0].value), "highest": int(item.options[-1].value)}
        return _("%(lowest)d to %(highest)d") % ends
    if item.options:
        several = _("several with semicolons between: ") if item.format is ResponseFormat.SEVERAL_OPTIONS else ""
        return several + "; ".join(option.label for option in item.options)
    return _("as %(example)s") % {"example": item.example} if item.example else item.unit
