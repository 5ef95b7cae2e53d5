"""The forms by which a safety report is judged, acted on, and made for somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.vocabulary import Ascertainment, Expectedness, Relatedness, Severity
from pilotage.web.pages.fields import DateInput
from pilotage.web.records.actions.handling import Judgement, Relation
from pilotage.web.records.actions.safety import LONGEST
from pilotage.web.records.models import AdverseEvent
from pilotage.web.safety.labels import EXPECTEDNESS, OUTCOMES, RELATEDNESS, SEVERITY

LONG = {"rows": 4}
SERIOUS = {"yes": True, "no": False}


def _choices(labels: Mapping[str, Any], *, without: str = "") -> list[tuple[str, Any]]:
    return [(value, words) for value, words in labels.items() if value != without]


def _radio(label: str, choices: list[tuple[str, Any]], *, required: bool = True, help_text: str = "") -> forms.Field:
    widget = forms.RadioSelect(attrs={"class": "across"} if len(choices) < 4 else {})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, required=required, help_text=help_text)


def _words(label: str, *, required: bool = True, help_text: str = "") -> forms.Field:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs=LONG), required=required, help_text=help_text
    )


class _RepeatableForm(forms.Form):
    """A judgement that can be made anew, with the reason."""

    def _ask_reason(self, judged_before: bool) -> None:
        if judged_before:
            help_text = _("Needed if you change an earlier assessment.")
            reason = forms.CharField(label=_("Reason"), max_length=300, required=False, help_text=help_text)
            self.fields["reason"] = reason

    @property
    def reason(self) -> str:
        """Why the judgement changes; empty where there was none before."""
        return str(self.cleaned_data.get("reason", ""))


class JudgementForm(_RepeatableForm):
    """How bad it was, whether it is serious, of what kind, and the words without what identifies."""

    def __init__(self, event: AdverseEvent, safety: Safety | None, language: str, data: Any = None) -> None:
        serious = {True: "yes", False: "no", None: ""}[event.serious]
        severity = "" if event.severity == Severity.NOT_GRADED else event.severity
        initial = {"severity": severity, "serious": serious, "kind": event.kind}
        super().__init__(data, initial=initial | {"screened": event.screened})
        means = say(safety.serious_means, language) if safety else ""
        kinds = [(kind.id, say(kind.label, language)) for kind in safety.kinds] if safety else []
        self.fields["severity"] = _radio(_("How severe is it?"), _choices(SEVERITY, without=Severity.NOT_GRADED))
        yes_no: list[tuple[str, Any]] = [("yes", _("yes")), ("no", _("no"))]
        self.fields["serious"] = _radio(_("Is it serious, as defined in the protocol?"), yes_no, help_text=means)
        if kinds:
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), *kinds])
        else:
            self.fields["kind"] = forms.CharField(label=_("Kind"), max_length=80, required=False)
        self.fields["screened"] = _words(
            _("The participant's words, without identifying details"),
            required=False,
            help_text=_("For the study's report. Remove names, places and anything that identifies a person."),
        )
        self._ask_reason(event.severity != Severity.NOT_GRADED)

    @property
    def judgement(self) -> Judgement:
        """What was judged."""
        form_data = self.cleaned_data
        screened = form_data["screened"].strip()
        return Judgement(form_data["severity"], SERIOUS[form_data["serious"]], form_data["kind"], screened)


class RelationForm(_RepeatableForm):
    """The relation to the course, on a page without the person's answers."""

    def __init__(self, event: AdverseEvent, data: Any = None) -> None:
        relatedness = "" if event.relatedness == Relatedness.NOT_JUDGED else event.relatedness
        expectedness = "" if event.expectedness == Expectedness.NOT_JUDGED else event.expectedness
        super().__init__(data, initial={"relatedness": relatedness, "expectedness": expectedness})
        self.fields["relatedness"] = _radio(
            _("Is it related to the course?"), _choices(RELATEDNESS, without=Relatedness.NOT_JUDGED)
        )
        self.fields["expectedness"] = _radio(
            _("Was this kind of event named in the protocol?"), _choices(EXPECTEDNESS, without=Expectedness.NOT_JUDGED)
        )
        self._ask_reason(event.relatedness != Relatedness.NOT_JUDGED)

    @property
    def relation(self) -> Relation:
        """What was judged."""
        return Relation(self.cleaned_data["relatedness"], self.cleaned_data["expectedness"])


class ActionForm(forms.Form):
    """What was done, and what became of it."""

    def __init__(self, event: AdverseEvent, data: Any = None) -> None:
        super().__init__(data, initial={"action": event.action, "outcome": event.outcome})
        help_text = _("For the study's report. Do not write names.")
        self.fields["action"] = _words(_("What action was taken?"), required=False, help_text=help_text)
        self.fields["outcome"] = _radio(_("What is the outcome?"), _choices(OUTCOMES), required=False)


class NoteForm(forms.Form):
    """A note for those who handle the report."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["text"] = _words(_("Note"))


class ReopenForm(forms.Form):
    """Why a closed report is reopened."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["reason"] = forms.CharField(label=_("Why do you reopen the report?"), max_length=300)


class ReportForForm(forms.Form):
    """A report that somebody told a member of staff, by telephone or in passing."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["code"] = forms.CharField(label=_("Participant code"), max_length=20)
        self.fields["description"] = _words(_("What happened, in the participant's words?"))
        self.fields["onset"] = forms.DateField(label=_("When did it begin?"), required=False, widget=DateInput())
        ways = [
            (Ascertainment.ASKED, _("I asked about it")),
            (Ascertainment.SPONTANEOUS, _("The participant reported it spontaneously")),
        ]
        self.fields["ascertainment"] = forms.ChoiceField(
            label=_("How was it reported?"), choices=ways, widget=forms.RadioSelect
        )

    @property
    def event(self) -> dict[str, Any]:
        """What was reported of the event."""
        return {name: self.cleaned_data[name] for name in ("description", "onset", "ascertainment")}
