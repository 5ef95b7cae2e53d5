"""What administrators fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.web.accounts.navigation import ROLE_NAMES
from pilotage.web.pages.fields import DateInput
from pilotage.web.records.models import Centre, Study

Choices = list[tuple[str, str | Promise]]
LARGEST = 512 * 1024


class AccountForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(max_length=120, label=_("Name"))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("They sign in with it, and their link goes to it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_administrator = forms.BooleanField(
        required=False, label=_("Administrator of this server: makes accounts and gives roles")
    )


class RoleForm(forms.Form):
    """A role in a study, at one centre or at all."""

    study = forms.ModelChoiceField(Study.objects.order_by("key"), label=_("Study"))
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_NAMES.items()))
    centre = forms.ModelChoiceField(
        Centre.objects.select_related("study").order_by("study__key", "name"),
        label=_("Centre"),
        required=False,
        empty_label=_("all centres of the study"),
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        help_text=_("Where one person becomes coordinator and researcher, which the protocol must allow too."),
        max_length=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres: Any = self.fields["centre"]
        centres.label_from_instance = lambda centre: f"{centre.name} ({centre.study.key})"

    def clean(self) -> dict[str, Any]:
        """A centre belongs to the study."""
        said: dict[str, Any] = super().clean() or {}
        centre, study = said.get("centre"), said.get("study")
        if centre and study and centre.study_id != study.pk:
            self.add_error("centre", ValidationError(_("This centre is one of another study.")))
        return said


class WordingFileForm(forms.Form):
    """A wording file: YAML, or the filled-in spreadsheet as CSV."""

    file = forms.FileField(label=_("The file, as YAML or CSV"), widget=forms.FileInput(attrs={"accept": ".yaml,.csv"}))

    def clean_file(self) -> Any:
        """A file of a name and size that a wording can have."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".yaml", ".yml", ".csv")):
            raise ValidationError(_("Choose a file whose name ends in .yaml or .csv."))
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than any wording. Check that it is the right one."))
        return file


class ComparedForm(forms.Form):
    """What a second person says before the words are used."""

    compared = forms.BooleanField(label=_("I compared every text with the edition we have permission for."))


class LogForm(forms.Form):
    """Which part of the log."""

    day = forms.DateField(required=False, label=_("Day"), widget=DateInput())
    what = forms.ChoiceField(required=False, label=_("What happened"))

    def __init__(self, kinds: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Choices = [("", _("everything")), *((kind, kind) for kind in kinds)]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]
