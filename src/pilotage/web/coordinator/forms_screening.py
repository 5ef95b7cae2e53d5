"""The screening form, made from the criteria of the protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.protocol.study import EligibilityCriterion
from pilotage.web.pages.fields import DateInput
from pilotage.web.records.actions import Judged
from pilotage.web.records.models import Screening

_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Rule:
    """A criterion as the form shows it: its words, and its three fields."""

    text: str
    must: bool
    met: forms.BoundField
    evidence: forms.BoundField
    on: forms.BoundField


class ScreeningForm(forms.Form):
    """For each criterion: whether it is met, how that is known, and since when."""

    reason = forms.CharField(
        label=gettext_lazy("Why a judgement changes"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where you judge something otherwise than before."),
    )

    def __init__(
        self,
        *args: Any,
        rules: tuple[tuple[EligibilityCriterion, bool], ...],
        judged: Mapping[str, Screening],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rules = rules
        if not judged:
            del self.fields["reason"]
        for rule, must in rules:
            self._ask(rule, must, judged.get(rule.id), today)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def rules(self) -> Iterator[Rule]:
        """The criteria with their fields, in the protocol's order."""
        for rule, must in self._rules:
            met, evidence, on = (self[f"{part}_{rule.id}"] for part in ("met", "evidence", "on"))
            yield Rule(rule.text, must, met, evidence, on)

    @property
    def judged(self) -> dict[str, Judged]:
        """What was judged, by criterion; those not known yet are left out."""
        given = self.cleaned_data
        return {
            rule.id: Judged(given[f"met_{rule.id}"] == _YES, given[f"evidence_{rule.id}"], given[f"on_{rule.id}"])
            for rule, _must in self._rules
            if given[f"met_{rule.id}"]
        }

    def clean(self) -> dict[str, Any]:
        """Whoever judges says how it is known, and since when."""
        given = self.cleaned_data
        for rule, _must in self._rules:
            if not given.get(f"met_{rule.id}"):
                continue
            if not given.get(f"evidence_{rule.id}"):
                self.add_error(f"evidence_{rule.id}", _("Say how it is known."))
            if not given.get(f"on_{rule.id}") and f"on_{rule.id}" not in self.errors:
                self.add_error(f"on_{rule.id}", _("Say on what day it was known."))
        return given

    def _ask(self, rule: EligibilityCriterion, must: bool, before: Screening | None, today: date) -> None:
        legend = rule.text if must else _("Keeps people out: %(text)s") % {"text": rule.text}
        self.fields[f"met_{rule.id}"] = forms.ChoiceField(
            label=legend,
            required=False,
            choices=[(_YES, _("yes")), (_NO, _("no")), ("", _("not known yet"))],
            widget=forms.RadioSelect(attrs={"class": "across"}),
            initial=(_YES if before.met else _NO) if before else "",
        )
        usual = rule.evidence if isinstance(rule.evidence, str) else ""
        self.fields[f"evidence_{rule.id}"] = forms.CharField(
            label=_("How it is known"),
            max_length=300,
            required=False,
            initial=before.evidence if before else usual,
        )
        self.fields[f"on_{rule.id}"] = forms.DateField(
            label=_("On"), required=False, widget=DateInput, initial=before.on if before else today
        )
