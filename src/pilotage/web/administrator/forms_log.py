"""Which part of the log an administrator asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.administrator.labels import event_words
from pilotage.web.pages.fields import DateInput, set_choices


class LogForm(forms.Form):
    """A day, and a kind of event."""

    day = forms.DateField(required=False, label=_("Day"), widget=DateInput())
    what = forms.ChoiceField(required=False, label=_("Event"))

    def __init__(self, kinds: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((kind, str(event_words(kind))) for kind in kinds), key=lambda choice: choice[1])
        set_choices(self, "what", [("", _("all")), *choices])
