"""The scores of every instrument at every assessment, and the scored items behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.data.answers import answers
from pilotage.instruments.definition import Instrument, Scale
from pilotage.scoring.reverse_scoring import keyed_items
from pilotage.scoring.score import score

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
        """Score and number of blanks by scale."""
        scored = score(self.instrument, self.answers, self.switches)
        return {name: (s.score, s.n_missing.astype(np.int64)) for name, s in scored.items()}

    def points(self, scale: Scale) -> NDArray[np.float64]:
        """The items of a scale after keying, (people, items)."""
        return keyed_items(self.instrument, self.answers, scale, self.switches)


@dataclass(frozen=True)
class Scores:
    """All scores of a study, by scale and assessment."""

    parts: tuple[AnswersAt, ...]
    _index: dict[tuple[str, str], AnswersAt] = field(default_factory=dict)

    def part(self, instrument: str, assessment: str) -> AnswersAt | None:
        """The answers to an instrument at an assessment; None where there are none."""
        return self._index.get((instrument, assessment))

    def of(self, scale: str, assessment: str) -> dict[str, float]:
        """The scores of a scale ('ffmq-39.total') at an assessment, by participant; only those scored."""
        instrument, _, name = scale.partition(".")
        part = self.part(instrument, assessment)
        if part is None:
            return {}
        values = part.scales[name][0]
        return {p: float(v) for p, v in zip(part.participants, values, strict=True) if not np.isnan(v)}

    def blanks(self, scale: str, assessment: str) -> dict[str, int]:
        """How many items of a scale each participant left blank at an assessment."""
        instrument, _, name = scale.partition(".")
        part = self.part(instrument, assessment)
        if part is None:
            return {}
        return {p: int(n) for p, n in zip(part.participants, part.scales[name][1], strict=True)}

    def table(self) -> pl.DataFrame:
        """Scores as a tidy table: participant, assessment, scale, score, n_missing, reason."""
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
    return Scores(tuple(parts), {(p.instrument.id, p.assessment): p for p in parts})
