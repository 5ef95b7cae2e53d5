"""How probable it is, given the data, that a true proportion or mean meets a criterion."""

from __future__ import annotations

import math
from typing import Literal

from numpy.typing import ArrayLike

from pilotage.stats.distributions import t_sf
from pilotage.stats.incomplete import beta_tails
from pilotage.stats.ttests import Summary, summary

Relation = Literal[">=", ">", "<=", "<"]


def share_probability(successes: int, n: int, relation: Relation, limit: float) -> float:
    """Return the probability that a proportion meets ``limit``, by Jeffreys's prior Beta(1/2, 1/2).

    The posterior is Beta(x + 1/2, n - x + 1/2). It is continuous, so that ``>=`` and ``>`` agree except at the ends:
    a proportion is certainly at least 0 and certainly not above 1.

    Parameters
    ----------
    successes : int
        How many, 0 to ``n``.
    n : int
        Of how many, at least 1.
    relation : {">=", ">", "<=", "<"}
        Which side of the limit is wanted.
    limit : float
        The criterion, a share between 0 and 1.

    Raises
    ------
    ValueError
        When the count is not within 0 to n, n is below 1, the limit is no share or the relation is not known.

    References
    ----------
    Brown, L. D., Cai, T. T., & DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science, 16(2), 101-133.

    Examples
    --------
    >>> round(share_probability(21, 24, ">=", 0.75), 4)
    0.9294
    """
    if not (n >= 1 and 0 <= successes <= n and 0 <= limit <= 1):
        raise ValueError(f"needs 0 <= count <= n, n >= 1 and a limit between 0 and 1, not {successes} of {n}, {limit}")
    below, above = beta_tails(successes + 0.5, n - successes + 0.5, limit, 1 - limit)
    return above if _wants_more(relation) else below


def mean_probability(values: ArrayLike, relation: Relation, limit: float) -> float:
    """Return the probability that a mean meets ``limit``, given normal data and the prior 1 / sigma^2: a t posterior.

    Parameters
    ----------
    values : array, shape (people,)
        Without missing values, at least two.
    relation : {">=", ">", "<=", "<"}
        Which side of the limit is wanted.
    limit : float
        The criterion, in the units of the values.

    Raises
    ------
    ValueError
        When a value is missing, there are fewer than two, or the relation is not known.

    Examples
    --------
    >>> round(mean_probability([8, 9, 7, 8, 8, 9], ">=", 8.0), 4)
    0.6946
    """
    return mean_probability_from_summary(summary(values), relation, limit)


def mean_probability_from_summary(sample: Summary, relation: Relation, limit: float) -> float:
    """Return the probability that a mean meets ``limit``, from the sample's mean, SD and size.

    ``P(T > (limit - mean) / (sd / sqrt(n)))`` with n - 1 degrees of freedom, for ``>=`` and ``>``; where every value is
    the same the posterior is a point.

    Raises
    ------
    ValueError
        When there are fewer than two people, the SD is below 0 or the relation is not known.

    References
    ----------
    Gelman, A., Carlin, J. B., Stern, H. S., Dunson, D. B., Vehtari, A., & Rubin, D. B. (2013). Bayesian data analysis
    (3rd ed.), section 3.2.

    Examples
    --------
    >>> round(mean_probability_from_summary(Summary(8.2, 0.7, 24), ">=", 8.0), 4)
    0.9125
    """
    if sample.n < 2 or not sample.sd >= 0:
        raise ValueError(f"needs at least 2 people and an SD of 0 or more, not {sample.n} and {sample.sd}")
    sign = 1 if _wants_more(relation) else -1
    distance = sign * (limit - sample.mean)
    if sample.sd == 0:
        return 1.0 if distance < 0 or (distance == 0 and "=" in relation) else 0.0
    return t_sf(distance / (sample.sd / math.sqrt(sample.n)), sample.n - 1)


def _wants_more(relation: str) -> bool:
    if relation not in (">=", ">", "<=", "<"):
        raise ValueError(f"a criterion is one of >=, >, <=, <, not {relation!r}")
    return relation.startswith(">")
