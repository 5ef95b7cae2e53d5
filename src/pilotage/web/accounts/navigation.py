"""Where someone can go from here: one entry for each part of a study that a role of theirs opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilotage.web.records import reads
from pilotage.web.records.models import Study


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
    ("safety:inbox", _("Safety"), frozenset({"coordinator", "safety-contact"})),
    ("teacher:cohorts", _("My groups"), frozenset({"teacher"})),
    ("data-entry:forms", _("Paper forms"), frozenset({"data-entry"})),
    ("researcher:data", _("Data and results"), frozenset({"researcher"})),
    ("researcher:released", _("Report"), frozenset({"teacher", "coordinator"})),
    ("administrator:study", _("Study"), frozenset({"administrator"})),
)


def navigation(request: Any, study: Study | None) -> list[Entry]:
    """The entries for a member of staff; none for others."""
    if study is None or getattr(request, "participant", None) or not request.user.is_authenticated:
        return []
    roles = reads.roles_of(request.user, study)
    urls = [(_url(name, study), label) for name, label, open_to in _PARTS if roles & open_to]
    return [Entry(label, url, request.path.startswith(url)) for url, label in urls if url]


def _url(name: str, study: Study) -> str:
    try:
        return reverse(name, kwargs={"study": study.key})
    except NoReverseMatch:
        return ""
