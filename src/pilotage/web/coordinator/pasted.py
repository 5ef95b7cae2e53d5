"""Several people pasted at once: lines of name, e-mail, telephone and language; all are sound, or none is added."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from pilotage.web.records.actions.people import Contact

AT_MOST = 500
"""Ours: how many people at a time, so that a wrong file is not taken for a list."""

_NAME, _EMAIL, _PHONE = 160, 254, 40
_HEADINGS = {"name", "naam", "e-mail", "email", "mail"}


@dataclass(frozen=True)
class Pasted:
    """The people, and what is wrong, line by line; people are added only where nothing is."""

    contacts: tuple[Contact, ...]
    problems: tuple[str, ...]


def read(text: str, languages: Collection[str], usual: str, known: Collection[str] = ()) -> Pasted:
    """Read people from lines separated by tabs, semicolons or commas; a line of headings is passed over.

    Parameters
    ----------
    languages : collection of str
        The languages that the study asks in; ``usual`` stands where a line says none.
    known : collection of str
        Addresses that are in the study already, in small letters.
    """
    rows = [(number, row) for number, row in _rows(text) if any(row)]
    if rows and {cell.casefold() for cell in rows[0][1]} & _HEADINGS:
        rows = rows[1:]
    if len(rows) > AT_MOST:
        words = _("You pasted %(n)s people. Paste at most %(most)s at a time.")
        return Pasted((), (words % {"n": len(rows), "most": AT_MOST},))
    seen: dict[str, int] = dict.fromkeys(known, 0)
    contacts, problems = [], []
    for number, row in rows:
        contact = _contact(row, usual)
        wrong = list(_wrong(contact, len(row), languages, seen))
        seen.setdefault(contact.email.casefold(), number)
        contacts.append(contact)
        problems += [_("Line %(number)s: %(what)s") % {"number": number, "what": what} for what in wrong]
    return Pasted(tuple(contacts), tuple(problems))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Split each line on its own, so that one stray quotation mark cannot swallow the rest."""
    lines = text.splitlines()
    mark = next((mark for mark in "\t;," if any(mark in line for line in lines)), ",")
    for number, line in enumerate(lines, start=1):
        cells = next(csv.reader([line], delimiter=mark, skipinitialspace=True), [])
        yield number, [" ".join(cell.split()) for cell in cells]


def _contact(row: list[str], usual: str) -> Contact:
    name, email, phone, language = (*row, "", "", "", "")[:4]
    return Contact(name, email, phone, language.lower() or usual)


def _wrong(contact: Contact, cells: int, languages: Collection[str], seen: dict[str, int]) -> Iterator[str]:
    if cells > 4:
        yield _("%(n)s columns; at most 4 are expected (name, e-mail, telephone, language).") % {"n": cells}
    if not contact.name:
        yield _("the name is missing.")
    elif "@" in contact.name:
        yield _("'%(value)s' is not a name. Enter the name first.") % {"value": contact.name[:80]}
    if any(unicodedata.category(sign).startswith("C") for sign in contact.name + contact.phone):
        yield _("it contains characters that cannot be printed.")
    if len(contact.name) > _NAME or len(contact.phone) > _PHONE:
        yield _("the name or the telephone number is too long.")
    if contact.language not in languages:
        values = {"value": contact.language[:20], "languages": ", ".join(languages)}
        yield _("'%(value)s' is not a language of this study (%(languages)s).") % values
    yield from _wrong_address(contact.email, seen)


def _wrong_address(email: str, seen: dict[str, int]) -> Iterator[str]:
    if not email:
        return
    try:
        validate_email(email[: _EMAIL + 1])
    except ValidationError:
        yield _("'%(value)s' is not an e-mail address.") % {"value": email[:80]}
        return
    before = seen.get(email.casefold())
    if before == 0:
        yield _("%(email)s is already registered in this study.") % {"email": email}
    elif before:
        yield _("%(email)s is also in line %(line)s.") % {"email": email, "line": before}
