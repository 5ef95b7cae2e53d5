"""A questionnaire or form as a page shows it, made from the instrument or from the form, never written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from pilotage.instruments.questionnaire import Questionnaire, questionnaire
from pilotage.instruments.wording import Wording
from pilotage.protocol.forms import (
    Condition,
    DateItem,
    Form,
    FormItem,
    FreeText,
    Number,
    OptionField,
    Rating,
    SeveralChoices,
    SingleChoice,
)
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.parts import with_id
from pilotage.protocol.words import say

Kind: TypeAlias = Literal["options", "scale", "choices", "number", "text", "date"]

# An answer's words stand side by side on a wide screen while they are as short, and as few, as this.
_SHORT, _FEW = 24, 7


@dataclass(frozen=True)
class Choice:
    """One answer to choose: what is stored, what is read, and the number printed before it."""

    value: str
    label: str
    key: str = ""


@dataclass(frozen=True)
class Asked:
    """One item as it is shown.

    Attributes
    ----------
    kind : str
        Options are read one beneath the other, a scale is a row of numbers with words at its ``ends``.
    when : Condition, optional
        The earlier answer without which it is not asked, and ``when_words``, which say so to whoever sees it.
    """

    id: str
    number: int
    text: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    ends: tuple[str, ...] = ()
    note: str = ""
    required: bool = False
    across: bool = False
    unit: str = ""
    lowest: str = ""
    highest: str = ""
    whole: bool = False
    when: Condition | None = None
    when_words: tuple[str, int] | None = None
    """The answer, as it is read, and the number of the question it is to."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """All that is asked at once, in one language; made once, and known by being itself."""

    instrument: str
    language: str
    title: str
    instructions: str
    items: tuple[Asked, ...]
    fingerprint: str = ""
    """Of the wording; empty where there is none."""

    def item(self, item_id: str) -> Asked:
        """Return the item of this id; KeyError when there is none."""
        return with_id(self.items, item_id, "item")


_MADE: dict[tuple[str, str, str, str], Sheet] = {}
_MOST = 500


def sheet(loaded: LoadedProtocol, instrument: str, wording: Wording | None, language: str) -> Sheet:
    """The sheet of an instrument or a form of the protocol, made once; KeyError when it has neither."""
    key = (loaded.fingerprint, instrument, language, wording.fingerprint if wording else "")
    if key not in _MADE:
        if len(_MADE) >= _MOST:
            _MADE.clear()
        _MADE[key] = _sheet(loaded, instrument, wording, language)
    return _MADE[key]


def _sheet(loaded: LoadedProtocol, instrument: str, wording: Wording | None, language: str) -> Sheet:
    if instrument in loaded.instruments:
        return _of_questionnaire(questionnaire(loaded.instruments[instrument], wording, language))
    return _of_form(loaded.protocol.form(instrument), language)


def _of_questionnaire(shown: Questionnaire) -> Sheet:
    kind: Kind = "options" if len(shown.anchors) == len(shown.codes) else "scale"
    choices = _numbered(shown.codes, shown.anchors, kind)
    ends = _ends(shown.codes, shown.anchors) if kind == "scale" else ()
    across = kind == "options" and _fits(choices)
    items = tuple(
        Asked(str(q.number), q.number, q.text, kind, choices, ends, note=q.note, across=across) for q in shown.items
    )
    return Sheet(shown.instrument, shown.language, shown.title, shown.instructions, items, shown.fingerprint or "")


def _of_form(form: Form, language: str) -> Sheet:
    numbers = {item.id: number for number, item in enumerate(form.items, start=1)}
    items: list[Asked] = []
    for item in form.items:
        items.append(_of_item(item, numbers[item.id], language, items))
    return Sheet(form.id, language, say(form.title, language), "", tuple(items))


def _of_item(item: FormItem, number: int, language: str, before: Sequence[Asked]) -> Asked:
    when = item.show_if
    base = Asked(
        id=item.id,
        number=number,
        text=say(item.ask, language),
        kind="text",
        required=item.required,
        when=when,
        when_words=_when_words(when, before) if when else None,
    )
    return _with_answers(base, item, language)


def _with_answers(base: Asked, item: FormItem, language: str) -> Asked:
    match item:
        case Rating():
            codes, anchors = range(item.from_, item.to + 1), {n: say(t, language) for n, t in item.anchors.items()}
            kind: Kind = "options" if len(anchors) == len(codes) else "scale"
            choices = _numbered(codes, anchors, kind)
            ends = _ends(codes, anchors) if kind == "scale" else ()
            return replace(base, kind=kind, choices=choices, ends=ends, across=_fits(choices))
        case SingleChoice():
            choices = _worded(item.options, language)
            return replace(base, kind="options", choices=choices, across=len(choices) <= 3 and _fits(choices))
        case SeveralChoices():
            return replace(base, kind="choices", choices=_worded(item.options, language))
        case Number():
            low, high = ("" if end is None else f"{end:g}" for end in (item.minimum, item.maximum))
            return replace(base, kind="number", unit=item.unit, lowest=low, highest=high, whole=item.whole)
        case DateItem():
            first, last = ("" if day is None else day.isoformat() for day in (item.earliest, item.latest))
            return replace(base, kind="date", lowest=first, highest=last)
        case FreeText():
            return base


def _numbered(codes: Sequence[int], anchors: Mapping[int, str], kind: Kind) -> tuple[Choice, ...]:
    """The numbers, each with its words where every one of them has some."""
    if kind == "scale":
        return tuple(Choice(str(code), str(code)) for code in codes)
    return tuple(Choice(str(code), anchors[code], str(code)) for code in codes)


def _worded(options: Sequence[OptionField], language: str) -> tuple[Choice, ...]:
    return tuple(Choice(option.id, say(option.label, language)) for option in options)


def _ends(codes: Sequence[int], anchors: Mapping[int, str]) -> tuple[str, ...]:
    """What is written beneath a row of numbers, at each that has words."""
    return tuple(f"{code} {anchors[code]}" for code in codes if code in anchors)


def _fits(choices: Sequence[Choice]) -> bool:
    return len(choices) <= _FEW and all(len(choice.label) <= _SHORT for choice in choices)


def _when_words(when: Condition, before: Sequence[Asked]) -> tuple[str, int]:
    other = next(item for item in before if item.id == when.item)
    label = next((choice.label for choice in other.choices if choice.value == when.value), "") or when.value
    return label, other.number
