"""The coordinator's words: where people stand, what is next, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilotage.web.records.models import Participant, PersonalLink
from pilotage.web.records.queries import Standing
from pilotage.web.records.queries.standing import Next, Stage

STAGES: dict[Stage, tuple[str | Promise, str]] = {
    "approached": (pgettext_lazy("stage", "approached"), ""),
    "no reply": (pgettext_lazy("stage", "no reply"), "ended"),
    "interested": (pgettext_lazy("stage", "interested"), "now"),
    "screening": (pgettext_lazy("stage", "being screened"), "now"),
    "eligible": (pgettext_lazy("stage", "eligible"), "now"),
    "waiting list": (pgettext_lazy("stage", "waiting list"), ""),
    "consented": (pgettext_lazy("stage", "consented"), "good"),
    "allocated": (pgettext_lazy("stage", "in an arm"), "good"),
    "in a group": (pgettext_lazy("stage", "in a group"), "good"),
    "finished": (pgettext_lazy("stage", "finished"), "done"),
    "course only": (pgettext_lazy("stage", "course alone"), "good"),
    "declined": (pgettext_lazy("stage", "declined"), "ended"),
    "not eligible": (pgettext_lazy("stage", "not eligible"), "ended"),
    "left the course": (pgettext_lazy("stage", "left the course"), "attention"),
    "left the study": (pgettext_lazy("stage", "left the study"), "ended"),
    "erased": (pgettext_lazy("stage", "erased"), "ended"),
}
"""Each stage in words, and the tone of its badge."""

# Where the one button of a person's page leads, and what it says.
_WAYS: dict[Next, tuple[str, str | Promise]] = {
    "hear": ("answer", gettext_lazy("Write down what they said")),
    "screen": ("screening", gettext_lazy("Screen them")),
    "ask for consent": ("link", gettext_lazy("Their personal link")),
    "promote": ("promote", gettext_lazy("Let them in")),
    "wait": ("promote", gettext_lazy("Let them in before their turn")),
    "allocate": ("allocate", gettext_lazy("Give them an arm")),
    "place": ("place", gettext_lazy("Give them a place")),
}


@dataclass(frozen=True)
class Row:
    """A person as a line of the list, or the head of their page: all in words."""

    standing: Standing
    code: str
    name: str
    url: str
    stage: str | Promise
    tone: str
    next: str
    action: str | Promise
    action_url: str

    @property
    def since(self) -> date | None:
        """Since when they stand there."""
        return self.standing.since

    @property
    def by_when(self) -> date | None:
        """By when the next thing is to be done."""
        return self.standing.by_when


def row(standing: Standing) -> Row:
    """One standing in words."""
    person = standing.person
    stage, tone = STAGES[standing.stage]
    way, action = _WAYS.get(standing.next_step, ("", ""))
    return Row(
        standing=standing,
        code=person.code,
        name=standing.name,
        url=url("person", person),
        stage=stage,
        tone=tone,
        next=next_words(standing),
        action=action,
        action_url=url(way, person) if way else "",
    )


def url(name: str, person: Participant) -> str:
    """The address of one of a person's pages."""
    return reverse(f"coordinator:{name}", kwargs={"study": person.study.key, "code": person.code})


def next_words(standing: Standing) -> str:
    """What is next, in a few words."""
    counted = {"done": standing.done, "of": standing.of}
    match standing.next_step:
        case "hear":
            return _("hear whether they are interested")
        case "screen":
            return _("screening, %(done)s of %(of)s criteria judged") % counted
        case "ask for consent":
            return _consent_words(standing.person)
        case "promote":
            return _("first on the waiting list")
        case "wait":
            return _("waits for their turn")
        case "allocate":
            return _("an arm")
        case "place":
            return _("a place in a group")
        case "answer":
            return _("questionnaires, %(done)s of %(of)s") % counted
        case "await":
            return _("questionnaires open")
        case "nothing":
            return _("nothing")


def day(when: date | datetime) -> str:
    """A day with its weekday, in the reader's language: Sun 8 March."""
    return date_format(when, "D j F")


def _consent_words(person: Participant) -> str:
    made = max((link.created_at for link in live_links(person)), default=None)
    if made is None:
        return _("consent: they have no link yet")
    return _("consent: link made %(day)s, not given yet") % {"day": day(made)}


def live_links(person: Participant) -> list[PersonalLink]:
    """The personal links by which someone can come in."""
    return [link for link in person.links.all() if link.purpose == "participant" and link.revoked_at is None]
