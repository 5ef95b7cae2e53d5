"""The study's own forms, question by question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from pilotage.protocol.forms import (
    DateItem,
    Derived,
    Form,
    FormItem,
    FreeText,
    Number,
    Option,
    Rating,
    SeveralChoices,
    SingleChoice,
)
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Bullets, Section, TableBlock
from pilotage.report.model.protocol_labels import known, sentence


def forms(loaded: LoadedProtocol) -> Section | None:
    """Return the section with every form's questions; None where there are none."""
    protocol, language = loaded.protocol, loaded.protocol.report.language
    if not protocol.forms:
        return None
    derived = (Bullets(tuple(map(_derived, protocol.derived))),) if protocol.derived else ()
    tables = tuple(_form(form, language) for form in protocol.forms)
    return Section("forms", "The study's own forms", (*tables, *derived))


def _form(form: Form, language: str) -> TableBlock:
    columns = (text("question", "Question"), text("answer", "Answer"), text("note", "Note"))
    rows = [(say(i.ask, language), _answer(i, language), "; ".join(_notes(i))) for i in form.items]
    return table(f"form-{form.id}", say(form.title, language), columns, rows)


def _answer(item: FormItem, language: str) -> str:
    match item:
        case Rating():
            anchors = "; ".join(f"{n} {say(words, language)}" for n, words in sorted(item.anchors.items()))
            return f"{item.from_} to {item.to}{f' ({anchors})' if anchors else ''}"
        case SingleChoice():
            return f"one of: {_options(item.options, language)}"
        case SeveralChoices():
            return f"any of: {_options(item.options, language)}"
        case Number():
            return f"{'a whole number' if item.whole else 'a number'}, {item.unit}{_limits(item.minimum, item.maximum)}"
        case FreeText():
            return "free text" + (f", coded as: {_options(item.codes, language)}" if item.codes else "")
        case DateItem():
            return f"a date{_limits(item.earliest, item.latest)}"
        case _:
            assert_never(item)


def _options(options: list[Option], language: str) -> str:
    return "; ".join(say(option.label, language) for option in options)


def _limits(low: object, high: object) -> str:
    ends = [_plain(limit) for limit in (low, high)]
    if low is not None and high is not None:
        return f", {ends[0]} to {ends[1]}"
    return f", at least {ends[0]}" if low is not None else f", at most {ends[1]}" if high is not None else ""


def _plain(limit: object) -> str:
    return f"{limit:g}" if isinstance(limit, float) else known(limit)


def _notes(item: FormItem) -> Iterator[str]:
    if item.required:
        yield "required"
    if item.show_if:
        yield f"asked if {item.show_if.item.replace('-', ' ')} {item.show_if.relation} {item.show_if.value}"
    if item.may_identify:
        yield "may identify: stored separately"
    if item.note:
        yield item.note


def _derived(derived: Derived) -> str:
    low_high = f", from {derived.range[0]:g} to {derived.range[1]:g}" if derived.range else ""
    unit = f", {derived.unit}" if derived.unit else ""
    return sentence(f"{derived.label}: the sum of {' and '.join(derived.sum)}{unit}{low_high}. {derived.note}".strip())
