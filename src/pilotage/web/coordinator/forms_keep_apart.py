"""Two people who are not to practise together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.pages.fields import set_rows
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant

KINDS = [
    ("", _("no reason given")),
    ("at work", _("one is the other's manager")),
    ("team", _("they work in the same team")),
    ("care", _("one is or was in the other's care")),
    ("family", _("partners, family or friends")),
    ("incident", _("after an incident")),
]


class KeepApartForm(forms.Form):
    """Whom, how strictly, and why, which stays with the coordinator."""

    person: forms.ModelChoiceField[Participant] = forms.ModelChoiceField(
        label=_("Person"), queryset=None, empty_label=_("Choose one")
    )
    other: forms.ModelChoiceField[Participant] = forms.ModelChoiceField(
        label=_("Keep apart from"), queryset=None, empty_label=_("Choose one")
    )
    hard = forms.TypedChoiceField(
        label=_("How strictly"),
        choices=[("yes", _("never together")), ("no", _("together only if unavoidable"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("Reason"), choices=KINDS, required=False)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, people = queries.names_of(cohort), queries.people_to_pair(cohort)
        for field in ("person", "other"):
            set_rows(self, field, people, lambda person: f"{names.get(person.code, '')} ({person.code})")
