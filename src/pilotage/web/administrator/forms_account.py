"""What administrators fill in about accounts and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pilotage.web.accounts.navigation import ROLE_NAMES
from pilotage.web.pages.fields import set_rows
from pilotage.web.records import queries
from pilotage.web.records.models import Centre, Study


class AccountForm(forms.Form):
    """Somebody new."""

    name = forms.CharField(max_length=120, label=_("Name"))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Used to sign in. The link to choose a password is sent to it.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    is_administrator = forms.BooleanField(
        required=False, label=_("Administrator of this server: creates accounts and assigns roles")
    )


class RoleForm(forms.Form):
    """A role in a study, at one centre or at all."""

    study: forms.ModelChoiceField[Study] = forms.ModelChoiceField(None, label=_("Study"), empty_label=_("Choose one"))
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_NAMES.items()))
    centre: forms.ModelChoiceField[Centre] = forms.ModelChoiceField(
        None, label=_("Centre"), required=False, empty_label=_("all centres of the study")
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        help_text=_("Required if one person becomes coordinator and researcher. The protocol must allow this too."),
        max_length=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self, "study", queries.all_studies(), queries.title_of)
        set_rows(self, "centre", queries.all_centres(), lambda centre: f"{centre.name} ({centre.study.key})")

    def clean(self) -> dict[str, Any]:
        """Refuse a centre of another study."""
        values: dict[str, Any] = super().clean() or {}
        centre, study = values.get("centre"), values.get("study")
        if centre and study and centre.study_id != study.pk:
            self.add_error("centre", ValidationError(_("This centre belongs to another study.")))
        return values
