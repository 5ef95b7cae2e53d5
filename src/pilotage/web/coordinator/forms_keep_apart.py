"""Two people who are not to practise together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.web.coordinator.forms_group import choose_from
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant

KINDS = [
    ("", _("no reason given")),
    ("at work", _("one leads the other at work")),
    ("team", _("they work in one team")),
    ("care", _("one is or was in the other's care")),
    ("family", _("partners, family or friends")),
    ("incident", _("after something that happened")),
]


class KeepApartForm(forms.Form):
    """Whom, how strictly, and why, which stays with the coordinator."""

    one = forms.ModelChoiceField(label=pgettext_lazy("two people", "Keep"), queryset=Participant.objects.none())
    other = forms.ModelChoiceField(label=pgettext_lazy("two people", "apart from"), queryset=Participant.objects.none())
    hard = forms.TypedChoiceField(
        label=_("How strictly"),
        choices=[("yes", _("never together")), ("no", _("only where it cannot be helped"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("Why"), choices=KINDS, required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = queries.names_of(cohort)
        people = Participant.objects.filter(place__cohort=cohort, place__on_course=True, erased_at=None)
        for name in ("one", "other"):
            choose_from(self, name, people.order_by("code"))
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.label_from_instance = lambda one: f"{names.get(one.code, '')} ({one.code})"  # type: ignore[method-assign,assignment]
