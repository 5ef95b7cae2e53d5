"""The form of leaving: what is left, what becomes of what was given, and a reason, which nobody needs to give."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.web.records.models import Participant
from pilotage.web.records.queries.leaving import apart, choices_about_answers, takes_part_in


class LeavingForm(forms.Form):
    """One choice of what, one of what becomes of the answers where the protocol leaves it open, and words."""

    def __init__(self, person: Participant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, parts = person, takes_part_in(person)
        ways = _ways(person, parts)
        self.fields["what"] = forms.ChoiceField(
            label=_("What do you leave?"),
            choices=ways,
            initial=ways[0][0] if len(ways) == 1 else None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what you leave.")},
        )
        if len(choices_about_answers(person, parts)) > 1:
            asked = len(choices_about_answers(person, self.data.get("what", " ".join(parts)).split())) > 1
            self.fields["answers"] = _about_answers(parts, required=asked)
        self.fields["reason"] = forms.CharField(
            label=_("Why? You need not say."),
            help_text=_("It helps us make the course and the study better."),
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        """What becomes of the answers: the protocol's word, or the person's where it leaves it to them."""
        said = super().clean() or {}
        if "what" not in said:
            return said
        open_to = choices_about_answers(self.person, said["what"].split())
        if len(open_to) == 1:
            said["answers"] = open_to[0]
        return said


def _about_answers(parts: tuple[str, ...], *, required: bool) -> forms.ChoiceField:
    keep = _("Keep it, under a code, for the study") if "study" in parts else _("Keep it for now")
    help_text = _("Asked only where you leave the study; whoever leaves the course alone keeps it.")
    return forms.ChoiceField(
        label=_("What becomes of what you gave so far?"),
        help_text=help_text if len(parts) == 2 else "",
        choices=[("keep", keep), ("erase", _("Erase it"))],
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("Choose what becomes of it.")},
    )


def _ways(person: Participant, parts: tuple[str, ...]) -> list[tuple[str, str]]:
    if len(parts) == 2:
        both = [("course study", _("Both the course and the study"))]
        one = [
            ("course", _("The course; I stay in the study")),
            ("study", _("The study; I stay on the course")),
        ]
        return [*one, *both] if apart(person) else both
    words = {"course": _("The course"), "study": _("The study")}
    return [(part, words[part]) for part in parts]
