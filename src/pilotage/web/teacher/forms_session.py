"""What a teacher fills in about a session: its times, someone's attendance in detail, a recording."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.vocabulary import AttendanceStatus
from pilotage.web.pages.fields import DateInput, TimeInput
from pilotage.web.records import queries
from pilotage.web.records.actions.attendance import There
from pilotage.web.records.models import Attendance, Session
from pilotage.web.teacher.labels import STATUSES


class EndForm(forms.Form):
    """When a session began and ended, who taught it, and why where it was shorter."""

    on = forms.DateField(label=_("Day"), widget=DateInput)
    began = forms.TimeField(label=_("Began at"), widget=TimeInput)
    ended = forms.TimeField(label=_("Ended at"), widget=TimeInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed if you change saved times. If the session was shorter than planned, say why. Do not write names."
        ),
    )
    field_order = ("on", "began", "ended", "teachers")

    def __init__(self, *args: Any, session: Session, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, held = zone, getattr(session, "held", None)
        began = (held.started_at if held else session.planned_start).astimezone(zone)
        planned_end = began + timedelta(minutes=session.planned_minutes)
        ended = held.ended_at if held and held.ended_at else timezone.now() if held else planned_end
        teachers = queries.teachers_of_cohort(session.cohort)
        self.fields["teachers"] = forms.ModelMultipleChoiceField(
            label=_("Taught by"), queryset=teachers, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(self.field_order)
        self.initial["teachers"] = [user for user in teachers if held is None or user.pk in held.teachers]
        self.initial.update(on=began.date(), began=began.time(), ended=ended.astimezone(zone).time())
        # The form shows whole minutes. A time that is left as it was keeps its seconds, so that nothing seems changed.
        self._kept = {moment.replace(second=0, microsecond=0): moment for moment in (began, ended.astimezone(zone))}

    @property
    def started_at(self) -> datetime:
        """The moment it began."""
        return self._moment("began")

    @property
    def ended_at(self) -> datetime:
        """The moment it ended; after midnight, where the clock then shows less than at the beginning."""
        ended = self._moment("ended")
        return ended if ended >= self.started_at else ended + timedelta(days=1)

    def _moment(self, name: str) -> datetime:
        """Return the minute that was entered, or the very moment within it that was kept before."""
        minute = datetime.combine(self.cleaned_data["on"], self.cleaned_data[name], self.zone)
        return self._kept.get(minute, minute)


class AttendanceForm(forms.Form):
    """One person's attendance in detail: minutes, or the day on which it was made up."""

    status = forms.ChoiceField(label=_("Attendance"), choices=list(STATUSES.items()), widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Minutes present"),
        min_value=0,
        max_value=1440,
        required=False,
        help_text=_(
            "Only for someone who came late, left early or made up the session. "
            "Otherwise the minutes follow from the session's times."
        ),
    )
    made_up_on = forms.DateField(label=_("Made up on"), widget=DateInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed if you change what was saved on an earlier day."),
    )

    def __init__(self, *args: Any, attendance: Attendance | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if attendance is not None:
            minutes = attendance.minutes if attendance.status != AttendanceStatus.PRESENT else None
            self.initial.update(status=attendance.status, made_up_on=attendance.made_up_on, minutes=minutes)

    def clean(self) -> dict[str, Any]:
        """Require the day of a session that was made up."""
        form_data = super().clean() or {}
        made_up = form_data.get("status") == AttendanceStatus.MADE_UP
        if made_up and not form_data.get("made_up_on") and "made_up_on" not in self.errors:
            self.add_error("made_up_on", _("Enter the day on which the session was made up."))
        return form_data

    @property
    def there(self) -> There:
        """What is known of when they were there."""
        return There(minutes=self.cleaned_data["minutes"], made_up_on=self.cleaned_data["made_up_on"])


class RecordingForm(forms.Form):
    """A recording made in the session."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example: Listen deeply. Do not write names.")
    )
    file = forms.FileField(label=_("Sound file"), help_text=_("MP3, M4A, Ogg, WAV or FLAC, at most 50 MB."))
