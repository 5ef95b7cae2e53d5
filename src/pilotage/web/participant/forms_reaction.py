"""The form of something unpleasant that happened: one's own words, the protocol's questions, and who may know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.protocol.forms import Form as ProtocolForm
from pilotage.protocol.forms import FreeText
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.safety import Safety
from pilotage.web.pages.fields import DateInput
from pilotage.web.pages.questionnaire import Asked, sheet
from pilotage.web.records import items
from pilotage.web.records.actions.safety import LONGEST
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.safety_circle import Circle, circles, first_handler

ROWS = {"rows": 6}


def circle_words(circle: Circle, safety: Safety) -> str:
    """Whom a choice means, in plain words and by name."""
    names = ", ".join(circle.names)
    if circle.role == "independent":
        return independent_words(safety)
    words = {
        "coordinator": _("The coordinator of the study: %(names)s"),
        "safety-contact": _("The safety contact, who reads what people report: %(names)s"),
        "teacher": _("My teacher: %(names)s"),
    }
    return words[circle.role] % {"names": names}


def independent_words(safety: Safety) -> str:
    """The independent contact by name and number, or who can tell it."""
    if isinstance(safety.independent, str):
        return _("The independent contact, outside the course and the study: %(who)s") % {"who": safety.independent}
    return _("Someone independent of the course and the study; the study's team tells you who")


class CircleForm(forms.Form):
    """Who may know."""

    def __init__(self, person: Participant, safety: Safety, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_know"] = forms.MultipleChoiceField(
            label=_("Who may know?"),
            help_text=_(
                "Nobody else reads it. The independent contact does not work on this site: call them yourself; "
                "if you tick nobody else, nobody reads what you write here."
            ),
            choices=[(circle.role, circle_words(circle, safety)) for circle in circles(person)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one; you can change it later.")},
        )


class ReactionForm(CircleForm):
    """What happened, since when, the protocol's questions, and who may know; only a few words are needed."""

    what = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs=ROWS))
    onset = forms.DateField(required=False, widget=DateInput())

    def __init__(self, person: Participant, loaded: LoadedProtocol, safety: Safety, language: str, *args: Any) -> None:
        super().__init__(person, safety, *args, initial={"may_know": first_handler(person)})
        self.asks = _form_of(loaded, safety)
        happened = safety.happened  # whoever opens this page has said by it that something did
        self.trigger = happened.item if happened else ""
        self.happened = happened.value if happened else None
        self._label_words()
        shown = sheet(loaded, self.asks.id, None, language).items if self.asks else ()
        self.questions = [one for one in shown if one.id not in (self.trigger, self.own_words)]
        for question in self.questions:
            self.fields[f"answer-{question.id}"] = _field(question)
        self.order_fields(["what", "onset", *(f"answer-{one.id}" for one in self.questions), "may_know"])

    @property
    def own_words(self) -> str:
        """The form's item that asks what happened; this page asks it by itself."""
        found = (item.id for item in self.asks.items if isinstance(item, FreeText)) if self.asks else iter(())
        return next(found, "")

    def answers(self) -> dict[str, str]:
        """What was answered, by item; what the form would not have asked by these answers is left out."""
        if self.asks is None:
            return {}
        said = {one.id: self._said(one.id) for one in self.questions}
        assumed = {self.trigger: self.happened, self.own_words: self.cleaned_data["what"]}
        asked = items.asked(self.asks, assumed | said)
        return {item: value for item, value in said.items() if value and item in asked}

    def clean(self) -> dict[str, Any]:
        """Each answer is one that its item takes."""
        cleaned = super().clean() or {}
        for one in self.questions:
            if self.asks and not items.allowed(self.asks, one.id, self._said(one.id)):
                self.add_error(f"answer-{one.id}", _("This is no answer that fits here."))
        return cleaned

    def _said(self, item: str) -> str | None:
        value = self.cleaned_data.get(f"answer-{item}")
        said = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        return items.tidied(self.asks, item, said) if self.asks else None

    def _label_words(self) -> None:
        self.fields["what"].label = _("What happened?")
        self.fields["what"].help_text = _("In your own words, as much or as little as you wish.")
        self.fields["what"].error_messages["required"] = _("Write a few words about what happened.")
        self.fields["onset"].label = _("Since when?")


def _form_of(loaded: LoadedProtocol, safety: Safety) -> ProtocolForm | None:
    return loaded.protocol.form(safety.form) if safety.form else None


def _field(question: Asked) -> forms.Field:
    """A field of Django's for a question; nothing is required of someone who reports harm."""
    common: dict[str, Any] = {"label": question.text, "required": False, "help_text": _help(question)}
    choices = [(choice.value, choice.label) for choice in question.choices]
    match question.kind:
        case "options" | "scale":
            return forms.ChoiceField(
                choices=choices, widget=forms.RadioSelect(attrs=_across(question, choices)), **common
            )
        case "choices":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "number":
            return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common)
        case "date":
            return forms.CharField(max_length=10, widget=DateInput(), **common)
        case _:
            return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs=ROWS), **common)


def _across(question: Asked, choices: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {"class": "across"} if question.across or (question.kind == "scale" and len(choices) <= 11) else {}


def _help(question: Asked) -> str:
    return ", ".join(question.ends) if question.ends else question.unit
