"""What a coordinator fills in on the list of people: which of them it shows, and whom to add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.vocabulary import AllocationMethod
from pilotage.web.coordinator import pasted
from pilotage.web.coordinator.forms_person import ContactForm
from pilotage.web.coordinator.labels import STAGES
from pilotage.web.pages.fields import set_choices, set_rows
from pilotage.web.pages.protocol_words import arm_choices
from pilotage.web.records import protocols, queries
from pilotage.web.records.actions.people import Contact
from pilotage.web.records.models import Centre, Study, User
from pilotage.web.records.queries.standing import Standing


class FilterForm(forms.Form):
    """By status, group, centre and arm, and by a part of a name or code; a filter that is not sound shows everybody."""

    stage = forms.ChoiceField(label=_("Status"), required=False)
    cohort = forms.ChoiceField(label=_("Group"), required=False)
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    arm = forms.ChoiceField(label=_("Arm"), required=False)
    find = forms.CharField(
        label=_("Code or name"), max_length=80, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = queries.cohorts_of(user, study)
        centres = [(str(centre.pk), centre.name) for centre in queries.centres_of(user, study, "coordinator")]
        anything = ("", _("all"))
        set_choices(self, "stage", [anything, *((stage, words) for stage, (words, _tone) in STAGES.items())])
        set_choices(self, "cohort", [anything, *((str(group.pk), group.name) for group in groups)])
        set_choices(self, "arm", [anything, *arm_choices(protocols.of(study).protocol)])
        set_choices(self, "centre", [anything, *centres])
        if len(centres) < 2:
            del self.fields["centre"]

    def of(self, everybody: Iterable[Standing]) -> list[Standing]:
        """Return those who match."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return [standing for standing in everybody if self._matches(standing, wanted)]

    def _matches(self, standing: Standing, wanted: dict[str, str]) -> bool:
        part = wanted.get("find", "").casefold()
        has = {
            "stage": standing.stage,
            "cohort": str(standing.cohort.pk) if standing.cohort else "",
            "centre": str(standing.person.centre_id),
            "arm": standing.arm,
        }
        named = part in standing.person.code.casefold() or part in standing.name.casefold()
        return named and all(wanted.get(what) in ("", None, value) for what, value in has.items())


class _PlacedForm(forms.Form):
    """Centre and arm; the arm only where chance does not decide."""

    centre: forms.ModelChoiceField[Centre] = forms.ModelChoiceField(label=_("Centre"), queryset=None, empty_label=None)
    arm_sought = forms.ChoiceField(label=_("Intended arm"))

    def offer_places(self, study: Study, user: User) -> None:
        """Offer the centres and arms there are for this coordinator."""
        protocol, centres = protocols.of(study).protocol, queries.centres_of(user, study, "coordinator")
        set_rows(self, "centre", centres)
        self.initial.setdefault("centre", next(iter(centres), None))
        if AllocationMethod(protocol.allocation.method) is AllocationMethod.BY_CHANCE:
            del self.fields["arm_sought"]
        else:
            set_choices(self, "arm_sought", arm_choices(protocol))


class ApproachForm(_PlacedForm, ContactForm):
    """Someone new; the code is given by the server."""

    field_order = ("name", "email", "phone", "language", "centre", "arm_sought")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(self.study, self.user)


class SeveralForm(_PlacedForm):
    """Several people at once, pasted from a list."""

    lines = forms.CharField(
        label=_("One person per line"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=100_000,
        help_text=_(
            "Name, e-mail, telephone, language. Telephone and language are optional. "
            "You can also paste cells from a spreadsheet."
        ),
    )
    field_order = ("lines", "centre", "arm_sought")

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study = study
        self.offer_places(study, user)

    def clean_lines(self) -> tuple[Contact, ...]:
        """Read all the people, or show every problem at once."""
        languages = protocols.of(self.study).protocol.study.languages
        known = queries.known_addresses(self.study)
        people = pasted.read(self.cleaned_data["lines"], languages, languages[0], known)
        if people.problems:
            raise forms.ValidationError(list(people.problems))
        if not people.contacts:
            raise forms.ValidationError(_("These lines contain no people. Enter at least one line."))
        return people.contacts
