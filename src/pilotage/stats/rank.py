"""Two groups compared by ranks: Mann and Whitney's test, and Hodges and Lehmann's shift with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.correlation import ranks
from pilotage.stats.design import one_list, other_arms, two_samples
from pilotage.stats.distributions import normal_cdf, normal_quantile
from pilotage.stats.estimate import Estimate
from pilotage.stats.probability_of_superiority import BrunnerMunzel, NoOverlapError, brunner_munzel
from pilotage.stats.subset_sums import subset_sums

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankTest:
    """Mann and Whitney's test.

    Attributes
    ----------
    w : float
        Pairs in which the first group's value is greater, ties counting a half; R's W.
    p : float
        Two-sided.
    n : int
    method : str
    """

    w: float
    p: float
    n: int
    method: str


@dataclass(frozen=True, slots=True)
class RankContrast:
    """Change of one arm beside that of its reference, by ranks.

    Attributes
    ----------
    arm, reference : str
    test : RankTest
        Exact, given the ties.
    shift : Estimate
        Hodges and Lehmann's, arm less reference.
    brunner_munzel : BrunnerMunzel or None
        How probable it is that somebody of the arm changes more than somebody of the reference; None where no two
        people of different arms overlap, so that its error is not known.
    """

    arm: str
    reference: str
    test: RankTest
    shift: Estimate
    brunner_munzel: BrunnerMunzel | None


def mann_whitney_exact(a: ArrayLike, b: ArrayLike) -> RankTest:
    """Return Mann and Whitney's test by the exact distribution of the rank sum, given the ties.

    p is the share of all divisions of the people in which W lies as far from its mean as the W found, or further;
    coin's ``wilcox_test(distribution = "exact")``.

    Parameters
    ----------
    a, b : array, shape (people,)
        Without missing values. Ties share their mean rank; round what is computed from decimals, or they are missed.

    Raises
    ------
    ValueError
        When a value is missing, a group is empty, or there are too many people for an exact distribution.

    References
    ----------
    Mann, H. B., & Whitney, D. R. (1947). On a test of whether one of two random variables is stochastically larger
    than the other. Annals of Mathematical Statistics, 18(1), 50-60.
    Streitberg, B., & Röhmel, J. (1986). Exact distributions for permutation and rank tests. Statistical Software
    Newsletter, 12(1), 10-17.

    Examples
    --------
    >>> found = mann_whitney_exact([3, 5, 6], [1, 2, 4])
    >>> found.w, found.p
    (8.0, 0.2)
    """
    first, second = two_samples(a, b)
    w, pooled = _w(first, second)
    m, n = len(first), len(second)
    # Twice the mean ranks are whole numbers; the smaller group makes the smaller table.
    doubled, size = np.rint(2 * pooled).astype(int), min(m, n)
    ways = subset_sums(doubled.tolist(), size)[size]
    distance = abs(2 * np.arange(len(ways)) - 2 * size * (m + n + 1))
    observed = round(abs(4 * w - 2 * m * n))
    p = float(ways[distance >= observed].sum() / ways.sum())
    return RankTest(w, min(p, 1.0), m + n, "Mann-Whitney, exact given the ties")


def mann_whitney_normal(a: ArrayLike, b: ArrayLike, *, continuity: bool = True) -> RankTest:
    """Return Mann and Whitney's test by the normal approximation, with the variance that ties leave.

    With the continuity correction it is R's ``wilcox.test(exact = FALSE)``, without it coin's asymptotic test. The
    variance is m n / 12 ((N + 1) - sum (t^3 - t) / (N (N - 1))), t being how many share each value.

    Raises
    ------
    ValueError
        When a value is missing, a group is empty, or all values are the same.

    References
    ----------
    Lehmann, E. L. (1975). Nonparametrics: Statistical methods based on ranks, section 1.4.

    Examples
    --------
    >>> round(mann_whitney_normal([3, 5, 6], [1, 2, 4]).p, 6)
    0.19043
    """
    first, second = two_samples(a, b)
    w, _ = _w(first, second)
    m, n = len(first), len(second)
    variance = _variance(first, second)
    if not variance > 0:
        raise ValueError("ranks cannot be compared when all values are the same")
    distance = abs(w - m * n / 2)
    z = (max(distance - 0.5, 0.0) if continuity else distance) / math.sqrt(variance)
    name = "with" if continuity else "without"
    return RankTest(
        w, min(2 * normal_cdf(-z), 1.0), m + n, f"Mann-Whitney, normal approximation {name} continuity correction"
    )


def hodges_lehmann(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Estimate:
    """Return Hodges and Lehmann's shift: the median of all differences a - b, with the interval of the exact test.

    The limits are the c-th smallest and the c-th greatest difference, c the greatest for which P(U <= c - 1) without
    ties is at most (1 - level) / 2. With ties the closed interval covers at least as often. Where groups are so small
    that no test could reject, there are no limits.

    Parameters
    ----------
    a, b : array, shape (people,)
    level : float
        Two-sided coverage, at least.

    Raises
    ------
    ValueError
        When a value is missing, a group is empty, the level is not a share, or there are too many people.

    References
    ----------
    Hodges, J. L., & Lehmann, E. L. (1963). Estimates of location based on rank tests. Annals of Mathematical
    Statistics, 34(2), 598-611.
    Noether, G. E. (1967). Wilcoxon confidence intervals for location parameters in the discrete case. Journal of the
    American Statistical Association, 62(317), 184-188.

    Examples
    --------
    >>> shift = hodges_lehmann([6, 8, 9, 12], [1, 2, 4, 5])
    >>> shift.value, shift.low, shift.high
    (5.5, 1.0, 11.0)
    """
    first, second = two_samples(a, b)
    _check_level(level)
    m, n = len(first), len(second)
    size = min(m, n)
    ways = subset_sums(range(1, m + n + 1), size)[size][size * (size + 1) // 2 :]
    below = np.cumsum(ways) / ways.sum()
    # The limit itself belongs to the tail in theory; a rounding error must not push it out.
    c = int(np.searchsorted(below, (1 - level) / 2 * (1 + 1e-12), side="right"))
    return _shift(first, second, c, level, "exact")


def hodges_lehmann_normal(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Estimate:
    """Return Hodges and Lehmann's shift with the normal approximation's interval, for samples too large to enumerate.

    As `hodges_lehmann`, with c = floor(m n / 2 + 1/2 - z sqrt(m n (m + n + 1) / 12)), which ignores ties.

    Examples
    --------
    >>> shift = hodges_lehmann_normal([6, 8, 9, 12], [1, 2, 4, 5])
    >>> shift.value, shift.low, shift.high
    (5.5, 1.0, 11.0)
    """
    first, second = two_samples(a, b)
    _check_level(level)
    pairs = len(first) * len(second)
    spread = math.sqrt(pairs * (len(first) + len(second) + 1) / 12)
    c = math.floor(pairs / 2 + 0.5 - normal_quantile((1 + level) / 2) * spread)
    return _shift(first, second, c, level, "normal approximation")


def rank_change_contrast(
    change: ArrayLike, groups: Sequence[str] | NDArray[np.str_], reference: str, level: float = 0.95
) -> tuple[RankContrast, ...]:
    """Return how change in each arm lies beside the reference's, by ranks of those two arms alone.

    Parameters
    ----------
    change : array, shape (people,)
        Whole numbers, or rounded, so that ties are seen.
    groups : sequence or array of str
    reference : str
    level : float

    Raises
    ------
    ValueError
        When a value is missing or an arm has fewer than two people.

    Examples
    --------
    >>> (found,) = rank_change_contrast([3, 5, 6, 7, 1, 2, 4, 5], list("aaaabbbb"), "b")
    >>> found.test.w, found.shift.value
    (13.5, 2.0)
    """
    arms = other_arms(groups, reference)
    values, labels = one_list(change, len(groups), "the change"), np.array([str(group) for group in groups])
    contrasts = []
    for arm in arms:
        pair = values[labels == arm], values[labels == reference]
        test, shift = mann_whitney_exact(*pair), hodges_lehmann(*pair, level)
        contrasts.append(RankContrast(arm, reference, test, shift, _superiority(*pair, level)))
    return tuple(contrasts)


def _superiority(first: Floats, second: Floats, level: float) -> BrunnerMunzel | None:
    try:
        return brunner_munzel(first, second, level)
    except NoOverlapError:
        return None


def _w(first: Floats, second: Floats) -> tuple[float, Floats]:
    """Return Mann and Whitney's W of the first group, and the pooled ranks."""
    pooled = ranks(np.concatenate([first, second]))
    return float(pooled[: len(first)].sum() - len(first) * (len(first) + 1) / 2), pooled


def _variance(first: Floats, second: Floats) -> float:
    m, n = len(first), len(second)
    _, ties = np.unique(np.concatenate([first, second]), return_counts=True)
    lost = float((ties.astype(float) ** 3 - ties).sum()) / ((m + n) * (m + n - 1))
    return m * n / 12 * (m + n + 1 - lost)


def _shift(first: Floats, second: Floats, c: int, level: float, how: str) -> Estimate:
    differences = np.sort(np.subtract.outer(first, second).ravel())
    value, n = float(np.median(differences)), len(first) + len(second)
    shift = Estimate(value, None, None, level, n, f"Hodges-Lehmann shift, {how}; too few people for an interval")
    if c < 1:
        return shift
    low, high = float(differences[c - 1]), float(differences[-c])
    return replace(shift, low=low, high=high, method=f"Hodges-Lehmann shift, {how} interval")


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, not {level}")
