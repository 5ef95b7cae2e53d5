"""The scores of every instrument at every assessment, and the scored items behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.outcome_data import OutcomeData
from pilotage.data.answers import answers
from pilotage.instruments.definition import Instrument, Scale
from pilotage.scoring.reverse_scoring import keyed_items
from pilotage.scoring.score import score
from pilotage.stats.complete_cases import Exclusion

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray


@dataclass(frozen=True)
class AnswersAt:
    """The answers to one instrument at one assessment, and the scores from them."""

    instrument: Instrument
    assessment: str
    participants: tuple[str, ...]
    answers: NDArray[np.float64]
    switches: dict[str, str]

    @cached_property
    def scales(self) -> dict[str, tuple[NDArray[np.float64], NDArray[np.int64]]]:
        """Score and number of blank items by scale."""
        scored = score(self.instrument, self.answers, self.switches)
        return {name: (s.score, s.n_missing.astype(np.int64)) for name, s in scored.items()}

    def points(self, scale: Scale) -> NDArray[np.float64]:
        """Return the items of a scale after reversal, (people, items)."""
        return keyed_items(self.instrument, self.answers, scale, self.switches)


@dataclass(frozen=True)
class Scores:
    """All scores of a study, by scale and assessment."""

    study: AnalysisInput
    parts: tuple[AnswersAt, ...]
    _assembled: dict[tuple[str, tuple[str, ...]], OutcomeData] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _index(self) -> dict[tuple[str, str], AnswersAt]:
        return {(part.instrument.id, part.assessment): part for part in self.parts}

    def part(self, instrument: str, assessment: str) -> AnswersAt | None:
        """Return the answers to an instrument at an assessment; None where there are none."""
        return self._index.get((instrument, assessment))

    def outcome(self, scale: str, assessments: Sequence[str]) -> OutcomeData:
        """Return the scores of a scale ('ffmq-39.total') over some assessments, of everyone in the study.

        Each outcome is assembled once, so that every analysis has the same people, in the same order.
        """
        key = scale, tuple(assessments)
        if key not in self._assembled:
            self._assembled[key] = self._outcome(*key)
        return self._assembled[key]

    def _outcome(self, scale: str, assessments: tuple[str, ...]) -> OutcomeData:
        instrument, _, name = scale.partition(".")
        people, place = tuple(self.study.arm_of), {p: row for row, p in enumerate(self.study.arm_of)}
        scores = np.full((len(people), len(assessments)), np.nan)
        returned = np.zeros(scores.shape, dtype=bool)
        for column, part in enumerate(self.part(instrument, assessment) for assessment in assessments):
            for person, score_ in zip(part.participants, part.scales[name][0], strict=True) if part else ():
                if person in place:
                    scores[place[person], column] = score_
                    returned[place[person], column] = True
        lacking = np.isnan(scores)
        excluded = tuple(
            Exclusion(people[row], self._why(people[row], assessments[first], returned=bool(returned[row, first])))
            for row, first in zip(range(len(people)), lacking.argmax(axis=1), strict=True)
            if lacking[row, first]
        )
        arms = np.array([self.study.arm_of[person] for person in people], dtype=np.str_)
        return OutcomeData(people, arms, scores, excluded)

    def _why(self, person: str, assessment: str, *, returned: bool) -> str:
        """Return why somebody has no score at an assessment."""
        label = self.study.assessment_label(assessment)
        if returned:
            return f"too many items blank at {label}"
        if person in self.study.left_study:
            return f"left the study; no answers at {label}"
        return f"no answers at {label}"

    def table(self) -> pl.DataFrame:
        """Return the scores as a tidy table: participant, assessment, scale, score, n_missing, reason."""
        import polars as pl

        rows = [row for part in self.parts for row in _rows(part)]
        columns = ["participant", "assessment", "scale", "score", "n_missing", "reason"]
        types = [pl.String, pl.String, pl.String, pl.Float64, pl.Int64, pl.String]
        return pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")


def _rows(part: AnswersAt) -> list[tuple[str, str, str, float | None, int, str | None]]:
    rows = []
    for name, (values, missing) in part.scales.items():
        items = len(part.instrument.items_of(part.instrument.scale(name)))
        for person, value, n in zip(part.participants, values.tolist(), missing.tolist(), strict=True):
            scored = value == value  # noqa: PLR0124 - not a number is how a scale without a score arrives
            reason = None if scored else f"{n} of {items} items blank"
            rows.append((person, part.assessment, f"{part.instrument.id}.{name}", value if scored else None, n, reason))
    return rows


def score_all(study: AnalysisInput) -> Scores:
    """Score every instrument at every assessment that asks it."""
    parts = []
    for assessment in study.protocol.assessments:
        for name in study.protocol.instruments_at(assessment):
            instrument = study.loaded.instruments[name]
            people, array = answers(study.data, instrument, assessment.id)
            if len(people):
                switches = study.protocol.analysis.switches.get(instrument.id, {})
                parts.append(AnswersAt(instrument, assessment.id, tuple(people), array, switches))
    return Scores(study, tuple(parts))
