"""A form of the study's own as a paper form."""

from __future__ import annotations

from typing import assert_never

from pilotage.protocol.forms import DateItem, Form, FormItem, FreeText, Number, Rating, SeveralChoices, SingleChoice
from pilotage.protocol.words import say
from pilotage.report.documents.paper_forms.sheet import (
    Answer,
    Boxes,
    DateSpace,
    NumberedBoxes,
    NumberSpace,
    PaperQuestion,
    Sheet,
    WritingLines,
)
from pilotage.report.documents.paper_forms.words import words

_LINES = 4


def sheet_of_form(form: Form, language: str, version: str) -> Sheet:
    """Return the form in a language, of this version of the protocol, as the parts of a paper form."""
    questions = tuple(
        PaperQuestion(n, say(item.ask, language), _answer(item, language), _only_if(item, form, language))
        for n, item in enumerate(form.items, 1)
    )
    return Sheet(form.id, version, language, say(form.title, language), "", questions)


def _answer(item: FormItem, language: str) -> Answer:
    match item:
        case Rating():
            anchors = {code: say(text, language) for code, text in sorted(item.anchors.items())}
            return NumberedBoxes(tuple(range(item.from_, item.to + 1)), anchors)
        case SingleChoice() | SeveralChoices():
            labels = tuple(say(option.label, language) for option in item.options)
            return Boxes(labels, several=isinstance(item, SeveralChoices))
        case Number():
            return NumberSpace(item.unit)
        case FreeText():
            return WritingLines(_LINES)
        case DateItem():
            return DateSpace()
        case _:
            assert_never(item)


def _only_if(item: FormItem, form: Form, language: str) -> str:
    """Return when to answer, in words: a page of paper cannot hide a question."""
    condition = item.show_if
    if condition is None:
        return ""
    number, other = next((n, other) for n, other in enumerate(form.items, 1) if other.id == condition.item)
    value = condition.value
    if isinstance(other, SingleChoice | SeveralChoices):
        value = next((say(option.label, language) for option in other.options if option.id == value), value)
    return words(language)[condition.relation].format(number=number, value=value)
