"""The items that are answered: of an instrument or of a form; which are asked, and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pilotage.data.allowed import as_number, form_answer, instrument_answer
from pilotage.instruments.definition import Instrument
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.forms import Form, FreeText, Number, Rating, SeveralChoices
from pilotage.protocol.load import LoadedProtocol

Answers: TypeAlias = "Mapping[str, str | None]"
LONGEST_COMMENT = 10_000


@dataclass(frozen=True)
class Unanswered:
    """Items without an answer: those that need one, and those about which is asked once whether that was meant."""

    needed: tuple[str, ...] = ()
    asked_again: tuple[str, ...] = ()


def source(loaded: LoadedProtocol, instrument: str) -> Instrument | Form:
    """Return the instrument or form of this id; KeyError when there is neither."""
    return loaded.instruments.get(instrument) or loaded.protocol.form(instrument)


def item_ids(of: Instrument | Form) -> tuple[str, ...]:
    """The ids of the items, in order; those of an instrument are their numbers."""
    if isinstance(of, Instrument):
        return tuple(str(number) for number in range(1, of.items + 1))
    return tuple(item.id for item in of.items)


def own_words(of: Instrument | Form) -> frozenset[str]:
    """The items that are answered in one's own words, and are kept apart."""
    if isinstance(of, Instrument):
        return frozenset()
    return frozenset(item.id for item in of.items if isinstance(item, FreeText))


def tidied(of: Instrument | Form, item: str, value: str | None) -> str | None:
    """An answer as it is kept; None where nothing was answered."""
    said = (value or "").strip()
    if not said or isinstance(of, Instrument):
        return _whole(said) or None
    asked = of.item(item)
    if isinstance(asked, Rating):
        return _whole(said)
    if isinstance(asked, Number):
        return said.replace(",", ".")
    if isinstance(asked, SeveralChoices):
        codes = said.split()
        order = [option.id for option in asked.options]
        return " ".join(sorted(set(codes), key=lambda code: order.index(code) if code in order else len(order)))
    return said


def allowed(of: Instrument | Form, item: str, value: str | None) -> bool:
    """Whether an item takes this answer; there is such an item, and a blank is no wrong answer."""
    if item not in item_ids(of):
        return False
    if value is None:
        return True
    if isinstance(of, Instrument):
        return not instrument_answer(of, value)
    asked = of.item(item)
    if isinstance(asked, FreeText):
        return len(value) <= LONGEST_COMMENT
    return not form_answer(asked, value)


def asked(of: Instrument | Form, answers: Answers) -> tuple[str, ...]:
    """The items that are asked, given the answers so far: conditions of a form leave some out."""
    if isinstance(of, Instrument):
        return item_ids(of)
    shown: list[str] = []
    for item in of.items:
        when = item.show_if
        if when is None or (when.item in shown and when.holds(answers.get(when.item) or None)):
            shown.append(item.id)
    return tuple(shown)


def unanswered(of: Instrument | Form, assessment: Assessment, answers: Answers) -> Unanswered:
    """What stands between these answers and being finished, by the assessment's rule for blanks."""
    items = asked(of, answers)
    required = _required(of) if assessment.blank != "not allowed" else frozenset(items)
    empty = [item for item in items if not answers.get(item)]
    needed = tuple(item for item in empty if item in required)
    if assessment.blank != "asked again":
        return Unanswered(needed)
    return Unanswered(needed, tuple(item for item in empty if item not in required and item not in answers))


def not_asked(of: Instrument | Form, answers: Answers) -> Iterable[str]:
    """Items that were answered and, by a later answer, are asked no more."""
    shown = set(asked(of, answers))
    return [item for item, value in answers.items() if item not in shown and value]


def _whole(said: str) -> str:
    """A whole number as it is kept, 3 and not 3.0; anything else as it is."""
    number = as_number(said)
    return f"{number:.0f}" if number is not None and number.is_integer() else said


def _required(of: Instrument | Form) -> frozenset[str]:
    if isinstance(of, Instrument):
        return frozenset()
    return frozenset(item.id for item in of.items if item.required)
