"""The posterior of an adjusted difference, under a flat prior and under the plan's sceptical one."""

from __future__ import annotations

import math

import numpy as np

from pilotage.analysis.outcome_data import OutcomeData
from pilotage.analysis.recommended.effect_results import OutcomeEffects, PosteriorSummary
from pilotage.protocol.plan import RecommendedPlan
from pilotage.stats.bayes import Posterior, effect_posterior, sceptical_prior
from pilotage.stats.contrast import Contrast


def posterior_summaries(
    plan: RecommendedPlan, data: OutcomeData, outcome: OutcomeEffects, contrast: Contrast
) -> tuple[PosteriorSummary, ...]:
    """Return the posterior under each prior; none where the contrast has no standard error.

    The posterior is a t distribution, whose variance exists only above 2 degrees of freedom.
    """
    if contrast.se is None or contrast.df is None or contrast.df <= 2:
        return ()
    large = plan.sceptical_prior.large * first_sd(data)
    sceptic = sceptical_prior(large, plan.sceptical_prior.chance)
    flat = effect_posterior(contrast.estimate, contrast.se, contrast.df)
    sceptical = effect_posterior(contrast.estimate, contrast.se, contrast.df, sceptic.mean, sceptic.sd)
    return (_summary(flat, outcome), _summary(sceptical, outcome))


def first_sd(data: OutcomeData) -> float:
    """Return the SD of the first scores, pooled within the arms."""
    first = data.scores[:, 0]
    by_arm = [first[(data.arms == arm) & ~np.isnan(first)] for arm in np.unique(data.arms)]
    squares = sum(float(((values - values.mean()) ** 2).sum()) for values in by_arm if len(values))
    return math.sqrt(squares / sum(len(values) - 1 for values in by_arm if len(values)))


def _summary(posterior: Posterior, outcome: OutcomeEffects) -> PosteriorSummary:
    """Sum up a posterior, with probabilities in the direction that is better."""
    least = outcome.important

    def better_by(limit: float) -> float:
        return posterior.above(limit) if outcome.better == "higher" else 1 - posterior.above(-limit)

    return PosteriorSummary(
        prior="flat" if posterior.prior_sd is None else "sceptical",
        prior_sd=posterior.prior_sd,
        mean=posterior.mean,
        sd=posterior.sd,
        low=posterior.low,
        high=posterior.high,
        better=better_by(0.0),
        important=better_by(least) if least is not None else None,
        method=posterior.method,
    )
