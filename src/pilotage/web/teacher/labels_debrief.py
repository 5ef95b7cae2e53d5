"""What is asked in the two minutes afterwards: departures, and how far the form of the practice in pairs was kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.web.pages.sessions import Words

ADHERENCE: dict[str, Words] = {
    "guideline": _("The guideline was given before the pairs began"),
    "rounds": _("Speaker and listener kept to their turns"),
    "timing": _("The turns took the time they were given"),
    "switch": _("All pairs changed turns together"),
    "dialogue": _("The dialogue took place after the turns"),
    "safety": _("People were reminded that they may stop or sit out"),
    "reflection": _("The whole group reflected on it afterwards"),
    "teacher": _("Teachers joined a pair only where the number was odd"),
}
"""Items of our own."""

RATINGS: tuple[tuple[str, Words], ...] = (
    ("2", pgettext_lazy("rating", "yes")),
    ("1", pgettext_lazy("rating", "partly")),
    ("0", pgettext_lazy("rating", "no")),
    ("none", pgettext_lazy("rating", "does not apply")),
)
KINDS: tuple[tuple[str, Words], ...] = (
    ("content", _("what was taught or practised")),
    ("format", _("how it was done, or for how long")),
    ("setting", _("where or when")),
    ("personnel", _("who taught")),
    ("procedure", _("how the study was done")),
)
CORE: tuple[tuple[str, Words], ...] = (
    ("core", _("core to the programme")),
    ("flexible", _("flexible")),
    ("not judged", _("I do not know")),
)
PLANNED: tuple[tuple[str, Words], ...] = (("planned", _("planned beforehand")), ("ad hoc", _("decided in the room")))
