"""What every section of the report is given."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.analysis.results import ComparisonResult, OutcomeResult, Results
from pilotage.analysis.scores import Scores
from pilotage.formatting import uncapitalised
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.report.model.document import Edition


@dataclass(frozen=True)
class Context:
    """A study's results, for an edition of the report."""

    loaded: LoadedProtocol
    results: Results
    scores: Scores
    edition: Edition
    command: str
    arm_of: dict[str, str]

    @property
    def protocol(self) -> Protocol:
        """The protocol."""
        return self.loaded.protocol

    @property
    def shared(self) -> bool:
        """Whether this edition leaves the team: no codes, no small cells, no single person."""
        return self.edition == "shared"

    @property
    def small(self) -> int:
        """Counts of people below this are suppressed in the shared edition."""
        return self.protocol.report.small_cells

    def arm(self, arm: str) -> str:
        """Return an arm's label; 'all' for everyone."""
        return "All" if arm == "all" else self.protocol.arm(arm).label

    def assessment(self, assessment: str) -> str:
        """Return an assessment's label."""
        return self.protocol.assessment(assessment).label

    def scale(self, scale: str) -> str:
        """Return a scale with its instrument: 'FFMQ-39, observing'."""
        instrument, _, name = scale.partition(".")
        if instrument not in self.loaded.instruments:
            return scale
        definition = self.loaded.instruments[instrument]
        return f"{definition.abbreviation}, {uncapitalised(definition.scale(name).name)}"

    @property
    def first_comparison(self) -> ComparisonResult:
        """The plan's first comparison, which the summary speaks of."""
        return self.results.comparisons[0]

    def tested(self, *roles: str) -> tuple[OutcomeResult, ...]:
        """Return the outcomes of the first comparison that were tested, of these roles or of all."""
        return tuple(o for o in self.first_comparison.outcomes if o.time_by_group and (not roles or o.role in roles))
