"""What may be missing by mistake: questions that nobody answered, and criteria that cannot be judged."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.results import IndicatorResult

FEWEST_FORMS = 2
"""Of how many forms none must have an answer before it is worth a look: one person may well leave a question out."""


@dataclass(frozen=True, slots=True)
class EmptyQuestion:
    """A question that was asked and that nobody answered, by its ids, with the number of forms that have it."""

    assessment: str
    instrument: str
    item: str
    forms: int


def empty_questions(study: AnalysisInput) -> tuple[EmptyQuestion, ...]:
    """Return each item that several returned forms of an assessment have and none has an answer to."""
    if not study.collected("responses"):
        return ()
    by_item = study.data.responses.group_by("assessment", "instrument", "item", maintain_order=True)
    counts = by_item.agg(forms=pl.len(), answers=pl.col("value").count())
    empty = counts.filter((pl.col("answers") == 0) & (pl.col("forms") >= FEWEST_FORMS)).drop("answers")
    return tuple(EmptyQuestion(*row) for row in empty.iter_rows())


def criteria_not_judged(study: AnalysisInput) -> tuple[IndicatorResult, ...]:
    """Return the indicators whose criterion these data do not allow to judge."""
    return tuple(indicator for domain in feasibility(study) for indicator in domain.indicators if indicator.not_judged)
