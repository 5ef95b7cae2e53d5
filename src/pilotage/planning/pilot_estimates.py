"""What a study's data say that the next one can rest on: spread, stability, attrition, clustering."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.scores import Scores
from pilotage.planning.results import PilotEstimates, TaughtGroups, UpperLimit
from pilotage.protocol.plan import Outcome
from pilotage.stats.browne import pooled_within, sd_interval, sd_upper_limit
from pilotage.stats.clusters import anova_icc, design_effect
from pilotage.stats.distributions import normal_quantile
from pilotage.stats.estimate import Estimate
from pilotage.stats.power import sd_of_change
from pilotage.stats.proportions import clopper_pearson

UPPER_LEVELS = (0.80, 0.90, 0.95)
USUAL_GROUP = 12  # ours, where neither the protocol nor the data say how large a group is


def pilot_estimates(study: AnalysisInput, scores: Scores, outcome: Outcome) -> PilotEstimates:
    """Return the spread and stability of one outcome, pooled within arms.

    Raises
    ------
    ValueError
        When too few people have both scores, or nobody differs.
    """
    first, last = assessments(study)
    data = scores.outcome(outcome.scale, (first, last)).complete
    covariance, df = pooled_within(data.scores, data.arms.tolist())
    before, after = (float(v) for v in np.sqrt(np.diag(covariance)))
    if not (before > 0 and after > 0 and len(data.people) > len(study.arms) + 3):
        raise ValueError("too few people, or none who differ from one another, have both scores")
    r, n = float(covariance[0, 1]) / (before * after), len(data.people)
    return PilotEstimates(
        scale=outcome.scale,
        label=outcome.label,
        n=n,
        df=df,
        sd=sd_interval(before, df, n),
        upper=tuple(UpperLimit(level, sd_upper_limit(before, df, level)) for level in UPPER_LEVELS),
        sd_after=sd_interval(after, df, n),
        sd_change=sd_interval(sd_of_change(before, r, after), df, n),
        correlation=within_arms_correlation(r, n, len(study.arms)),
        lost=clopper_pearson(len(data.excluded), len(study.arm_of)),
    )


def assessments(study: AnalysisInput) -> tuple[str, str]:
    """Return the first and the last assessment of the plan's first comparison."""
    compared = study.protocol.analysis.comparisons[0].assessments
    return compared[0], compared[-1]


def within_arms_correlation(r: float, n: int, arms: int, level: float = 0.95) -> Estimate:
    """Give a correlation pooled within arms Fisher's interval; each arm costs one person, as a covariate would."""
    reach = normal_quantile((1 + level) / 2) / math.sqrt(n - arms - 2)
    low, high = math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)
    return Estimate(r, low, high, level, n, "Pearson's r pooled within arms, Fisher's z interval")


def clustering(
    study: AnalysisInput, scores: Scores, outcome: Outcome, iccs: Sequence[float], size: int | None
) -> TaughtGroups:
    """Describe the groups that were taught, and estimate the correlation within them of change where possible."""
    group_of = _groups(study)
    sizes = tuple(list(group_of.values()).count(group) for group in dict.fromkeys(group_of.values()))
    wanted = size or _usual_size(study, sizes)
    estimate, why_not = _estimated(study, scores, outcome, group_of)
    return TaughtGroups(
        groups=len(sizes),
        sizes=sizes,
        group_size=wanted,
        estimate=estimate,
        why_not=why_not,
        assumed=tuple(iccs),
        design_effects=tuple(design_effect(wanted, icc) for icc in iccs),
    )


def _groups(study: AnalysisInput) -> dict[str, str]:
    """Return the training group of everyone who follows the programme."""
    taught = set(study.people(*study.programme_arms)) if study.programme_arms else set()
    rows = study.data.participants.sort("participant").select("participant", "cohort").iter_rows()
    return {person: group for person, group in rows if person in taught and group is not None}


def _estimated(
    study: AnalysisInput, scores: Scores, outcome: Outcome, group_of: dict[str, str]
) -> tuple[Estimate | None, str]:
    data = scores.outcome(outcome.scale, assessments(study)).complete
    data = data.only(np.array([person in group_of for person in data.people], dtype=bool))
    try:
        return anova_icc(data.change(), [group_of[person] for person in data.people]).icc, ""
    except ValueError as refused:
        return None, str(refused)


def _usual_size(study: AnalysisInput, sizes: Sequence[int]) -> int:
    programme = study.protocol.programme
    if programme is not None:
        return max(round((programme.group.minimum + programme.group.maximum) / 2), 2)
    return max(round(sum(sizes) / len(sizes)), 2) if sizes else USUAL_GROUP
