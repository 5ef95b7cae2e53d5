"""The screening form, made from the criteria of the protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.protocol.study import EligibilityCriterion as Criterion
from pilotage.web.pages.fields import DateInput
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.records.actions.screening import CriterionJudgement
from pilotage.web.records.models import Screening

_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class CriterionFields:
    """The three fields of one criterion, and their names in the form."""

    criterion: Criterion
    must: bool
    """Whether it must be met to come in; otherwise it keeps people out."""

    @property
    def met(self) -> str:
        """The name of the field that says whether it is met."""
        return f"met_{self.criterion.id}"

    @property
    def evidence(self) -> str:
        """The name of the field that says how that is known."""
        return f"evidence_{self.criterion.id}"

    @property
    def on(self) -> str:
        """The name of the field with the day of the evidence."""
        return f"on_{self.criterion.id}"

    def made(self, before: Screening | None, today: date) -> dict[str, forms.Field]:
        """Return the fields by name, with what was judged before or else what is usual."""
        text, usual = in_page_language(self.criterion.text), self.criterion.evidence
        return {
            self.met: forms.ChoiceField(
                label=text if self.must else _("Exclusion criterion: %(text)s") % {"text": text},
                required=False,
                choices=[(_YES, _("yes")), (_NO, _("no")), ("", _("not known yet"))],
                widget=forms.RadioSelect(attrs={"class": "across"}),
                initial=(_YES if before.met else _NO) if before else "",
            ),
            self.evidence: forms.CharField(
                label=_("Evidence"),
                max_length=300,
                required=False,
                initial=before.evidence if before else in_page_language(usual) if isinstance(usual, str) else "",
            ),
            self.on: forms.DateField(
                label=_("Date"), required=False, widget=DateInput, initial=before.on if before else today
            ),
        }

    def missing(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield each field that must be filled in once the criterion is judged and is not, with what to do."""
        if not answers.get(self.met):
            return
        if not answers.get(self.evidence):
            yield self.evidence, _("Enter the evidence.")
        if not answers.get(self.on):
            yield self.on, _("Enter the date of the evidence.")

    def judgement(self, answers: Mapping[str, Any]) -> CriterionJudgement | None:
        """Return what was judged; None where it is not known yet."""
        if not answers[self.met]:
            return None
        return CriterionJudgement(met=answers[self.met] == _YES, evidence=answers[self.evidence], on=answers[self.on])


class ScreeningForm(forms.Form):
    """For each criterion: whether it is met, how that is known, and since when."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Required only if you change an earlier judgement."),
    )

    def __init__(
        self,
        *args: Any,
        rules: tuple[tuple[Criterion, bool], ...],
        judged: Mapping[str, Screening],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = [CriterionFields(criterion, must) for criterion, must in rules]
        for criterion in self.criteria:
            self.fields |= criterion.made(judged.get(criterion.criterion.id), today)
        reason = self.fields.pop("reason")
        if judged:
            self.fields["reason"] = reason  # last, under the criteria it is about

    @property
    def rules(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """The fields of each criterion, in the protocol's order."""
        return ((self[fields.met], self[fields.evidence], self[fields.on]) for fields in self.criteria)

    @property
    def judged(self) -> dict[str, CriterionJudgement]:
        """What was judged, by criterion; those not known yet are left out."""
        judged = {fields.criterion.id: fields.judgement(self.cleaned_data) for fields in self.criteria}
        return {criterion: judgement for criterion, judgement in judged.items() if judgement is not None}

    def clean(self) -> dict[str, Any]:
        """Ask whoever judges how it is known, and since when."""
        for fields in self.criteria:
            for name, words in fields.missing(self.cleaned_data):
                if name not in self.errors:
                    self.add_error(name, words)
        return self.cleaned_data
