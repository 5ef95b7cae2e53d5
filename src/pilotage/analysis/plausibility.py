"""What may be missing by mistake: questions that nobody answered, and criteria that cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.results import IndicatorResult
from pilotage.protocol.words import say

FEWEST_FORMS = 2
"""Of how many forms none must have an answer before it is worth a look: one person may well leave a question out."""


@dataclass(frozen=True, slots=True)
class EmptyQuestion:
    """A question that was asked and that nobody answered, with the number of forms that have it."""

    assessment: str
    instrument: str
    item: str
    forms: int


def empty_questions(study: AnalysisInput) -> tuple[EmptyQuestion, ...]:
    """Return each item that several returned forms of an assessment have and none has an answer to, in words."""
    if not study.collected("responses"):
        return ()
    by_item = study.data.responses.group_by("assessment", "instrument", "item", maintain_order=True)
    counts = by_item.agg(forms=pl.len(), answers=pl.col("value").count())
    empty = counts.filter((pl.col("answers") == 0) & (pl.col("forms") >= FEWEST_FORMS)).drop("answers")
    return tuple(_in_words(study, *row) for row in empty.iter_rows())


def criteria_not_judged(study: AnalysisInput) -> tuple[IndicatorResult, ...]:
    """Return the indicators with a criterion that has no light; ``not_collected`` says why."""
    indicators = (indicator for domain in feasibility(study) for indicator in domain.indicators)
    return tuple(indicator for indicator in indicators if indicator.green and indicator.not_collected)


def _in_words(study: AnalysisInput, assessment: str, instrument: str, item: str, forms: int) -> EmptyQuestion:
    label = study.protocol.assessment(assessment).label
    described = study.loaded.instruments.get(instrument)
    if described is not None:
        return EmptyQuestion(label, described.name, item, forms)
    form = study.protocol.form(instrument)
    texts = {question.id: say(question.ask) for question in form.items}
    return EmptyQuestion(label, say(form.title), texts.get(item, item), forms)
