"""The coordinator's words: where people stand, what is next, and the letters they are sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.web.mail.planned import Kind, State
from pilotage.web.pages.dates import day
from pilotage.web.records import queries
from pilotage.web.records.actions.consent import COURSE_ALONE
from pilotage.web.records.actions.screening import KEPT_OUT_BY, NOT_MET
from pilotage.web.records.models import PersonalLink
from pilotage.web.records.queries.standing import Next, Stage, Standing

Words = str | Promise

_CRITERION_REASONS: dict[str, Words] = {
    NOT_MET: gettext_lazy("not met: %(criterion)s"),
    KEPT_OUT_BY: gettext_lazy("exclusion criterion: %(criterion)s"),
}
_FIXED_REASONS: dict[str, Words] = {
    COURSE_ALONE: gettext_lazy("takes the course without the study"),
    queries.NO_REASON: gettext_lazy("no reason given"),
    "no reply": pgettext_lazy("stage", "no reply"),
}

STAGES: dict[Stage, tuple[Words, str]] = {
    "approached": (pgettext_lazy("stage", "approached"), ""),
    "no reply": (pgettext_lazy("stage", "no reply"), "ended"),
    "interested": (pgettext_lazy("stage", "interested"), "now"),
    "screening": (pgettext_lazy("stage", "in screening"), "now"),
    "eligible": (pgettext_lazy("stage", "eligible"), "now"),
    "waiting list": (pgettext_lazy("stage", "on the waiting list"), ""),
    "consented": (pgettext_lazy("stage", "consented"), "good"),
    "allocated": (pgettext_lazy("stage", "allocated"), "good"),
    "in a group": (pgettext_lazy("stage", "in a group"), "good"),
    "finished": (pgettext_lazy("stage", "finished"), "done"),
    "course only": (pgettext_lazy("stage", "course only"), "good"),
    "declined": (pgettext_lazy("stage", "declined"), "ended"),
    "not eligible": (pgettext_lazy("stage", "not eligible"), "ended"),
    "left the course": (pgettext_lazy("stage", "left the course"), "attention"),
    "left the study": (pgettext_lazy("stage", "left the study"), "ended"),
    "erased": (pgettext_lazy("stage", "erased"), "ended"),
}
"""Each stage in words, and the tone of its badge."""

NEXT_STEPS: dict[Next, tuple[str, Words]] = {
    "hear": ("answer", gettext_lazy("Record the reply")),
    "screen": ("screening", gettext_lazy("Screen this person")),
    "ask for consent": ("link", gettext_lazy("Get the personal link")),
    "promote": ("promote", gettext_lazy("Admit from the waiting list")),
    "wait": ("promote", gettext_lazy("Admit before their turn")),
    "allocate": ("allocate", gettext_lazy("Assign an arm")),
    "place": ("place", gettext_lazy("Give a place in a group")),
}
"""The page that the one button of a person's page leads to, and what the button says; none where nothing is to do."""

KINDS: dict[Kind, Words] = {
    "consent-invitation": gettext_lazy("Invitation to take part"),
    "invitation": gettext_lazy("Invitation"),
    "reminder": gettext_lazy("Reminder"),
    "closing-soon": gettext_lazy("Last reminder"),
    "consent-copy": gettext_lazy("Copy of the consent"),
    "leaving-receipt": gettext_lazy("Confirmation of leaving"),
    "personal-link": gettext_lazy("New personal link"),
    "session-change": gettext_lazy("Change of a session"),
}
"""Each kind of letter in words."""

STATES: dict[State, tuple[Words, str]] = {
    "sent": (pgettext_lazy("letter", "sent"), "done"),
    "being sent": (pgettext_lazy("letter", "being sent"), "now"),
    "due": (pgettext_lazy("letter", "will be sent within a minute"), "now"),
    "to come": (pgettext_lazy("letter", "scheduled"), ""),
    "not sent": (pgettext_lazy("letter", "not sent"), "ended"),
    "bounced": (pgettext_lazy("letter", "returned as undeliverable"), "bad"),
    "interrupted": (pgettext_lazy("letter", "possibly not sent"), "attention"),
    "given up": (pgettext_lazy("letter", "could not be sent"), "bad"),
}
"""Each state of a letter in words, and the tone of its badge."""


def next_words(standing: Standing, links: Sequence[PersonalLink]) -> str:
    """Say what is next for someone in a few words; ``links`` are the personal links by which they can come in."""
    counted = {"done": standing.done, "of": standing.of}
    match standing.next_step:
        case "hear":
            return _("Waiting for reply")
        case "screen":
            return _("Screening (%(done)s of %(of)s criteria assessed)") % counted
        case "ask for consent":
            return _consent_words(links)
        case "promote":
            return _("First on the waiting list")
        case "wait":
            return _("Waiting for their turn")
        case "allocate":
            return _("Allocation to an arm")
        case "place":
            return _("Place in a group")
        case "answer":
            return _("Questionnaires (%(done)s of %(of)s completed)") % counted
        case "await":
            opens = day(standing.opens_on) if standing.opens_on else ""
            return _("Nothing until the next questionnaires open on %(day)s") % {"day": opens}
        case "nothing":
            return _("Nothing to do")


def _consent_words(links: Sequence[PersonalLink]) -> str:
    made = max((link.created_at for link in links), default=None)
    if made is None:
        return _("Consent (no personal link yet)")
    return _("Consent (personal link made on %(day)s)") % {"day": day(made)}


def reason_words(reason: str, protocol: Protocol) -> str:
    """Put a reason that was kept in the language of the page; people's own words stay as they were written."""
    language = get_language() or "en"
    for beginning, words in _CRITERION_REASONS.items():
        if reason.startswith(beginning):
            return words % {"criterion": _criterion(reason.removeprefix(beginning), protocol, language)}
    fixed = _FIXED_REASONS.get(reason)
    return str(fixed) if fixed is not None else protocol.reason_in(reason, language)


def _criterion(kept: str, protocol: Protocol, language: str) -> str:
    """Return the criterion's text; a reason is kept short, so that a long text may be cut off."""
    rules = [*protocol.eligibility.include, *(r for r in protocol.eligibility.exclude if not isinstance(r, str))]
    texts = (rule.text for rule in rules if kept and str(rule.text).startswith(kept))
    return next((say(text, language) for text in texts), kept)
