"""Forms of the debrief, and of a second rater."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.protocol.programme import Block
from pilotage.vocabulary import DeliveryState, DeviationKind, DeviationPlanning, ProgrammePart
from pilotage.web.pages.delivery import ADHERENCE, DEVIATION_KINDS, MARKS, PARTS, PLANNING, RATINGS
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.records import queries
from pilotage.web.records.actions.fidelity import NotedDeviation
from pilotage.web.records.models import Session, User
from pilotage.web.records.queries.run_sheet import BlockLine

_ACROSS = {"class": "across"}


def _radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect(attrs=_ACROSS), **more)


class BlockDeviationForm(forms.Form):
    """A block that was not done as planned: what it means for the programme."""

    core = _radio(_("Which part of the programme does it concern?"), list(PARTS.items()))
    planned = _radio(_("When was it decided?"), list(PLANNING.items()))

    use_required_attribute = False

    def __init__(self, data: Any, *, line: BlockLine) -> None:
        parts = {True: ProgrammePart.CORE, False: ProgrammePart.FLEXIBLE, None: ProgrammePart.NOT_JUDGED}
        initial = {"core": parts[line.block.core], "planned": DeviationPlanning.AD_HOC}
        super().__init__(data, prefix=f"block-{line.block.id}", initial=initial)
        self.line = line
        self.title = self._titled(in_page_language(line.block.label))

    @property
    def deviation(self) -> NotedDeviation:
        """As it is kept: the block by its name in the study's tables, whatever language the teacher reads."""
        reason = f", {self.line.progress.reason}" if self.line.progress.reason else ""
        still_taught = self.line.progress.mark in (DeliveryState.PARTLY, DeliveryState.MOVED)
        kind = DeviationKind.FORMAT if still_taught else DeviationKind.CONTENT
        core, planned = self.cleaned_data["core"], self.cleaned_data["planned"]
        title = self._titled(str(self.line.block.label))
        return NotedDeviation(kind, core, planned, f"{title}{reason}", self.line.block.id)

    def _titled(self, block: str) -> str:
        return f"{block}: {MARKS[self.line.progress.mark or DeliveryState.DONE]}".lower().capitalize()


class DebriefForm(forms.Form):
    """Anything else that was done differently, and notes."""

    kind = forms.ChoiceField(
        label=_("Was anything else done differently?"),
        choices=[("", _("no")), *DEVIATION_KINDS.items()],
        required=False,
    )
    description = forms.CharField(
        label=_("What was done differently, and why"),
        max_length=1000,
        required=False,
        help_text=_("Do not write names."),
    )
    core = _radio(_("Which part of the programme does it concern?"), list(PARTS.items()), required=False)
    planned = _radio(_("When was it decided?"), list(PLANNING.items()), required=False)
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What a colleague needs to know for the next session. Do not write names."),
    )
    names_are_meant = forms.BooleanField(
        label=_("This word is not a person's name here"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """Require a description of what was done differently, and its kind beside a description."""
        form_data = super().clean() or {}
        described = form_data.get("description", "").strip()
        if form_data.get("kind") and not described:
            self.add_error("description", _("Describe in a few words what was done differently."))
        if described and not form_data.get("kind"):
            self.add_error("kind", _("Choose what the deviation is about."))
        return form_data

    def ask_whether_meant(self) -> None:
        """Offer to keep a word that reads like a name."""
        self.fields["names_are_meant"].widget = forms.CheckboxInput()

    @property
    def deviations(self) -> list[NotedDeviation]:
        """What was noted beside the blocks; nothing where nothing was."""
        form_data = self.cleaned_data
        if not form_data["kind"]:
            return []
        core = form_data["core"] or ProgrammePart.NOT_JUDGED
        planned = form_data["planned"] or DeviationPlanning.AD_HOC
        return [NotedDeviation(form_data["kind"], core, planned, form_data["description"])]


class AdherenceForm(forms.Form):
    """How far the form of the practice in pairs was kept."""

    use_required_attribute = False

    def __init__(self, data: Any, *, session: Session, rater: User) -> None:
        super().__init__(data)
        kept = queries.adherence_ratings(session, rater)
        for item, words in ADHERENCE.items():
            self.fields[item] = _radio(str(words), RATINGS, required=False)
            if item in kept:
                self.initial[item] = "none" if kept[item] is None else str(kept[item])

    @property
    def ratings(self) -> dict[str, int | None]:
        """What was rated, with None for what does not apply."""
        chosen = {item: self.cleaned_data[item] for item in ADHERENCE}
        return {item: None if value == "none" else int(value) for item, value in chosen.items() if value}


class BlocksForm(forms.Form):
    """What a second rater says of each block."""

    use_required_attribute = False

    def __init__(self, data: Any, *, session: Session, rater: User, blocks: Iterable[Block]) -> None:
        super().__init__(data, prefix="block")
        kept = queries.block_ratings(session, rater)
        for block in blocks:
            self.fields[block.id] = _radio(
                in_page_language(block.label), list(MARKS.items()), required=False, initial=kept.get(block.id)
            )

    @property
    def marks(self) -> dict[str, str]:
        """The marks that were chosen."""
        return {block: mark for block, mark in self.cleaned_data.items() if mark}
