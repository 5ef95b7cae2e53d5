"""The size of the definitive trial on a justified difference, and the assurance it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilotage.formatting import per_cent
from pilotage.planning.differences import TargetDifference
from pilotage.planning.results import Definitive, PilotEstimates, Size, TaughtGroups
from pilotage.stats.assurance import Assurance, assurance, sd_posterior, share_posterior
from pilotage.stats.trial_size import (
    Assumed,
    Nested,
    TrialSize,
    compared_sd_of_ancova,
    compared_sd_of_change,
    nested_power,
    size_by_ancova,
    size_by_change,
    size_in_groups,
)

PLANNED_ON = 0.80
"""The level of the upper limit of the SD that sizes in groups and assurance are computed on."""

BY_CHANGE = "change, groups counted; Satterthwaite's df"
BY_ANCOVA = "ANCOVA, groups counted; Satterthwaite's df"


def definitive(
    difference: TargetDifference,
    known: PilotEstimates,
    clustering: TaughtGroups,
    powers: Sequence[float],
    alpha: float,
    ratio: float,
) -> Definitive:
    """Return the trial's sizes for one difference: on the SD observed and its upper limits, with and without groups."""
    base = Assumed(difference.value, known.sd.value, known.correlation.value, known.lost.value, alpha, ratio=ratio)
    sizes = [
        Size(sd, what, power, None, by(replace(base, sd=sd, power=power)))
        for power in powers
        for sd, what in _sds(known)
        for by in (size_by_change, size_by_ancova)
    ]
    cautious = next(limit.sd for limit in known.upper if limit.level == PLANNED_ON)
    in_groups = [
        Size(
            cautious, _limit(PLANNED_ON), power, icc, _in_groups(replace(base, sd=cautious, power=power), icc, size, by)
        )
        for power in powers
        for icc in clustering.assumed
        for size in (clustering.group_size,)
        for by in (BY_CHANGE, BY_ANCOVA)
    ]
    assured = tuple(
        (size, _assured(size, base, known, clustering)) for size in in_groups if size.size.method == BY_ANCOVA
    )
    return Definitive(difference, difference.value / known.sd.value, known, (*sizes, *in_groups), assured)


def _sds(known: PilotEstimates) -> list[tuple[float, str]]:
    return [(known.sd.value, "observed"), *((limit.sd, _limit(limit.level)) for limit in known.upper)]


def _limit(level: float) -> str:
    return f"upper {per_cent(level, 0)} limit"


def _in_groups(assumed: Assumed, icc: float, group_size: int, method: str) -> TrialSize:
    compared = compared_sd_of_change if method == BY_CHANGE else compared_sd_of_ancova
    return size_in_groups(assumed, compared(assumed), icc, group_size, method)


def _assured(size: Size, base: Assumed, known: PilotEstimates, clustering: TaughtGroups) -> Assurance:
    """Return the average power of a trial of this size over what the study leaves open of SD, ICC and attrition.

    The ICCs assumed are taken as equally probable; the correlation is held at the observed one.
    """
    trial = size.size

    def power(sd: float, icc: float, lost: float) -> float:
        left = 1 - lost
        design = Nested(trial.groups or 2, clustering.group_size * left, max(round(trial.second * left), 2), icc)
        return nested_power(base.difference, compared_sd_of_ancova(replace(base, sd=sd)), design, base.alpha)

    count = round(known.lost.value * known.lost.n)
    lost = share_posterior(count, known.lost.n, shares=7)
    iccs = [(icc, 1.0) for icc in clustering.assumed]
    return assurance(power, sd_posterior(known.sd.value, known.df, shares=15), iccs, lost)
