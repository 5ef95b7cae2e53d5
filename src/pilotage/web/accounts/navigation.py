"""Where someone can go from here: one entry for each part of a study that a role of theirs opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.vocabulary import Role
from pilotage.web.records import queries
from pilotage.web.records.models import Study, User


@dataclass(frozen=True)
class Entry:
    """A link of the navigation."""

    label: str | Promise
    url: str
    current: bool


# In the order a study meets them: address name, words, and the roles it is for.
_PARTS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    ("coordinator:people", _("People"), frozenset({"coordinator"})),
    ("coordinator:cohorts", _("Groups"), frozenset({"coordinator"})),
    ("coordinator:monitoring", _("Progress"), frozenset({"coordinator"})),
    ("safety:inbox", _("Safety reports"), frozenset({"coordinator", "safety-contact"})),
    ("teacher:cohorts", _("My groups"), frozenset({"teacher"})),
    ("data-entry:forms", _("Paper forms"), frozenset({"data-entry"})),
    ("researcher:data", _("Data and results"), frozenset({"researcher"})),
    ("researcher:released", _("Report"), frozenset({"teacher", "coordinator"})),
    ("administrator:study", _("Study"), frozenset({"administrator"})),
)


ROLE_NAMES: dict[str, str | Promise] = {
    "coordinator": _("coordinator"),
    "teacher": _("teacher"),
    "data-entry": _("data entry"),
    "researcher": _("researcher"),
    "safety-contact": _("safety contact"),
    "administrator": _("administrator of the study"),
}


def navigation(request: Any, study: Study | None) -> list[Entry]:
    """Return the entries for a member of staff; none for others."""
    if study is None or getattr(request, "participant", None) or not request.user.is_authenticated:
        return []
    roles = queries.roles_of(request.user, study)
    urls = [(_url(name, study), label) for name, label, open_to in _PARTS if roles & open_to]
    here = max((url for url, _label in urls if url and request.path.startswith(url)), key=len, default="")
    return [Entry(label, url, url == here) for url, label in urls if url]


def roles_and_parts(user: User, study: Study) -> list[tuple[str | Promise, Entry | None]]:
    """Return someone's roles in a study by name, each with the page on which it starts."""
    return [(ROLE_NAMES[role], _beginning(role, study)) for role in Role if role in queries.roles_of(user, study)]


def _beginning(role: str, study: Study) -> Entry | None:
    ways = ((label, _url(name, study)) for name, label, open_to in _PARTS if role in open_to)
    return next((Entry(label, url, current=False) for label, url in ways if url), None)


def _url(name: str, study: Study) -> str:
    try:
        return reverse(name, kwargs={"study": study.key})
    except NoReverseMatch:
        return ""
