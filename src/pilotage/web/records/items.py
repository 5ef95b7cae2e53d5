"""The items that are answered: of an instrument or of a form; which are asked, and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pilotage.instruments.answer_values import Reason, Refusal
from pilotage.instruments.definition import Instrument, ResponseScale
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.form_items import FormItem, ItemBase
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol

Answers: TypeAlias = "Mapping[str, str | None]"
LONGEST_COMMENT = 10_000


@dataclass(frozen=True)
class Unanswered:
    """Items without an answer: those that need one, and those about which is asked once whether that was meant."""

    needed: tuple[str, ...] = ()
    left_blank: tuple[str, ...] = ()


def source(loaded: LoadedProtocol, instrument: str) -> Instrument | Form:
    """Return the instrument or form of this id; KeyError when there is neither."""
    return loaded.instruments.get(instrument) or loaded.protocol.form(instrument)


def item_ids(of: Instrument | Form) -> tuple[str, ...]:
    """Return the ids of the items, in order; those of an instrument are their numbers."""
    if isinstance(of, Instrument):
        return tuple(str(number) for number in range(1, of.items + 1))
    return tuple(item.id for item in of.items)


def own_words(of: Instrument | Form) -> frozenset[str]:
    """Return the items that are answered in one's own words, and are kept apart."""
    if isinstance(of, Instrument):
        return frozenset()
    return frozenset(item.id for item in of.items if item.own_words)


def normalised(of: Instrument | Form, item: str, value: str | None) -> str | None:
    """Normalise an answer as it is kept; None where nothing was answered."""
    return _answered_by(of, item).normalise(_storable(value or ""))


def _storable(text: str) -> str:
    """Return a text without what no database keeps (zero bytes, half characters), and with plain ends of lines."""
    # A form ends its lines with \r\n and a script with \n; an emoji that a limit cuts in two leaves a half character.
    return text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "ignore").decode()


def allowed(of: Instrument | Form, item: str, value: str | None) -> bool:
    """Return whether an item takes this answer; there is such an item, and a blank is no wrong answer."""
    return item in item_ids(of) and refusal(of, item, value) is None


def refusal(of: Instrument | Form, item: str, value: str | None) -> Refusal | None:
    """Return why an item does not take this answer; None where it does, and for a blank.

    KeyError when a form has no such item.
    """
    if value is None:
        return None
    answered_by = _answered_by(of, item)
    # A file may hold longer comments, so the limit is of what people send here and not of the kind of item.
    if isinstance(answered_by, ItemBase) and answered_by.own_words and len(value) > LONGEST_COMMENT:
        return Refusal(Reason.OTHER)
    return answered_by.refuse(value)


def _answered_by(of: Instrument | Form, item: str) -> ResponseScale | FormItem:
    """Return what knows the answers to an item: the response scale of all of an instrument's, or the form's item."""
    return of.response if isinstance(of, Instrument) else of.item(item)


def asked(of: Instrument | Form, answers: Answers) -> tuple[str, ...]:
    """Return the items that are asked, given the answers so far: conditions of a form leave some out."""
    if isinstance(of, Instrument):
        return item_ids(of)
    shown: list[str] = []
    for item in of.items:
        when = item.show_if
        if when is None or (when.item in shown and when.holds(answers.get(when.item) or None)):
            shown.append(item.id)
    return tuple(shown)


def unanswered(of: Instrument | Form, assessment: Assessment, answers: Answers) -> Unanswered:
    """Return what stands between these answers and being finished, by the assessment's rule for blanks."""
    items = asked(of, answers)
    required = _required(of) if assessment.blank != "not allowed" else frozenset(items)
    empty = [item for item in items if not answers.get(item)]
    needed = tuple(item for item in empty if item in required)
    return Unanswered(needed, tuple(item for item in empty if item not in required and item not in answers))


def not_asked(of: Instrument | Form, answers: Answers) -> Iterable[str]:
    """Return items that were answered and, by a later answer, are asked no more."""
    shown = set(asked(of, answers))
    return [item for item, value in answers.items() if item not in shown and value]


def _required(of: Instrument | Form) -> frozenset[str]:
    if isinstance(of, Instrument):
        return frozenset()
    return frozenset(item.id for item in of.items if item.required)
