"""Forms of the two minutes afterwards, and of a second rater."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.protocol.programme import Block
from pilotage.web.records.actions import Departure
from pilotage.web.records.models import AdherenceRating, BlockDelivered, Session, User
from pilotage.web.records.queries.run_sheet import Line
from pilotage.web.teacher.labels_debrief import ADHERENCE, CORE, KINDS, PLANNED, RATINGS
from pilotage.web.teacher.labels_run_sheet import MARKS

_ACROSS = {"class": "across"}


class DepartureForm(forms.Form):
    """A block that was not done as planned: what it means for the programme."""

    core = forms.ChoiceField(label=_("Is it"), choices=CORE, widget=forms.RadioSelect(attrs=_ACROSS))
    planned = forms.ChoiceField(label=_("Was it"), choices=PLANNED, widget=forms.RadioSelect(attrs=_ACROSS))

    use_required_attribute = False

    def __init__(self, data: Any, *, line: Line) -> None:
        core = "core" if line.block.core else "flexible" if line.block.core is False else "not judged"
        super().__init__(data, prefix=f"block-{line.block.id}", initial={"core": core, "planned": "ad hoc"})
        self.line = line
        self.title = f"{line.block.label}: {MARKS[line.progress.mark or 'done']}".lower().capitalize()

    @property
    def departure(self) -> Departure:
        """As it is kept."""
        why = f", {self.line.progress.reason}" if self.line.progress.reason else ""
        kind = "format" if self.line.progress.mark in ("partly", "moved") else "content"
        return Departure(
            kind, self.cleaned_data["core"], self.cleaned_data["planned"], f"{self.title}{why}", self.line.block.id
        )


class DebriefForm(forms.Form):
    """Anything else that was done otherwise, and notes."""

    kind = forms.ChoiceField(
        label=_("Anything else done otherwise?"), choices=[("", _("nothing else")), *KINDS], required=False
    )
    description = forms.CharField(label=_("What, and why"), max_length=1000, required=False, help_text=_("No names."))
    core = forms.ChoiceField(label=_("Is it"), choices=CORE, widget=forms.RadioSelect(attrs=_ACROSS), required=False)
    planned = forms.ChoiceField(
        label=_("Was it"), choices=PLANNED, widget=forms.RadioSelect(attrs=_ACROSS), required=False
    )
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the next session or a colleague should know. No names."),
    )
    names_are_meant = forms.BooleanField(
        label=_("It is not somebody's name here"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        """What was done otherwise is described."""
        given = super().clean() or {}
        if given.get("kind") and not given.get("description", "").strip():
            self.add_error("description", _("Write in a few words what was done otherwise."))
        if given.get("description", "").strip() and not given.get("kind"):
            self.add_error("kind", _("Choose what it is about."))
        return given

    def ask_whether_meant(self) -> None:
        """Offer to keep a word that reads like a name."""
        self.fields["names_are_meant"].widget = forms.CheckboxInput()

    @property
    def departures(self) -> list[Departure]:
        """What was noted beside the blocks; nothing where nothing was."""
        given = self.cleaned_data
        if not given["kind"]:
            return []
        core, planned = given["core"] or "not judged", given["planned"] or "ad hoc"
        return [Departure(given["kind"], core, planned, given["description"])]


class AdherenceForm(forms.Form):
    """How far the form of the practice in pairs was kept."""

    use_required_attribute = False

    def __init__(self, data: Any, *, session: Session, rater: User) -> None:
        super().__init__(data)
        kept = {row.item: row.value for row in AdherenceRating.objects.filter(session=session, rater=rater)}
        for item, words in ADHERENCE.items():
            field = forms.ChoiceField(
                label=str(words), choices=RATINGS, required=False, widget=forms.RadioSelect(attrs=_ACROSS)
            )
            self.fields[item] = field
            if item in kept:
                self.initial[item] = "none" if kept[item] is None else str(kept[item])

    @property
    def values(self) -> dict[str, int | None]:
        """What was rated, with nothing for what does not apply."""
        given = {item: self.cleaned_data[item] for item in ADHERENCE}
        return {item: None if value == "none" else int(value) for item, value in given.items() if value}


class BlocksForm(forms.Form):
    """What a second rater says of each block."""

    use_required_attribute = False

    def __init__(self, data: Any, *, session: Session, rater: User, blocks: Iterable[Block]) -> None:
        super().__init__(data, prefix="block")
        kept = {row.block: row.done for row in BlockDelivered.objects.filter(session=session, rater=rater)}
        for block in blocks:
            self.fields[block.id] = forms.ChoiceField(
                label=block.label,
                choices=list(MARKS.items()),
                required=False,
                widget=forms.RadioSelect(attrs=_ACROSS),
                initial=kept.get(block.id),
            )

    @property
    def marks(self) -> dict[str, str]:
        """The marks that were given."""
        return {block: mark for block, mark in self.cleaned_data.items() if mark}
