"""The probability of superiority: how often somebody of one group lies above somebody of the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pilotage.stats.correlation import ranks
from pilotage.stats.design import two_samples
from pilotage.stats.distributions import t_quantile, t_two_sided_p
from pilotage.stats.estimate import Estimate


class NoOverlapError(ValueError):
    """Everyone of one group lies above everyone of the other, so that the spread of ranks says nothing."""


@dataclass(frozen=True, slots=True)
class BrunnerMunzel:
    """The probability of superiority, and Brunner and Munzel's test that it is a half.

    Attributes
    ----------
    superiority : Estimate
        P(a > b) + P(a = b) / 2.
    t, df, p : float
        Two-sided, by Student's t.
    """

    superiority: Estimate
    t: float
    df: float
    p: float


def brunner_munzel(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> BrunnerMunzel:
    """Return how probable a value of the first group is above one of the second, ties a half; variances may differ.

        P = (mean rank of a - (m + 1)/2) / n,   se^2 = S_a^2 / (m n^2) + S_b^2 / (n m^2)

    with S^2 the variances of pooled less own ranks, and t on Satterthwaite's degrees of freedom. The interval is
    P ± t se, cut at 0 and 1.

    Parameters
    ----------
    a, b : array, shape (people,)
        At least two each, without missing values.
    level : float

    Raises
    ------
    ValueError
        When a value is missing or a group has fewer than two people.
    NoOverlapError
        When no two people of different groups overlap: a ValueError of its own.

    References
    ----------
    Brunner, E., & Munzel, U. (2000). The nonparametric Behrens-Fisher problem: Asymptotic theory and a small-sample
    approximation. Biometrical Journal, 42(1), 17-25.

    Examples
    --------
    >>> found = brunner_munzel([3, 5, 6, 7], [1, 2, 4, 5])
    >>> round(found.superiority.value, 6), round(found.t, 6), round(found.df, 6)
    (0.84375, 2.277216, 5.702095)
    """
    first, second = two_samples(a, b)
    m, n = len(first), len(second)
    if min(m, n) < 2:
        raise ValueError(f"each group needs at least 2 people, not {m} and {n}")
    pooled = ranks(np.concatenate([first, second]))
    # Placements: for each person, how many of the other group lie below.
    above, below = pooled[:m] - ranks(first), pooled[m:] - ranks(second)
    parts = float(above.var(ddof=1)) / (m * n**2), float(below.var(ddof=1)) / (n * m**2)
    value = float(above.mean() / n)
    if not sum(parts) > 0:
        raise NoOverlapError("the error of the probability of superiority is not known: the groups do not overlap")
    se = math.sqrt(sum(parts))
    df = sum(parts) ** 2 / (parts[0] ** 2 / (m - 1) + parts[1] ** 2 / (n - 1))
    t, half = (value - 0.5) / se, t_quantile((1 + level) / 2, df) * se
    limits = max(value - half, 0.0), min(value + half, 1.0)
    method = "probability of superiority, Brunner-Munzel"
    return BrunnerMunzel(Estimate(value, *limits, level, m + n, method), t, df, t_two_sided_p(t, df))
