"""How the protocol's values are said: what is not known, lengths of time, windows, terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pilotage.formatting import counted
from pilotage.protocol.assessment import Window
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.study import StudyCentre
from pilotage.yaml_file import Unknown


def known(value: object) -> str:
    """Return a value in words, or that it is not known and why."""
    match value:
        case None | "":
            return ""
        case Unknown(unknown=why):
            return f"not known: {why}"
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value.day} {value:%B %Y}"
        case list() | tuple():
            return "; ".join(map(known, value))
        case _:
            return str(value)


def briefly(value: object) -> str:
    """Return the same for a narrow cell; the reason stands in the section on what is not known."""
    return "not known" if isinstance(value, Unknown) else known(value)


def place(centre: StudyCentre) -> str:
    """Return a centre with its place; a reason that holds for both is said once."""
    return ", ".join(dict.fromkeys(map(known, (centre.name, centre.place))))


def duration(length: timedelta) -> str:
    """Return a length of time in the largest unit that is whole: ``3 weeks``."""
    minutes = int(length.total_seconds() // 60)
    for unit, size in (("week", 10080), ("month", 43200), ("day", 1440), ("hour", 60)):
        if minutes and minutes % size == 0 and (unit != "month" or minutes > size):
            return counted(minutes // size, unit)
    return counted(minutes, "minute")


def window(when: Window | Unknown) -> str:
    """Return when an assessment is open: ``within 3 weeks after the last session``."""
    if isinstance(when, Unknown):
        return known(when)
    if when.repeats:
        return when.repeats
    anchor = (when.before or when.after or "").replace("last session", "the last session")
    side = "before" if when.before else "after"
    if when.from_ and when.within:
        return f"from {duration(when.from_)} to {duration(when.within)} {side} {anchor}"
    if when.from_:
        return f"from {duration(when.from_)} {side} {anchor}"
    return f"within {duration(when.within)} {side} {anchor}" if when.within else f"{side} {anchor}"


def term(protocol: Protocol, name: str) -> str:
    """Return a guideline's or theme's name in the version of the manual that the study uses."""
    version = protocol.programme.manual.id if protocol.programme else ""
    label = next((t.by_version.get(version) for t in protocol.terms if t.id == name), None)
    return label if isinstance(label, str) else name.replace("-", " ")


def language_name(code: str) -> str:
    """Return a language's English name: ``Dutch`` for ``nl``; the code itself where it is another one."""
    return {"en": "English", "nl": "Dutch", "de": "German", "fr": "French"}.get(code, code)


def arm_labels(protocol: Protocol, ids: Iterable[str]) -> str:
    """Return the labels of arms."""
    return ", ".join(protocol.arm(arm).label for arm in ids)
