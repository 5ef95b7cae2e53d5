"""The researcher's words: lights, scales, ways of analysing, and what the team did and saw."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.vocabulary import ConductKind, Light
from pilotage.web.accounts.navigation import ROLE_NAMES

Words = str | Promise

LIGHTS: dict[Light, tuple[Words, str]] = {
    Light.GREEN: (pgettext_lazy("light", "green"), "good"),
    Light.AMBER: (pgettext_lazy("light", "amber"), "attention"),
    Light.RED: (pgettext_lazy("light", "red"), "bad"),
    Light.NONE: (_("not judged"), ""),
}
"""Each light in words, and the tone of its badge."""

CONDUCT: dict[ConductKind, Words] = {
    ConductKind.ROLE_HELD: _("Role held"),
    ConductKind.TWO_ROLES: _("Two roles held by one person"),
    ConductKind.PLAN_LOCKED: _("Analysis plan locked"),
    ConductKind.PLAN_CHANGED: _("Analysis plan changed"),
    ConductKind.DATA_FROZEN: _("Data frozen"),
    ConductKind.DATA_EXPORTED: _("Data exported"),
    ConductKind.REPORT_RELEASED: _("Report released"),
    ConductKind.TEACHERS_SAW_RESULTS: _("Results seen by a teacher"),
}
"""What the team did or saw, by its kind."""

_ROLE = re.compile(rf"\b(?:{'|'.join(map(re.escape, ROLE_NAMES))})\b")

TABLES: dict[str, tuple[Words, Words]] = {
    "flow": (_("Participant flow"), pgettext_lazy("row", "person who consented")),
    "approached": (_("People approached"), pgettext_lazy("row", "stage and reason")),
    "participants": (_("Participants"), pgettext_lazy("row", "participant")),
    "sessions": (_("Sessions"), pgettext_lazy("row", "group and session")),
    "attendance": (_("Attendance"), pgettext_lazy("row", "participant and session")),
    "pairings": (_("Pairs"), pgettext_lazy("row", "person in a pair of a session")),
    "fidelity": (_("Fidelity"), pgettext_lazy("row", "group, session, block and rater")),
    "adherence": (_("Adherence"), pgettext_lazy("row", "group, session, item and rater")),
    "home_practice": (_("Home practice"), pgettext_lazy("row", "participant, date and kind")),
    "administrations": (_("Questionnaires started"), pgettext_lazy("row", "participant, assessment and questionnaire")),
    "responses": (_("Answers"), pgettext_lazy("row", "participant, questionnaire and item")),
    "comments": (_("Comments"), pgettext_lazy("row", "comment that was read and redacted")),
    "deviations": (_("Protocol deviations"), pgettext_lazy("row", "deviation")),
    "adverse_events": (_("Adverse events"), pgettext_lazy("row", "event")),
    "conduct": (_("Study conduct"), pgettext_lazy("row", "thing that someone did or saw")),
}
"""What each table of the data is called, and what it has a row for."""

PRESETS: dict[str, Words] = {
    "paper-2020": _("as in the published study of 2020"),
    "recommended": _("recommended analyses"),
}
"""Each whole way of analysing."""


def conduct_words(kind: str) -> Words:
    """Say what kind of thing the team did or saw."""
    return CONDUCT[ConductKind(kind)]


def role_words(text: str) -> str:
    """Name the roles in what the conduct table says: "data-entry 1" is data entry 1."""
    return _ROLE.sub(lambda role: str(ROLE_NAMES[role.group()]), text)


def scale_name(scale: str, loaded: LoadedProtocol) -> str:
    """Name a scale with its questionnaire, as the report's tables do: "FFMQ, observing"."""
    instrument, _dot, name = scale.partition(".")
    definition = loaded.instruments.get(instrument)
    if definition is None:
        return scale
    label = definition.scale(name).label or name.replace("_", " ")
    return f"{definition.abbreviation}, {label[:1].lower()}{label[1:]}"
