"""What a reader of comments fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.pages.fields import set_choices
from pilotage.web.records.queries.comments import Question


class ReadingForm(forms.Form):
    """The text without what identifies, and the codes that this reader gives."""

    redacted = forms.CharField(
        label=_("Redacted text for release"),
        help_text=_("Replace names, places, jobs and dates that could identify someone by [...]."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    codes = forms.MultipleChoiceField(
        label=_("Your codes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that apply."),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.codes:
            set_choices(self, "codes", question.codes)
        else:
            del self.fields["codes"]
