"""What participants fill in beside questionnaires: their consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.records.models import ConsentText


class ConsentForm(forms.Form):
    """A box for each statement of the text, and a name beneath; required ones are said to be so where they stand."""

    def __init__(self, text: ConsentText, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without = _("Without this nobody takes part. Tick it if you agree.")
        for said in text.statements:
            self.fields[f"statement-{said['id']}"] = forms.BooleanField(
                label=said["text"], required=said["required"], error_messages={"required": without}
            )
        self.fields["typed_name"] = forms.CharField(
            label=_("Your name, as you would sign it"),
            max_length=160,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": _("Type your name; it stands for your signature.")},
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
