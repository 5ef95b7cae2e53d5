"""What a reader of comments fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.records.queries.comments import Question


class ReadingForm(forms.Form):
    """The words without what identifies, and the codes that this reader gives."""

    redacted = forms.CharField(
        label=_("The words as they may leave"),
        help_text=_("Take out names, places, jobs and dates that could point to someone; write [...] in their place."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    codes = forms.MultipleChoiceField(
        label=_("Your codes"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("As many as fit.")
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.codes:
            self.fields["codes"].choices = question.codes  # type: ignore[attr-defined]
        else:
            del self.fields["codes"]
