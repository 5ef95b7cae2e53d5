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
    """Days, one a line or with commas between: 2026-04-30 or 30-4-2026."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> tuple[date, ...]:  # type: ignore[override]  # a field of days, not of words
        """The days in order."""
        written = re.split(r"[\s,;]+", str(value or "").strip())
        return tuple(sorted({_day(one) for one in written if one}))


class CourseForm(forms.Form):
    """All days of a course, from the first; the protocol says how far apart."""

    starts_on = forms.DateField(label=gettext_lazy("First session"), widget=DateInput)
    starts_at = forms.TimeField(label=gettext_lazy("At"), widget=TimeInput)
    skip = DaysField(
        label=gettext_lazy("Days without a session"),
        required=False,
        help_text=gettext_lazy("Holidays, one a line, such as 2026-04-30. The sessions after it move along."),
    )
    location = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    video_link = forms.URLField(label=gettext_lazy("Video link"), required=False, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed once somebody has a place: they are told of the new days."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            starts_on=cohort.starts_on,
            starts_at=cohort.starts_at,
            location=cohort.location,
            video_link=cohort.video_link,
        )


class ChangeForm(forms.Form):
    """What becomes of one session."""

    do = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        widget=forms.RadioSelect,
        initial="plan",
        choices=[
            ("plan", gettext_lazy("It takes place as written below")),
            ("put off", gettext_lazy("It is put off; the new day follows")),
            ("cancel", gettext_lazy("It is cancelled")),
            ("replace", gettext_lazy("Something else takes place at its time")),
        ],
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput)
    at = forms.TimeField(label=gettext_lazy("At"), widget=TimeInput)
    location = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    video_link = forms.URLField(label=gettext_lazy("Video link"), required=False, assume_scheme="https")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed for all but another place. The report prints it, so no names."),
    )

    def __init__(self, *args: Any, session: Session, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        start = session.planned_start.astimezone(zone)
        self.initial.update(on=start.date(), at=start.time(), location=session.location, video_link=session.video_link)
        self.zone = zone

    @property
    def start(self) -> datetime:
        """The moment it is planned for now."""
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], self.zone)


def _day(written: str) -> date:
    found = _YEAR_FIRST.match(written)
    back = _DAY_FIRST.match(written)
    numbers = found.groups() if found else back.groups()[::-1] if back else None
    try:
        if numbers is not None:
            year, month, day = map(int, numbers)
            return date(year, month, day)
    except ValueError:
        pass
    raise forms.ValidationError(_("'%(written)s' is no day. Write it as 2026-04-30.") % {"written": written})
