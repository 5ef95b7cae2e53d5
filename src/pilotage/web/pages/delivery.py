"""What was delivered of a session, in words: its blocks, how the pairs went, and what was done differently."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.vocabulary import DeliveryState, DeviationKind, DeviationPlanning, ProgrammePart
from pilotage.web.pages.sessions import Words

MARKS: dict[str, Words] = {
    DeliveryState.DONE: pgettext_lazy("block", "Done"),
    DeliveryState.PARTLY: pgettext_lazy("block", "Partly"),
    DeliveryState.OMITTED: pgettext_lazy("block", "Left out"),
    DeliveryState.MOVED: pgettext_lazy("block", "Moved"),
}
ADHERENCE: dict[str, Words] = {
    "guideline": _("The guideline was given before the pairs began"),
    "rounds": _("Speaker and listener kept to their turns"),
    "timing": _("The turns lasted as long as planned"),
    "switch": _("All pairs changed turns together"),
    "dialogue": _("The dialogue took place after the turns"),
    "safety": _("People were reminded that they may stop or sit out"),
    "reflection": _("The whole group reflected on it afterwards"),
    "teacher": _("Teachers joined a pair only where the number was odd"),
}
"""Items of our own, by their id in ``protocol.adherence``."""

RATINGS: tuple[tuple[str, Words], ...] = (
    ("2", pgettext_lazy("rating", "yes")),
    ("1", pgettext_lazy("rating", "partly")),
    ("0", pgettext_lazy("rating", "no")),
    ("none", pgettext_lazy("rating", "does not apply")),
)
DEVIATION_KINDS: dict[str, Words] = {
    DeviationKind.CONTENT: _("what was taught or practised"),
    DeviationKind.FORMAT: _("how it was done, or for how long"),
    DeviationKind.SETTING: _("where or when"),
    DeviationKind.PERSONNEL: _("who taught"),
    DeviationKind.PROCEDURE: _("how the study was done"),
}
PARTS: dict[str, Words] = {
    ProgrammePart.CORE: _("core to the programme"),
    ProgrammePart.FLEXIBLE: _("flexible"),
    ProgrammePart.NOT_JUDGED: _("I do not know"),
}
PLANNING: dict[str, Words] = {
    DeviationPlanning.PLANNED: _("planned beforehand"),
    DeviationPlanning.AD_HOC: _("decided during the session"),
}
