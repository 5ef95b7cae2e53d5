"""The form for reporting an adverse event: the person's own words, the protocol's questions, and who may know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.instruments.shown import ShownItem
from pilotage.protocol.forms import Form as ProtocolForm
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.safety import Safety
from pilotage.web.pages.fields import DateInput
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.pages.questionnaire import sheet
from pilotage.web.records import items, queries
from pilotage.web.records.actions.safety import LONGEST
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.safety_circle import SafetyCircle

ROWS = {"rows": 6}


def circle_words(circle: SafetyCircle, safety: Safety) -> str:
    """Return in words and by name whom a choice means."""
    names = ", ".join(circle.names)
    if circle.role == "independent":
        return independent_words(safety)
    words = {
        "coordinator": _("The study coordinator: %(names)s"),
        "safety-contact": _("The safety contact, who reads reports: %(names)s"),
        "teacher": _("My teacher: %(names)s"),
    }
    return words[circle.role] % {"names": names}


def independent_words(safety: Safety) -> str:
    """Return the independent contact by name and number, or who can tell it."""
    if isinstance(safety.independent, str):
        return _("The independent contact, outside the course and the study: %(who)s") % {
            "who": in_page_language(safety.independent)
        }
    return _("Someone independent of the course and the study; the study team can tell you who")


class CircleForm(forms.Form):
    """The choice of who may know."""

    def __init__(self, person: Participant, safety: Safety, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_know"] = forms.MultipleChoiceField(
            label=_("Who may know?"),
            help_text=_(
                "On this site, nobody else can read it. The independent contact cannot read it here: please call them. "
                "If you choose only them, nobody reads what you write here."
            ),
            choices=[(circle.role, circle_words(circle, safety)) for circle in queries.circles(person)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one. You can change your choice later.")},
        )


class AdverseEventForm(CircleForm):
    """What happened, since when, the protocol's questions, and who may know; only a few words are needed."""

    what = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs=ROWS))
    onset = forms.DateField(required=False, widget=DateInput())

    def __init__(self, person: Participant, loaded: LoadedProtocol, safety: Safety, language: str, *args: Any) -> None:
        super().__init__(person, safety, *args, initial={"may_know": queries.first_handler(person)})
        self.asks = _form_of(loaded, safety)
        happened = safety.happened  # whoever opens this page has said by it that something did
        self.trigger = happened.item if happened else ""
        self.happened = happened.value if happened else None
        self._label_own_words()
        shown = sheet(loaded, self.asks.id, None, language).items if self.asks else ()
        self.questions = [item for item in shown if item.id not in (self.trigger, self.own_words)]
        for question in self.questions:
            self.fields[f"answer-{question.id}"] = _field(question)
        self.order_fields(["what", "onset", *(f"answer-{question.id}" for question in self.questions), "may_know"])

    @property
    def own_words(self) -> str:
        """The form's item that asks what happened; this page asks it by itself."""
        texts = (item.id for item in self.asks.items if item.own_words) if self.asks else iter(())
        return next(texts, "")

    def answers(self) -> dict[str, str]:
        """Return the answers by item, without those to items that the form does not ask after these answers."""
        if self.asks is None:
            return {}
        answers = {question.id: self._answer(question.id) for question in self.questions}
        assumed = {self.trigger: self.happened, self.own_words: self.cleaned_data["what"]}
        shown = items.asked(self.asks, assumed | answers)
        return {item: value for item, value in answers.items() if value and item in shown}

    def clean(self) -> dict[str, Any]:
        """Check that each item takes its answer."""
        cleaned = super().clean() or {}
        for question in self.questions:
            if self.asks and not items.allowed(self.asks, question.id, self._answer(question.id)):
                self.add_error(f"answer-{question.id}", _("This answer is not possible here. Enter another answer."))
        return cleaned

    def _answer(self, item: str) -> str | None:
        value = self.cleaned_data.get(f"answer-{item}")
        text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        return items.normalised(self.asks, item, text) if self.asks else None

    def _label_own_words(self) -> None:
        self.fields["what"].label = _("What happened?")
        self.fields["what"].help_text = _("Use your own words. Write as much or as little as you like.")
        self.fields["what"].error_messages["required"] = _("Write a few words about what happened.")
        self.fields["onset"].label = _("When did it begin?")


def _form_of(loaded: LoadedProtocol, safety: Safety) -> ProtocolForm | None:
    return loaded.protocol.form(safety.form) if safety.form else None


def _field(question: ShownItem) -> forms.Field:
    """Return a form field for a question; nothing is required of someone who reports harm."""
    common: dict[str, Any] = {"label": question.text, "required": False, "help_text": _help(question)}
    choices = question.choices
    match question.control:
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


def _across(question: ShownItem, choices: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {"class": "across"} if question.across or (question.control == "scale" and len(choices) <= 11) else {}


def _help(question: ShownItem) -> str:
    return ", ".join(question.ends) if question.ends else question.unit
