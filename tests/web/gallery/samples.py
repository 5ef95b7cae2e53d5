"""What the sample pages show: invented people, invented answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

STAFF = {"people", "person", "inbox", "monitoring", "results", "run_sheet", "parts", "forms", "empty"}
REAL = {"sign_in", "empty", "run_sheet"}
NAVIGATION = {
    "People": "people",
    "Reactions": "inbox",
    "Monitoring": "monitoring",
    "Cohorts": "run_sheet",
    "Results": "results",
    "Forms": "forms",
}
ANCHORS = ["never or very rarely true", "rarely true", "sometimes true", "often true", "very often or always true"]


@dataclass(frozen=True)
class Someone:
    is_authenticated: bool = True
    email: str = "c.bakker@example.org"

    def get_full_name(self) -> str:
        return "Carla Bakker"


class ScreeningForm(forms.Form):
    name = forms.CharField(label="Name", max_length=100)
    email = forms.EmailField(label="E-mail address", help_text="Only to reach the person; it never meets the answers.")
    phone = forms.CharField(label="Phone", required=False)
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("nl", "Nederlands")])
    trained = forms.ChoiceField(
        label="Has finished an eight-week mindfulness course",
        choices=[("yes", "Yes, seen on paper"), ("said", "Yes, by their own word"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    severity = forms.ChoiceField(
        label="How much it hinders",
        choices=[("1", "not"), ("2", "a little"), ("3", "clearly")],
        widget=forms.RadioSelect(attrs={"class": "across"}),
        help_text="In the person's own judgement.",
    )
    days = forms.MultipleChoiceField(
        label="Evenings that suit",
        choices=[("tue", "Tuesday"), ("thu", "Thursday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.DateField(label="Seen on", widget=forms.DateInput(attrs={"type": "date"}))
    remarks = forms.CharField(label="Remarks", widget=forms.Textarea, required=False)
    told = forms.BooleanField(label="I have told them what the study asks of them")
    study = forms.CharField(widget=forms.HiddenInput, initial="imp")


class SignInForm(forms.Form):
    login = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code from the mail",
        help_text="Six figures; they work once, for ten minutes.",
        widget=forms.TextInput(
            attrs={"class": "code-entry", "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6"}
        ),
    )


def page(request: HttpRequest) -> dict[str, Any]:
    """What the real context processor offers."""
    name = request.path.strip("/").split("/")[-1]
    request.user = Someone()  # type: ignore[assignment]
    return {
        "study_title": "Mindfulness in conversation",
        "simulated": name not in REAL,
        "navigation": [{"label": label, "url": f"/{to}/", "current": to == name} for label, to in NAVIGATION.items()],
    }


def context(name: str) -> dict[str, Any]:
    """What one sample page is given."""
    return {
        "moment": datetime(2026, 3, 5, 19, 0, tzinfo=ZoneInfo("Europe/Stockholm")),
        "day": date(2026, 3, 8),
        "week": _week(),
        "items": [{"number": n, "text": _item(n), "answer": {1: 3, 2: 4}.get(n)} for n in range(1, 6)],
        "anchors": list(enumerate(ANCHORS, start=1)),
        "ten": range(11),
        "seven": range(1, 8),
        "form": _mistaken() if name == "forms" else ScreeningForm(),
        "sign_in": SignInForm(),
        "code": CodeForm(),
        "page": _second_page(),
        "trail": [("People", "/people/"), ("P07", "/person/"), ("Screening", "")],
        "facts": [("Code", "P07"), ("Cohort", "Spring 2026, Thursday"), ("Language", "Nederlands")],
        "people": PEOPLE,
        "outcomes": OUTCOMES,
    }


def _item(number: int) -> str:
    return f"Item {number} (the site's wording of this item stands here, and it may take more than one line)"


def _mistaken() -> ScreeningForm:
    return ScreeningForm(
        {"name": "Jan Jansen", "email": "jan@", "language": "nl", "remarks": "Prefers the phone.", "study": "imp"}
    )


def _second_page() -> Page[int]:
    return Paginator(range(60), 25).page(2)


def _week() -> list[dict[str, Any]]:
    done = ["done", "done", "part", "none", "", "", ""]
    said = ["30 minutes", "45 minutes", "2 conversations", "nothing", "to come", "to come", "to come"]
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return [
        {
            "letter": day[0],
            "words": f"{day} {number} March: {words}",
            "state": state,
            "url": f"/diary/?day={number}",
            "today": number == 5,
        }
        for number, (day, state, words) in enumerate(zip(names, done, said, strict=True), start=2)
    ]


PEOPLE = [
    ("P07", "consented", "good", "Mon 2 March", "questionnaires, 2 of 5", "Sun 8 March", "reminder goes Thu"),
    ("P11", "eligible", "now", "Tue 3 March", "read the consent sent Tue", "", "no reminder: sent today"),
    ("P19", "approached", "", "Wed 4 March", "screen: evidence of training", "", ""),
    ("P22", "withdrawn", "ended", "Mon 23 February", "nothing; keeps the answers", "", ""),
    (
        "P25",
        "window closes",
        "attention",
        "Fri 6 March",
        "questionnaires, 0 of 5",
        "tomorrow",
        "call: two mails unread",
    ),
]
OUTCOMES = [
    (
        "Self-compassion",
        "3.2 (0.6)",
        "3.6 (0.5)",
        "3.3 (0.5)",
        "3.3 (0.6)",
        "0.34",
        "0.06 to 0.62",
        ".12",
        ".01 to .27",
    ),
    ("Decentring", "3.1 (0.5)", "3.5 (0.6)", "3.2 (0.4)", "3.3 (0.5)", "0.28", "−0.02 to 0.58", ".08", ".00 to .22"),
    (
        "Perceived stress",
        "1.9 (0.7)",
        "1.6 (0.6)",
        "1.8 (0.6)",
        "1.8 (0.7)",
        "−0.31",
        "−0.64 to 0.02",
        ".07",
        ".00 to .21",
    ),
]
