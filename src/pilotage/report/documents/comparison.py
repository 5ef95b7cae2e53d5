"""Arms compared by a mixed ANOVA over columns of a spreadsheet, as a document: outcomes, effects, who was excluded."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.analysis.compare_columns import ColumnComparison
from pilotage.analysis.compare_contrasts import OutcomeContrasts
from pilotage.formatting import counted
from pilotage.report.model.builders import numbers
from pilotage.report.model.document import Block, Document, Paragraph, Section, TableBlock
from pilotage.report.model.numbering import numbered
from pilotage.report.tables.anova import (
    AnovaOutcome,
    EffectWithInterval,
    OutcomeArm,
    effects_table,
    outcomes_table,
    uncorrected,
)

OutcomeCompared = ColumnComparison | OutcomeContrasts
"""An outcome that was compared, by whatever method."""


def comparison_document(comparisons: Sequence[ColumnComparison], file: str) -> Document:
    """Build the document of a comparison; ``file`` is where the scores come from."""
    outcomes = [_shown(comparison) for comparison in comparisons]
    corrected = any(comparison.anova.mauchly for comparison in comparisons)
    blocks: tuple[Block, ...] = (
        _outcomes(comparisons, outcomes),
        effects_table("effects", outcomes, corrected=corrected, in_full=False),
        *(Paragraph(line, "note") for line in exclusion_lines(comparisons)),
    )
    return numbered(Document("Outcomes by arm", f"From {file}", "en", (Section("outcomes", "Outcomes", blocks),)))


def _outcomes(comparisons: Sequence[ColumnComparison], outcomes: Sequence[AnovaOutcome]) -> TableBlock:
    most = max(len(comparison.outcome.columns) for comparison in comparisons)
    occasions = [numbers(f"occasion_{k}", f"Occasion {k}, mean (SD)") for k in range(1, most + 1)]
    caveat = [] if most == 2 else [uncorrected("effects")]
    notes = [*caveat, *column_lines(comparisons)]
    return outcomes_table("table-5-outcomes", "Outcomes by arm", occasions, [("", outcomes)], notes)


def _shown(comparison: ColumnComparison) -> AnovaOutcome:
    """Return an outcome as the tables of the analysis of variance show it."""
    cells, name = comparison.anova.cells, comparison.outcome.name
    arms = zip(cells.groups, cells.n, cells.means, cells.sds, strict=True)
    return AnovaOutcome(
        name=name,
        full_name=name,
        arms=tuple(OutcomeArm(*arm) for arm in arms),
        effects={
            effect.name: EffectWithInterval(effect, comparison.intervals[effect.name])
            for effect in comparison.anova.effects
        },
    )


def column_lines(comparisons: Sequence[OutcomeCompared]) -> list[str]:
    """Return a line for each outcome: which columns its occasions are."""
    return [f"{c.outcome.name}: {', '.join(c.outcome.columns)}." for c in comparisons]


def exclusion_lines(comparisons: Sequence[OutcomeCompared]) -> list[str]:
    """Return who was excluded from each outcome, and why; outcomes that lack the same people share a line."""
    by_people: dict[str, list[OutcomeCompared]] = {}
    for comparison in comparisons:
        people = "; ".join(f"{person.participant} ({person.reason})" for person in comparison.excluded)
        by_people.setdefault(people, []).append(comparison)
    lines = []
    for people, members in by_people.items():
        count = len(members[0].excluded)
        excluded = f"{counted(count, 'person', 'people')} excluded: {people}" if count else "nobody excluded"
        lines.append(f"{', '.join(member.outcome.name for member in members)}: {excluded}.")
    return lines
