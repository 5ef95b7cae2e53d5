"""What a coordinator fills in about groups: the group itself with its sessions, its teachers, and its closing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.coordinator.forms_calendar import CourseDatesForm
from pilotage.web.pages.fields import set_rows
from pilotage.web.records import queries
from pilotage.web.records.models import Centre, Cohort, Study, User


class _TeachersForm(forms.Form):
    """Teachers by name."""

    teachers: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label=_("Teachers"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )


class GroupForm(_TeachersForm, CourseDatesForm):
    """A new group; its sessions follow from the first one and the protocol."""

    name = forms.CharField(label=_("Name"), max_length=120)
    centre: forms.ModelChoiceField[Centre] = forms.ModelChoiceField(label=_("Centre"), queryset=None, empty_label=None)
    field_order = ("name", "centre", "starts_on", "starts_at", "skip", "location", "teachers")

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = queries.centres_of(user, study, "coordinator")
        set_rows(self, "centre", centres)
        set_rows(self, "teachers", queries.teachers_of(study, centres))
        self.initial.setdefault("centre", next(iter(centres), None))


class TeachersForm(_TeachersForm):
    """Who teaches a group."""

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "teachers", queries.teachers_of(cohort.study, [cohort.centre]))
        self.initial.setdefault("teachers", [teacher.pk for teacher in queries.teachers_in(cohort)])


class CloseForm(forms.Form):
    """Nobody comes in any more."""

    override = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Required only if the group is smaller than the protocol requires."),
    )
