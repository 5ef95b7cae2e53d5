"""The form of leaving: what is left, what happens with what the person provided, and a reason, which is optional."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.web.records import queries
from pilotage.web.records.models import Participant


class LeavingForm(forms.Form):
    """What is left, what happens with the answers where the protocol leaves that open, and a reason."""

    def __init__(self, person: Participant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, parts = person, queries.takes_part_in(person)
        choices = _choices(person, parts)
        self.fields["what"] = forms.ChoiceField(
            label=_("What do you want to leave?"),
            choices=choices,
            initial=choices[0][0] if len(choices) == 1 else None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what you want to leave.")},
        )
        if len(queries.choices_about_answers(person, parts)) > 1:
            required = len(queries.choices_about_answers(person, self.data.get("what", " ".join(parts)).split())) > 1
            self.fields["answers"] = _answers_field(parts, required=required)
        self.fields["reason"] = forms.CharField(
            label=_("Why do you want to leave?"),
            help_text=_("You do not have to give a reason. It helps us improve the course and the study."),
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """Add what happens with the answers where the protocol decides it."""
        form_data = super().clean() or {}
        if "what" not in form_data:
            return form_data
        possible = queries.choices_about_answers(self.person, form_data["what"].split())
        if len(possible) == 1:
            form_data["answers"] = possible[0]
        return form_data


def _answers_field(parts: tuple[str, ...], *, required: bool) -> forms.ChoiceField:
    keep = _("Keep it for the study, under a code") if "study" in parts else _("Keep it for now")
    help_text = _("This applies only if you leave the study. If you leave only the course, we keep it.")
    return forms.ChoiceField(
        label=_("What should happen with what you have told us so far?"),
        help_text=help_text if len(parts) == 2 else "",
        choices=[("keep", keep), ("erase", _("Erase it"))],
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("Choose what should happen with it.")},
    )


def _choices(person: Participant, parts: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(parts) == 2:
        both = [("course study", _("Both the course and the study"))]
        either = [
            ("course", _("The course; I stay in the study")),
            ("study", _("The study; I stay on the course")),
        ]
        return [*either, *both] if queries.apart(person) else both
    words = {"course": _("The course"), "study": _("The study")}
    return [(part, words[part]) for part in parts]
