"""Which people the list shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.web.coordinator.forms import offer
from pilotage.web.coordinator.labels import STAGES
from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Study, User
from pilotage.web.records.queries import Standing


class Filter(forms.Form):
    """By stage, group, centre and arm, and by a part of a name or code; a filter that is not sound shows everybody."""

    stage = forms.ChoiceField(label=_("Stands at"), required=False)
    cohort = forms.ChoiceField(label=_("Group"), required=False)
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    arm = forms.ChoiceField(label=_("Arm"), required=False)
    find = forms.CharField(
        label=_("Code or name"), max_length=80, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = list(queries.centres_of(user, study, "coordinator"))
        groups = study.cohorts.filter(centre__in=centres).order_by("starts_on", "name")
        arms = protocols.of(study).protocol.arms
        offer(self, "stage", [("", _("anywhere")), *((stage, words) for stage, (words, _tone) in STAGES.items())])
        offer(self, "cohort", [("", _("all")), *((str(group.pk), group.name) for group in groups)])
        offer(self, "arm", [("", _("all")), *((arm.id, arm.label) for arm in arms)])
        choices = [(str(centre.pk), centre.name) for centre in centres]
        offer(self, "centre", [("", _("all")), *choices])
        if len(choices) < 2:
            del self.fields["centre"]

    def of(self, everybody: Iterable[Standing]) -> list[Standing]:
        """Those who are asked for."""
        asked = self.cleaned_data if self.is_valid() else {}
        return [standing for standing in everybody if self._holds(standing, asked)]

    def _holds(self, standing: Standing, asked: dict[str, str]) -> bool:
        part = asked.get("find", "").casefold()
        has = {
            "stage": standing.stage,
            "cohort": str(standing.cohort.pk) if standing.cohort else "",
            "centre": str(standing.person.centre_id),
            "arm": standing.arm,
        }
        named = part in standing.person.code.casefold() or part in standing.name.casefold()
        return named and all(asked.get(what) in ("", None, value) for what, value in has.items())
