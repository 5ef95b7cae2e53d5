"""What to believe of an adjusted difference, for somebody with no opinion and for somebody who expects little."""

from __future__ import annotations

import math

import numpy as np

from pilotage.analysis.recommended.effect_results import Belief, OutcomeEffects
from pilotage.analysis.recommended.outcome_data import Gathered
from pilotage.protocol.plan import RecommendedPlan
from pilotage.stats.bayes import Posterior, effect_posterior, sceptical_prior
from pilotage.stats.contrast import Contrast


def beliefs(plan: RecommendedPlan, gathered: Gathered, outcome: OutcomeEffects, found: Contrast) -> tuple[Belief, ...]:
    """The posterior under a flat and under the plan's sceptical prior; none where the contrast has no error."""
    if found.se is None or found.df is None or found.df <= 2:
        return ()
    large = plan.sceptical_prior.large * first_sd(gathered)
    sceptic = sceptical_prior(large, plan.sceptical_prior.chance)
    flat = effect_posterior(found.estimate, found.se, found.df)
    sceptical = effect_posterior(found.estimate, found.se, found.df, sceptic.mean, sceptic.sd)
    return (_belief(flat, outcome), _belief(sceptical, outcome))


def first_sd(gathered: Gathered) -> float:
    """The SD of the first scores, pooled within the arms."""
    first = gathered.scores[:, 0]
    by_arm = [first[(gathered.arms == arm) & ~np.isnan(first)] for arm in np.unique(gathered.arms)]
    squares = sum(float(((values - values.mean()) ** 2).sum()) for values in by_arm if len(values))
    return math.sqrt(squares / sum(len(values) - 1 for values in by_arm if len(values)))


def _belief(posterior: Posterior, outcome: OutcomeEffects) -> Belief:
    """Probabilities in the direction that is better."""
    least = outcome.important

    def better_by(limit: float) -> float:
        return posterior.above(limit) if outcome.better == "higher" else 1 - posterior.above(-limit)

    return Belief(
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
