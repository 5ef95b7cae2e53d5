"""The forms by which a report is judged, acted on, and made for somebody else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.web.pages.fields import DateInput
from pilotage.web.records.actions.handling import Judgement, Relation
from pilotage.web.records.actions.safety import LONGEST
from pilotage.web.records.models import AdverseEvent
from pilotage.web.safety.labels import VALUES

LONG = {"rows": 4}
SERIOUS = {"yes": True, "no": False}


def _choices(*values: str) -> list[tuple[str, Any]]:
    return [(value, VALUES[value]) for value in values]


def _radio(label: str, choices: list[tuple[str, Any]], *, required: bool = True, help_text: str = "") -> forms.Field:
    widget = forms.RadioSelect(attrs={"class": "across"} if len(choices) < 4 else {})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, required=required, help_text=help_text)


def _words(label: str, *, required: bool = True, help_text: str = "") -> forms.Field:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs=LONG), required=required, help_text=help_text
    )


class _Again(forms.Form):
    """A judgement that can be made anew, with the reason."""

    def _ask_why(self, judged_before: bool) -> None:
        if judged_before:
            said = _("Needed where you change what was judged before.")
            self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=said)

    @property
    def reason(self) -> str:
        """Why it is judged otherwise; empty where it was not judged before."""
        return str(self.cleaned_data.get("reason", ""))


class JudgementForm(_Again):
    """How bad it was, whether it is serious, of what kind, and the words without what identifies."""

    def __init__(self, event: AdverseEvent, safety: Safety | None, language: str, data: Any = None) -> None:
        serious = {True: "yes", False: "no", None: ""}[event.serious]
        severity = "" if event.severity == "not graded" else event.severity
        initial = {"severity": severity, "serious": serious, "kind": event.kind}
        super().__init__(data, initial=initial | {"screened": event.screened})
        means = say(safety.serious_means, language) if safety else ""
        kinds = [(kind.id, say(kind.label, language)) for kind in safety.kinds] if safety else []
        self.fields["severity"] = _radio(_("How severe is it?"), _choices("mild", "moderate", "severe"))
        yes_no: list[tuple[str, Any]] = [("yes", _("yes")), ("no", _("no"))]
        self.fields["serious"] = _radio(_("Is it serious, as the protocol means it?"), yes_no, help_text=means)
        if kinds:
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), *kinds])
        else:
            self.fields["kind"] = forms.CharField(label=_("Kind"), max_length=80, required=False)
        said = _("For the report: take out names, places and whatever shows who it is.")
        self.fields["screened"] = _words(_("In their words, without what identifies"), required=False, help_text=said)
        self._ask_why(event.severity != "not graded")

    @property
    def judgement(self) -> Judgement:
        """What was judged."""
        said = self.cleaned_data
        return Judgement(said["severity"], SERIOUS[said["serious"]], said["kind"], said["screened"].strip())


class RelationForm(_Again):
    """What it has to do with the course, on a page without the person's answers."""

    def __init__(self, event: AdverseEvent, data: Any = None) -> None:
        now = {"relatedness": event.relatedness, "expectedness": event.expectedness}
        super().__init__(data, initial={name: "" if value == "not judged" else value for name, value in now.items()})
        related, expected = _choices("unrelated", "possible", "probable"), _choices("expected", "unexpected")
        self.fields["relatedness"] = _radio(_("What has it to do with the course?"), related)
        self.fields["expectedness"] = _radio(_("Was it named in the protocol beforehand?"), expected)
        self._ask_why(event.relatedness != "not judged")

    @property
    def relation(self) -> Relation:
        """What was judged."""
        return Relation(self.cleaned_data["relatedness"], self.cleaned_data["expectedness"])


class ActionForm(forms.Form):
    """What was done, and what became of it."""

    def __init__(self, event: AdverseEvent, data: Any = None) -> None:
        super().__init__(data, initial={"action": event.action, "outcome": event.outcome})
        said = _("It goes into the report: write no names.")
        self.fields["action"] = _words(_("What was done?"), required=False, help_text=said)
        outcomes = _choices("resolved", "continuing", "unknown")
        self.fields["outcome"] = _radio(_("What became of it?"), outcomes, required=False)


class NoteForm(forms.Form):
    """A note for those who handle the report."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["text"] = _words(_("A note"))


class ReopenForm(forms.Form):
    """Why a closed report goes on."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["reason"] = forms.CharField(label=_("Why is it opened again?"), max_length=300)


class ReportForForm(forms.Form):
    """A report that somebody told a member of staff, by telephone or in passing."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["code"] = forms.CharField(label=_("Code of the person"), max_length=20)
        self.fields["description"] = _words(_("What happened, as they told it?"))
        dated = DateInput()
        self.fields["onset"] = forms.DateField(label=_("Since when?"), required=False, widget=dated)
        asked = [("asked", _("I asked about it")), ("spontaneous", _("They told it of their own accord"))]
        self.fields["ascertainment"] = forms.ChoiceField(
            label=_("How did it come to be known?"), choices=asked, widget=forms.RadioSelect
        )
