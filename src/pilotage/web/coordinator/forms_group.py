"""What a coordinator fills in about groups: the group itself, its sessions, its teachers, and places in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.web.coordinator.forms_calendar import DaysField
from pilotage.web.coordinator.labels import day
from pilotage.web.pages.fields import DateInput, TimeInput
from pilotage.web.records import queries
from pilotage.web.records.models import Centre, Cohort, Participant, Study, User


class _TeachersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no subscript at run time
    """Teachers by name."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Teachers"),
            queryset=User.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class GroupForm(forms.Form):
    """A new group; its sessions follow from the first one and the protocol."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    centre = forms.ModelChoiceField(label=gettext_lazy("Centre"), queryset=Centre.objects.none(), empty_label=None)
    starts_on = forms.DateField(label=gettext_lazy("First session"), widget=DateInput)
    starts_at = forms.TimeField(label=gettext_lazy("At"), widget=TimeInput)
    skip = DaysField(
        label=gettext_lazy("Days without a session"),
        required=False,
        help_text=gettext_lazy("Holidays, one a line, such as 2026-04-30. The sessions after it move along."),
    )
    location = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    teachers = _TeachersField()

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = queries.centres_of(user, study, "coordinator").order_by("name")
        choose_from(self, "centre", centres)
        choose_from(self, "teachers", queries.teachers_of(study, centres))
        self.initial.setdefault("centre", centres.first())


class TeachersForm(forms.Form):
    """Who teaches a group."""

    teachers = _TeachersField()

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "teachers", queries.teachers_of(cohort.study, [cohort.centre]))
        self.initial.setdefault("teachers", [taught.user_id for taught in cohort.teachers.all()])


class CloseForm(forms.Form):
    """Nobody comes in any more."""

    override = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed only where the group is smaller than the protocol asks."),
    )


class PlaceForm(forms.Form):
    """A group with its free places, and a reason where a rule is passed over."""

    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Group"), queryset=Cohort.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    override = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed only where the group is full or closed, or where they change groups."),
    )

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "cohort", cohorts)
        field = self.fields["cohort"]
        if isinstance(field, forms.ModelChoiceField):
            field.label_from_instance = _with_free_places  # type: ignore[method-assign,assignment]
        here = cohorts.filter(centre=person.centre, closed_at=None).order_by("starts_on").last()
        self.initial.setdefault("cohort", here)


def choose_from(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """The rows that a field offers, which are known only with the study."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _with_free_places(cohort: Cohort) -> str:
    said = {"group": cohort.name, "free": max(0, cohort.maximum - queries.places_taken(cohort)), "most": cohort.maximum}
    words = _("%(group)s: %(free)s of %(most)s places free") % said
    return f"{words}, {_('from')} {day(cohort.starts_on)}" if cohort.starts_on else words
