"""Which combinations of the cell means answer which question."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.contrast import Contrast, t_contrast
from pilotage.stats.distributions import f_sf, t_quantile
from pilotage.stats.mixed_model.design import Baseline, Design
from pilotage.stats.mixed_model.inference import Inference
from pilotage.stats.mixed_model.result import FTest, MarginalMean, Tests

Floats = NDArray[np.float64]


def contrasts(
    layout: Design, inference: Inference, baseline: Baseline, level: float, method: str
) -> tuple[Contrast, ...]:
    """Return each other group less the reference, at each later occasion."""
    if baseline == "covariate":
        differences, later = layout.cells[1:] - layout.cells[0], layout.occasions
    else:
        change = layout.cells[:, 1:] - layout.cells[:, :1]
        differences, later = change[1:] - change[0], layout.occasions[1:]
    made = []
    for label, rows in zip(layout.groups[1:], differences, strict=True):
        for occasion, row in zip(later, rows, strict=True):
            arms, estimate = (label, layout.groups[0]), inference.estimate(row)
            made.append(t_contrast(arms, occasion, estimate, level, len(layout.y), method))
    return tuple(made)


def marginal_means(layout: Design, inference: Inference, level: float) -> tuple[MarginalMean, ...]:
    """Return the mean of every group at every occasion."""
    means = []
    for label, rows in zip(layout.groups, layout.cells, strict=True):
        for occasion, row in zip(layout.occasions, rows, strict=True):
            mean, se, df = inference.estimate(row)
            half = t_quantile((1 + level) / 2, df) * se
            means.append(MarginalMean(label, occasion, mean, se, df, mean - half, mean + half, level))
    return tuple(means)


def tests(layout: Design, inference: Inference, baseline: Baseline) -> Tests:
    """Return the Type III tests of group, time and their interaction."""
    cells, effects = layout.cells, layout.cells.shape[2]
    over_time, over_groups = cells.mean(axis=1), cells.mean(axis=0)
    change = cells[:, 1:] - cells[:, :1]
    several = len(layout.occasions) > 1
    return Tests(
        group=None if baseline == "constrained" else _test(over_time[1:] - over_time[0], inference),
        time=_test(over_groups[1:] - over_groups[0], inference) if several else None,
        time_by_group=_test((change[1:] - change[0]).reshape(-1, effects), inference) if several else None,
    )


def _test(rows: Floats, inference: Inference) -> FTest:
    f, df1, df2 = inference.wald(rows)
    return FTest(f, df1, df2, f_sf(f, df1, df2))
