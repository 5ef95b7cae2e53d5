"""What a coordinator fills in about days: those of a whole course, and of one session."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.web.pages.fields import DateInput, TimeInput
from pilotage.web.records.models import Cohort, Session

_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")


class DaysField(forms.CharField):
    """Days, one per line or with commas between: 2026-04-30 or 30-4-2026."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> tuple[date, ...]:  # type: ignore[override]  # a field of days, not of words
        """Return the days in order."""
        parts = re.split(r"[\s,;]+", str(value or "").strip())
        return tuple(sorted({_day(part) for part in parts if part}))


class CourseDatesForm(forms.Form):
    """When and where a course meets, from its first session; the protocol says how far apart the sessions are."""

    starts_on = forms.DateField(label=gettext_lazy("First session"), widget=DateInput)
    starts_at = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput)
    skip = DaysField(
        label=gettext_lazy("Days without a session"),
        required=False,
        help_text=gettext_lazy("Holidays, one per line, such as 2026-04-30. Later sessions are moved."),
    )
    location = forms.CharField(label=gettext_lazy("Location"), max_length=200, required=False)


class CourseForm(CourseDatesForm):
    """All days of the course of a group that has one."""

    video_link = forms.URLField(label=gettext_lazy("Video link"), required=False, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Required once somebody has a place. Participants are told the new dates."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            starts_on=cohort.starts_on,
            starts_at=cohort.starts_at,
            location=cohort.location,
            video_link=cohort.video_link,
        )


class SessionForm(forms.Form):
    """What becomes of one session."""

    do = forms.ChoiceField(
        label=gettext_lazy("Change"),
        widget=forms.RadioSelect,
        initial="plan",
        choices=[
            ("plan", gettext_lazy("Takes place as entered below")),
            ("put off", gettext_lazy("Postponed; the new date follows")),
            ("cancel", gettext_lazy("Cancelled")),
            ("replace", gettext_lazy("Replaced by something else at the same time")),
        ],
    )
    on = forms.DateField(label=gettext_lazy("Date"), widget=DateInput)
    at = forms.TimeField(label=gettext_lazy("Time"), widget=TimeInput)
    location = forms.CharField(label=gettext_lazy("Location"), max_length=200, required=False)
    video_link = forms.URLField(label=gettext_lazy("Video link"), required=False, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Required unless only the location changes. The report prints it, so do not enter names."
        ),
    )

    def __init__(self, *args: Any, session: Session, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        start = session.planned_start.astimezone(zone)
        self.initial.update(on=start.date(), at=start.time(), location=session.location, video_link=session.video_link)
        self.zone = zone

    @property
    def start(self) -> datetime:
        """The moment for which it is planned now."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], self.zone)


def _day(text: str) -> date:
    year_first, day_first = _YEAR_FIRST.match(text), _DAY_FIRST.match(text)
    numbers = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else None
    try:
        if numbers is not None:
            year, month, day = map(int, numbers)
            return date(year, month, day)
    except ValueError:
        pass
    raise forms.ValidationError(_("'%(text)s' is not a date. Enter it as 2026-04-30.") % {"text": text})
