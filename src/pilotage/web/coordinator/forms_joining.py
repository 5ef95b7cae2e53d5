"""What a coordinator fills in when someone enters the study: consent on paper, arm and group; and when they leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.protocol.protocol import Protocol
from pilotage.web.pages.dates import day
from pilotage.web.pages.fields import DateInput, set_choices, set_rows
from pilotage.web.pages.protocol_words import arm_choices
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant


class PaperConsentForm(forms.Form):
    """What stands on the signed paper."""

    agreed = forms.MultipleChoiceField(
        label=gettext_lazy("Statements ticked on the paper"), widget=forms.CheckboxSelectMultiple, required=False
    )
    given_on = forms.DateField(label=gettext_lazy("Date on the paper"), widget=DateInput)
    held_by = forms.CharField(label=gettext_lazy("Who keeps the paper, and where"), max_length=120)

    def __init__(self, *args: Any, statements: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "agreed", [(statement["id"], statement["text"]) for statement in statements])


class ArmForm(forms.Form):
    """The arm, where people choose it; a button alone where they do not."""

    arm = forms.ChoiceField(label=gettext_lazy("Arm"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, protocol: Protocol, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            set_choices(self, "arm", arm_choices(protocol))
        else:
            del self.fields["arm"]


class PlaceForm(forms.Form):
    """A group with its free places, and a reason where a rule is passed over."""

    cohort: forms.ModelChoiceField[Cohort] = forms.ModelChoiceField(
        label=gettext_lazy("Group"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    override = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Required only if the group is full or closed, or if the person changes groups."),
    )

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "cohort", cohorts, _with_free_places)
        open_here = [group for group in cohorts if group.centre_id == person.centre_id and group.closed_at is None]
        self.initial.setdefault("cohort", open_here[-1] if open_here else None)


class RecordLeavingForm(forms.Form):
    """What someone leaves, why, and what becomes of their answers."""

    what = forms.ChoiceField(label=gettext_lazy("What does the person leave?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "offered-reasons"}),  # the page has the list
        help_text=gettext_lazy("Optional: nobody has to give a reason."),
    )
    answers = forms.ChoiceField(
        label=gettext_lazy("If the person leaves the study: answers given so far"),
        widget=forms.RadioSelect,
        choices=[("keep", gettext_lazy("keep")), ("erase", gettext_lazy("erase"))],
        initial="keep",
    )

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, parts = person, queries.takes_part_in(person)
        set_choices(self, "what", _what_can_be_left(parts, apart=queries.apart(person)))
        if len(queries.choices_about_answers(person, parts)) < 2:
            del self.fields["answers"]

    @property
    def parts(self) -> tuple[str, ...]:
        """What is left: the course, the study, or both."""
        return tuple(self.cleaned_data["what"].split())

    @property
    def answers_become(self) -> Literal["keep", "erase"]:
        """What becomes of the answers: as chosen, where there is a choice for what is left."""
        possible = queries.choices_about_answers(self.person, self.parts)
        chosen = self.cleaned_data.get("answers")
        return next((choice for choice in possible if choice == chosen), possible[0])


def _what_can_be_left(parts: Sequence[str], *, apart: bool) -> list[tuple[str, Any]]:
    """Return each part, where course and study can be left apart; and all that there is to leave."""
    words = {
        "course": _("the course") if len(parts) == 1 else _("the course; the person still answers questionnaires"),
        "study": _("the study") if len(parts) == 1 else _("the study; the person stays on the course"),
    }
    each = [(part, words[part]) for part in parts] if apart or len(parts) == 1 else []
    return [*each, (" ".join(parts), _("the course and the study"))] if len(parts) > 1 else each


def _with_free_places(cohort: Cohort) -> str:
    free = max(0, cohort.maximum - queries.places_taken(cohort))
    words = _("%(group)s: %(free)s of %(most)s places free") % {
        "group": cohort.name,
        "free": free,
        "most": cohort.maximum,
    }
    if cohort.starts_on is None:
        return words
    return ", ".join((words, _("starts %(day)s") % {"day": day(cohort.starts_on)}))
