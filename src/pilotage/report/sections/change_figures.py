"""One figure of change for each main outcome: each person's line for analysts, distributions for everyone else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.results import ArmScores, ComparisonResult, OutcomeResult
from pilotage.formatting import counted, listed
from pilotage.report.model.document import ArmChange, ChangeFigure, Spread, Whisker
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


def change_figures(context: Context, comparison: ComparisonResult, suffix: str) -> list[ChangeFigure]:
    """Return a figure for each main outcome that was analysed."""
    main = [o for o in comparison.outcomes if o.role == "main" and o.time_by_group]
    return [_figure(context, comparison, outcome, suffix) for outcome in main]


def _figure(context: Context, comparison: ComparisonResult, outcome: OutcomeResult, suffix: str) -> ChangeFigure:
    occasions = tuple(context.assessment(a) for a in comparison.assessments)
    arms = tuple(_arm(context, comparison, outcome, arm) for arm in outcome.arms)
    shown = "the 10th, 25th, 50th, 75th and 90th percentile" if context.shared else "each person's line"
    return ChangeFigure(
        id=f"change-{outcome.scale.replace('.', '-').replace('_', '-')}{suffix}",
        title=f"{outcome.label}: change by arm",
        alt=_alt(context, outcome, occasions),
        axis=context.scale(outcome.scale),
        occasions=occasions,
        arms=arms,
        notes=(f"Means with 95 % intervals (t), and {shown}.",),
        place="supplement" if suffix else "main",
    )


def _arm(context: Context, comparison: ComparisonResult, outcome: OutcomeResult, arm: ArmScores) -> ArmChange:
    values = context.scores.outcome(outcome.scale, comparison.assessments).complete.in_arm(arm.arm)
    means = tuple(Whisker(m, low, high) for m, (low, high) in zip(arm.means, arm.intervals, strict=True))
    if not context.shared:
        return ArmChange(context.arm(arm.arm), arm.n, means, lines=tuple(tuple(row) for row in values.tolist()))
    # Below this many people the outer percentiles are single persons.
    spreads = tuple(_spread(values[:, k]) for k in range(values.shape[1])) if arm.n >= 2 * context.small else ()
    return ArmChange(context.arm(arm.arm), arm.n, means, spreads=spreads)


def _spread(values: NDArray[np.float64]) -> Spread:
    q = [float(v) for v in np.quantile(values, QUANTILES)]
    return Spread((q[0], q[1], q[2], q[3], q[4]))


def _alt(context: Context, outcome: OutcomeResult, occasions: tuple[str, ...]) -> str:
    arms = [
        f"{context.arm(a.arm)} from {number(a.means[0], 'score')} to {number(a.means[-1], 'score')} (n = {a.n})"
        for a in outcome.arms
    ]
    return f"Mean {outcome.label.lower()} over {counted(len(occasions), 'assessment')}: {listed(arms)}."
