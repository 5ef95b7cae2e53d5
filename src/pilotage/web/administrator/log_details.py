"""What an event of the log records, in words: the stored keys and values stay as they are, whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.formats import localize, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.problems import ProblemsFound
from pilotage.vocabulary import AuditAction
from pilotage.web.accounts.navigation import ROLE_NAMES
from pilotage.web.languages import language_name
from pilotage.web.pages.dates import day, moment
from pilotage.web.pages.delivery import ADHERENCE, DEVIATION_KINDS, MARKS, PARTS, PLANNING, RATINGS
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.pages.sessions import STATES, Words
from pilotage.web.records import protocols
from pilotage.web.records.models import Study
from pilotage.web.records.queries.log import LogDetail

Names = Mapping[str, Mapping[str, str]]
"""What the study calls what an event names by its id: for each key, the names by id."""

KEYS: dict[str, Words] = {
    "administrator": gettext_lazy("Administrator of this server"),
    "block": gettext_lazy("Session block"),
    "by_teacher": gettext_lazy("Changed by the teacher"),
    "bytes": gettext_lazy("Size of the file"),
    "centre": gettext_lazy("Centre"),
    "commitment": gettext_lazy("Hash of the sequence"),
    "core": gettext_lazy("Part of the programme"),
    "departures": gettext_lazy("Protocol deviations"),
    "done": gettext_lazy("Status"),
    "edition": gettext_lazy("Edition"),
    "ended_at": gettext_lazy("Ended at"),
    "fingerprint": gettext_lazy("Fingerprint"),
    "folder": gettext_lazy("Folder"),
    "freeze": gettext_lazy("Frozen copy"),
    "groups_changed": gettext_lazy("Pairs changed"),
    "guards": gettext_lazy("Guards restored"),
    "instrument": gettext_lazy("Questionnaire"),
    "key": gettext_lazy("Study in web addresses"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "location": gettext_lazy("Location"),
    "material": gettext_lazy("Material"),
    "minutes": gettext_lazy("Minutes"),
    "name": gettext_lazy("Name"),
    "never in": gettext_lazy("Did not take part"),
    "number": gettext_lazy("Number"),
    "people": gettext_lazy("People"),
    "planned": gettext_lazy("Decided"),
    "planned_start": gettext_lazy("Planned for"),
    "purpose": gettext_lazy("Purpose"),
    "reason": gettext_lazy("Reason"),
    "role": gettext_lazy("Role"),
    "sealed": gettext_lazy("Sequence"),
    "seed": gettext_lazy("Seed"),
    "session": gettext_lazy("Session"),
    "skipped": gettext_lazy("Days without a session"),
    "started_at": gettext_lazy("Began at"),
    "starts_at": gettext_lazy("Time"),
    "starts_on": gettext_lazy("First session"),
    "state": gettext_lazy("Status"),
    "step": gettext_lazy("Notified"),
    "strata": gettext_lazy("Strata"),
    "teachers": gettext_lazy("Teachers"),
    "user": gettext_lazy("Account"),
    "version": gettext_lazy("Protocol version"),
    "video_link": gettext_lazy("Video link"),
    "voices": gettext_lazy("People on the recording"),
    "what": gettext_lazy("File"),
    "window": gettext_lazy("About"),
    "with outcomes": gettext_lazy("With outcomes"),
}
"""What each thing is called that an event records; a test holds that none is missing."""

_NOTIFIED: dict[str, Words] = {
    "contact": gettext_lazy("those who handle safety reports"),
    "deputy": gettext_lazy("the deputy"),
}
VALUES: dict[str, Mapping[str, Words]] = {
    "centre": {"all": gettext_lazy("all")},
    "core": PARTS,
    "done": MARKS,
    "edition": {"shared": gettext_lazy("Shared edition"), "analyst": gettext_lazy("Analyst's edition")},
    "kind": DEVIATION_KINDS | {"safety-notice": gettext_lazy("Notice of a safety report")},
    "planned": PLANNING,
    "purpose": {
        "password": gettext_lazy("to choose a password"),
        "demonstration": gettext_lazy("to enter the demonstration"),
    },
    "role": ROLE_NAMES,
    "state": {state: words for state, (words, _tone) in STATES.items()},
    "step": _NOTIFIED,
}
"""The words for values that are one of few, by their key."""

_RATED: dict[str, Mapping[str, Words]] = {
    AuditAction.BLOCKS_RATED: MARKS,
    AuditAction.ADHERENCE_RATED: dict(RATINGS),
}
"""The events that record a rating for each of many things, with the words for the ratings."""


def names_in(study: Study) -> Names:
    """Return what a study's protocol calls the things that its events name by id; nothing where it cannot be read."""
    try:
        loaded = protocols.of(study)
    except ProblemsFound:
        return {}
    protocol, programme = loaded.protocol, loaded.protocol.programme
    return {
        "block": {block.id: in_page_language(block.label) for block in programme.blocks} if programme else {},
        "material": {item.id: in_page_language(item.title) for item in programme.materials} if programme else {},
        "instrument": {name: instrument.name for name, instrument in loaded.instruments.items()},
        "centre": {c.id: c.name if isinstance(c.name, str) else c.id for c in protocol.study.centres},
    }


def detail_words(event: str, detail: LogDetail, names: Names) -> tuple[str, str]:
    """Return what one thing is called that an event records, and its value, both in words."""
    if event in _RATED:
        label, value = _rated(event, detail, names)
    else:
        label, value = str(KEYS.get(detail.key, detail.key)), _value(detail.key, detail.value, names)
    return (_("{label} (before)").format(label=label) if detail.before else label), value


def _rated(event: str, detail: LogDetail, names: Names) -> tuple[str, str]:
    label = names.get("block", {}).get(detail.key) or ADHERENCE.get(detail.key, detail.key)
    value = "none" if detail.value is None else str(detail.value)
    return str(label), str(_RATED[event].get(value, value))


def _value(key: str, value: Any, names: Names) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(key, part, names) for part in value)
    if key in _WRITTEN:
        return _WRITTEN[key](value)
    known = names.get(key, {}).get(value) or VALUES.get(key, {}).get(value)
    return str(known) if known else str(localize(value))


def _safety_report(window: str) -> str:
    """Say what a notice is about: "6:contact" is safety report 6, to those who handle reports."""
    report, _colon, step = window.partition(":")
    about = _("Safety report {number}").format(number=report)
    return f"{about}, {_NOTIFIED[step]}" if step in _NOTIFIED else about


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "bytes": filesizeformat,
    "ended_at": lambda value: moment(datetime.fromisoformat(value)),
    "language": language_name,
    "planned_start": lambda value: moment(datetime.fromisoformat(value)),
    "sealed": lambda _value: _("sealed"),
    "seed": str,
    "skipped": lambda value: day(date.fromisoformat(value)),
    "started_at": lambda value: moment(datetime.fromisoformat(value)),
    "starts_at": lambda value: time_format(time.fromisoformat(value), "H.i"),
    "starts_on": lambda value: day(date.fromisoformat(value)),
    "window": _safety_report,
}
"""How values are written that are no words of ours."""
