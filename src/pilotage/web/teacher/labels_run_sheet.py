"""The run-sheet's words: marks, reasons, what is to be said in a block, and the turns of a practice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import ascii_uppercase

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import Block, Programme
from pilotage.protocol.words import say
from pilotage.web.pages.sessions import Words
from pilotage.web.records.models import Session
from pilotage.web.records.queries.run_sheet import Time
from pilotage.web.teacher.labels import planned

MARKS: dict[str, Words] = {
    "done": pgettext_lazy("block", "Done"),
    "partly": pgettext_lazy("block", "Partly"),
    "omitted": pgettext_lazy("block", "Left out"),
    "moved": pgettext_lazy("block", "Moved"),
}
REASONS: tuple[Words, ...] = (
    gettext_lazy("time was short"),
    gettext_lazy("the group needed something else"),
    gettext_lazy("somebody needed care"),
    gettext_lazy("too few people"),
    gettext_lazy("planned beforehand"),
)
HERE: dict[str, Words] = {
    "present": gettext_lazy("Here"),
    "late": gettext_lazy("Late"),
    "left early": pgettext_lazy("attendance", "Left"),
    "absent": gettext_lazy("Away"),
}
"""Whether somebody is in the room, in the shortest words."""


@dataclass(frozen=True)
class Prompt:
    """What a teacher may want to see while a block is taught: guidelines, theme, contemplations."""

    label: Words
    words: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """One turn of a practice: who, and what they do."""

    who: str
    does: str


def prompts(loaded: LoadedProtocol, session: Session, block: Block) -> list[Prompt]:
    """The session's guidelines and contemplations, for the blocks that introduce or practise them."""
    plan, programme = planned(loaded, session), loaded.protocol.programme
    if plan is None or programme is None or not (block.main or block.kind == "teaching"):
        return []
    language = session.cohort.manual_language or programme.manual.language
    found = []
    if isinstance(plan.theme, str) and plan.theme:
        found.append(Prompt(_("Theme"), (_worded(plan.theme, loaded, language),)))
    guidelines = programme.guidelines if plan.guidelines == "all" else plan.guidelines
    if isinstance(guidelines, list) and guidelines:
        found.append(Prompt(_("Guidelines"), tuple(term(loaded, one, language) for one in guidelines)))
    if isinstance(plan.contemplations, list) and plan.contemplations:
        words = tuple(_worded(one, loaded, language) for one in plan.contemplations)
        found.append(Prompt(_("Contemplations"), words))
    return found or [Prompt(_("Guidelines and contemplations"), (_("see your manual"),))]


def term(loaded: LoadedProtocol, key: str, language: str) -> str:
    """A term in the manual's version and language; its own words where no table says otherwise."""
    programme = loaded.protocol.programme
    said = next((one.by_version for one in loaded.protocol.terms if one.id == key), {})
    for version in (language, programme.manual.id if programme else ""):
        word = said.get(version)
        if isinstance(word, str):
            return word
    return key.replace("-", " ")


def turns(programme: Programme, block: Block | None, size: int) -> list[Turn]:
    """The turns of a group of so many, as the protocol has them; else each speaks, and then all of them talk."""
    name = {2: block.rounds if block and block.rounds else "dyad", 3: "triad"}.get(size, str(size))
    if rounds := programme.rounds.get(name):
        return [Turn(one.who, one.does) for one in rounds]
    speaking = [Turn(letter, _("speaks, the others listen")) for letter in ascii_uppercase[:size]]
    return [*speaking, Turn(pgettext("turn", "all"), _("talk mindfully about it"))]


def describe(block: Block, language: str) -> str:
    """What is done in a block, in the teacher's language."""
    return say(block.describe, language) if block.describe else ""


def hours_of(time: Time) -> dict[str, str]:
    """Gone, left and needed as hours and minutes."""
    return {key: _hours(value) for key, value in asdict(time).items()}


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(abs(seconds) / 60), 60)
    return f"{hours}:{minutes:02}"


def _worded(text: str, loaded: LoadedProtocol, language: str) -> str:
    """A term that stands by itself is said in the manual's words; sentences are the protocol's own."""
    key = text.strip().lower().replace(" ", "-")
    return term(loaded, key, language) if any(one.id == key for one in loaded.protocol.terms) else text
