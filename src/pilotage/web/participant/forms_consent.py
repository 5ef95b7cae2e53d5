"""The form of consent: a box for each statement, and a name as signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.records.models import ConsentText


class ConsentForm(forms.Form):
    """A box for each statement of the text, and the person's name; a required statement says so when it is left out."""

    def __init__(self, text: ConsentText, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = _("You can only take part if you agree with this. Tick the box if you agree.")
        for statement in text.statements:
            self.fields[f"statement-{statement['id']}"] = forms.BooleanField(
                label=statement["text"], required=statement["required"], error_messages={"required": required}
            )
        self.fields["typed_name"] = forms.CharField(
            label=_("Your full name, as your signature"),
            max_length=160,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": _("Enter your name. It counts as your signature.")},
        )

    @property
    def statements(self) -> list[forms.BoundField]:
        """The boxes."""
        return [field for field in self if field.name.startswith("statement-")]

    @property
    def agreed(self) -> list[str]:
        """The ids of the statements ticked."""
        ticked = (name for name, value in self.cleaned_data.items() if value is True)
        return [name.removeprefix("statement-") for name in ticked]
