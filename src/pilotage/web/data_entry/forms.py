"""The keying form: a small box for each item, in the order of the paper, so that hands stay on the keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.instruments.definition import Instrument
from pilotage.protocol.forms import DateItem, Form, FormItem, FreeText, Number, Rating, SeveralChoices, SingleChoice
from pilotage.protocol.words import say
from pilotage.web.pages.fields import DateInput
from pilotage.web.records import items

ITEM = "item-"


class KeyingForm(forms.Form):
    """What the paper says, item by item; what is blank there stays blank here."""

    filled_in_on = forms.DateField(label=gettext_lazy("Day on the paper"), widget=DateInput())

    def __init__(self, *args: Any, of: Instrument | Form, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for item in items.item_ids(of):
            self.fields[ITEM + item] = _field(of, item, language)

    def clean_filled_in_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["filled_in_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """Every answer is one that its item takes; the others are named."""
        said = super().clean() or {}
        for item in items.item_ids(self.of):
            value = items.tidied(self.of, item, said.get(ITEM + item))
            said[ITEM + item] = value
            if not items.allowed(self.of, item, value):
                self.add_error(ITEM + item, _("‘%(value)s’ is no answer to this item.") % {"value": value})
        return said

    def values(self) -> Mapping[str, str | None]:
        """The answers by item; None where the paper is blank."""
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
        help_text=gettext_lazy("The number or the code, as when keying; empty where it was left blank."),
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
        wanted = [item for item in items.item_ids(of) if item not in items.own_words(of)]
        boxes = [(item, _field(of, item, language)) for item in wanted]
        named = [(item, f"{box.label} ({box.help_text})" if box.help_text else str(box.label)) for item, box in boxes]
        self.fields["item"].choices = named  # type: ignore[attr-defined]


def _field(of: Instrument | Form, item: str, language: str) -> forms.CharField:
    if isinstance(of, Instrument):
        codes = of.response.codes
        label = _("Item %(number)s") % {"number": item}
        hint = _("%(lowest)d to %(highest)d") % {"lowest": codes[0], "highest": codes[-1]}
        return _box(label, hint, numeric=True)
    asked = of.item(item)
    label, hint = say(asked.ask, language), _hint(asked, language)
    if isinstance(asked, FreeText):
        return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    return _box(label, hint, numeric=isinstance(asked, Rating))


def _box(label: str, hint: str, *, numeric: bool) -> forms.CharField:
    attributes = {"autocomplete": "off", "class": "short"} | ({"inputmode": "numeric"} if numeric else {})
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attributes))


def _hint(item: FormItem, language: str) -> str:
    match item:
        case Rating():
            return _("%(lowest)d to %(highest)d") % {"lowest": item.from_, "highest": item.to}
        case Number():
            return item.unit
        case SingleChoice() | SeveralChoices():
            options = ", ".join(f"{option.id} = {say(option.label, language)}" for option in item.options)
            several = _("several with spaces between: ") if isinstance(item, SeveralChoices) else ""
            return several + options
        case DateItem():
            return _("as 2026-03-02")
    return ""
