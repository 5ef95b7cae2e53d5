"""Notes and reasons are read by others and come into the data: whether a name of the group stands in them."""

from __future__ import annotations

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from pilotage.web.records.models import Cohort, Identity, User
from pilotage.web.records.refused import ActionRefused

_SHORTEST = 3
_PARTICLES = frozenset({"van", "den", "der", "the", "von", "del", "dos", "name", "and"})


def names_in(text: str, cohort: Cohort) -> list[str]:
    """Return the names of the group's people that stand in a text as words, as they are written there."""
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text)
    if not words:
        return []
    known = _words_of(cohort)
    return list(dict.fromkeys(word for word in words if word.casefold() in known))


def refuse_names(text: str, cohort: Cohort) -> None:
    """Refuse a text in which somebody of the group is named."""
    if result := names_in(text, cohort):
        raise ActionRefused(_("Leave names out: %(names)s.") % {"names": ", ".join(result)})


def _words_of(cohort: Cohort) -> frozenset[str]:
    people = Identity.objects.filter(participant__place__cohort=cohort).values_list("name", flat=True)
    staff = User.objects.filter(Q(teaches__cohort=cohort)).values_list("name", flat=True)
    own = {word.casefold() for name in people for word in re.split(r"[\s,.]+", name)}
    teachers = {word.casefold() for name in staff for word in re.split(r"[\s,.]+", name)}
    return frozenset(word for word in own - teachers - _PARTICLES if len(word) >= _SHORTEST and word.isalpha())
