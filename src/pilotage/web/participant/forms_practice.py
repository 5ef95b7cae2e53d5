"""The diary of one day as it is shown and sent: minutes by a button or a number, times by a stepper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.protocol.programme import HomePracticePlan, PracticeKind
from pilotage.web.pages.protocol_words import called
from pilotage.web.records.actions.practice import MOST_MINUTES, MOST_TIMES, Practised
from pilotage.web.records.queries.practice import DiaryDay


@dataclass(frozen=True)
class PracticeRow:
    """One kind of practice with what was noted of it."""

    kind: PracticeKind
    quick: tuple[str, ...]
    minutes: str
    times: str

    @property
    def other(self) -> str:
        """The minutes, where no button has them."""
        return "" if self.minutes in self.quick else self.minutes


class DayForm(forms.Form):
    """What was practised on a day; only the kinds of which something was sent are looked at."""

    def __init__(self, rules: HomePracticePlan, day: DiaryDay, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.rules, self.day = rules, day
        for kind in rules.kinds:
            if "minutes" in kind.asks:
                self.fields[f"minutes-{kind.id}"] = _minutes(kind)
                self.fields[f"other-{kind.id}"] = _minutes(kind)
            if "times" in kind.asks:
                label = _("%(what)s, times") % {"what": called(kind)}
                self.fields[f"times-{kind.id}"] = forms.IntegerField(
                    label=label, required=False, min_value=0, max_value=MOST_TIMES
                )

    def rows(self) -> list[PracticeRow]:
        """Return the kinds, in order, with what is noted of each."""
        return [self._row(kind) for kind in self.rules.kinds]

    def practised(self) -> dict[str, Practised]:
        """Return by kind what is to be kept: what was sent, and of what was not sent what was noted before."""
        return {kind.id: self._practised(kind) for kind in self.rules.kinds if self._sent(kind)}

    def _row(self, kind: PracticeKind) -> PracticeRow:
        entry = self.day.entries.get(kind.id)
        quick = tuple(dict.fromkeys(["0", *(str(number) for number in kind.quick)])) if kind.quick else ()
        minutes = f"{entry.minutes:g}" if entry and entry.minutes is not None else ""
        times = str(entry.times) if entry and entry.times is not None else ""
        return PracticeRow(kind, quick, minutes, times)

    def _sent(self, kind: PracticeKind) -> bool:
        return any(f"{name}-{kind.id}" in self.data for name in ("minutes", "other", "times"))

    def _practised(self, kind: PracticeKind) -> Practised:
        entry, form_data = self.day.entries.get(kind.id), self.cleaned_data
        minutes, times = (entry.minutes, entry.times) if entry else (None, None)
        if f"times-{kind.id}" in self.data:
            times = form_data[f"times-{kind.id}"]
        typed, pressed = form_data.get(f"other-{kind.id}"), form_data.get(f"minutes-{kind.id}")
        if typed is not None and typed != minutes:
            minutes = typed
        elif pressed is not None or f"other-{kind.id}" in self.data:
            minutes = pressed if pressed is not None else typed
        return Practised(times, minutes)


def _minutes(kind: PracticeKind) -> forms.FloatField:
    label = _("%(what)s, minutes") % {"what": called(kind)}
    return forms.FloatField(label=label, required=False, min_value=0, max_value=MOST_MINUTES)
