"""People taught in groups: what it may cost, and how alike they are where there are groups enough to say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.formatting import counted, plural
from pilotage.stats.distributions import chi_square_quantile, f_quantile, f_sf
from pilotage.stats.estimate import Estimate
from pilotage.stats.one_way import Groups, RestrictedProfile

Floats = NDArray[np.float64]

FEWEST_GROUPS = 5
"""Groups below which an intraclass correlation is refused; docs/explanation/what-47-people-cannot-tell.md says why."""

ASSUMED_ICCS = (0.01, 0.02, 0.05, 0.10)
"""What is assumed where the correlation cannot be estimated: the range reported for group interventions."""


class TooFewGroupsError(ValueError):
    """An intraclass correlation was asked for of fewer groups than can tell."""


@dataclass(frozen=True, slots=True)
class AnovaIcc:
    """The intraclass correlation by a one-way analysis of variance.

    Attributes
    ----------
    icc : Estimate
        May be below 0, and then is.
    between, within : float
        Mean squares.
    mean_size : float
        The size that stands for unequal ones, n0.
    f, p : float
        Whether the groups differ at all.
    groups : int
    """

    icc: Estimate
    between: float
    within: float
    mean_size: float
    f: float
    p: float
    groups: int


@dataclass(frozen=True, slots=True)
class RemlIcc:
    """The intraclass correlation by restricted maximum likelihood.

    Attributes
    ----------
    icc : Estimate
        At least 0, with the profile likelihood's interval.
    between, within : float
        Variances.
    mean : float
        The mean of the groups, weighted by what each tells.
    boundary : bool
        Whether it stopped at 0.
    slope : float
        The derivative of -2 log likelihood by the ratio of variances where it stopped: 0 but at the boundary.
    groups : int
    """

    icc: Estimate
    between: float
    within: float
    mean: float
    boundary: bool
    slope: float
    groups: int


def design_effect(mean_size: float, icc: float) -> float:
    """Return how many times the variance of a mean grows when people come in groups: ``1 + (m - 1) ICC``.

    Parameters
    ----------
    mean_size : float
        People in a group, at least 1. For unequal groups give `weighted_mean_size`.
    icc : float
        Assumed, -1 to 1.

    Raises
    ------
    ValueError
        When the size is below 1 or the ICC lies outside -1 to 1.

    References
    ----------
    Kish, L. (1965). Survey sampling, section 5.4.

    Examples
    --------
    >>> [round(design_effect(12.5, icc), 3) for icc in (0.01, 0.05, 0.10)]
    [1.115, 1.575, 2.15]
    """
    if not (mean_size >= 1 and -1 <= icc <= 1):
        raise ValueError(f"a design effect needs a size of at least 1 and an ICC of -1 to 1, not {mean_size} and {icc}")
    return 1 + (mean_size - 1) * icc


def weighted_mean_size(sizes: Sequence[int]) -> float:
    """Return the size of the group that a person is in, on average: ``sum m^2 / sum m``.

    Raises
    ------
    ValueError
        When there is no group, or one without people.

    References
    ----------
    Kerry, S. M., & Bland, J. M. (2001). Unequal cluster sizes for trials in English and Welsh general practice:
    Implications for sample size calculations. Statistics in Medicine, 20(3), 377-390.

    Examples
    --------
    >>> weighted_mean_size([14, 11])
    12.68
    """
    if not sizes or min(sizes) < 1:
        raise ValueError(f"a mean size needs groups of at least one person, not {list(sizes)}")
    return sum(m * m for m in sizes) / sum(sizes)


def anova_icc(values: ArrayLike, clusters: Sequence[str], level: float = 0.95) -> AnovaIcc:
    """Return the intraclass correlation by mean squares: ``(MSB - MSW) / (MSB + (n0 - 1) MSW)``.

    n0 = (N - sum m^2 / N) / (k - 1). Searle's interval turns the F ratio's limits into those of the correlation; it is
    exact for groups of one size and approximate otherwise.

    Parameters
    ----------
    values : array, shape (people,)
        Without missing values.
    clusters : sequence of str
        The group of each person.
    level : float
        Two-sided coverage.

    Raises
    ------
    TooFewGroupsError
        With fewer than five groups.
    ValueError
        When the lists do not fit, a value is missing, no group has two people or nobody differs within groups.

    References
    ----------
    Searle, S. R. (1971). Linear models, section 9.9. Donner, A. (1986). A review of inference procedures for the
    intraclass correlation coefficient in the one-way random effects model. International Statistical Review, 54(1).

    Examples
    --------
    >>> groups = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"]
    >>> round(anova_icc([1, 2, 3, 5, 2, 3, 6, 5, 4, 4], groups).icc.value, 3)
    0.743
    """
    summary = _summarised(values, clusters)
    k, n = len(summary.sizes), int(summary.sizes.sum())
    n0 = float((n - (summary.sizes**2).sum() / n) / (k - 1))
    grand = float(summary.sizes @ summary.means / n)
    between = float(summary.sizes @ (summary.means - grand) ** 2) / (k - 1)
    within = summary.within / (n - k)
    f = between / within
    tail = (1 - level) / 2
    low, value, high = (
        (ratio - 1) / (ratio + n0 - 1)
        for ratio in (f / f_quantile(1 - tail, k - 1, n - k), f, f / f_quantile(tail, k - 1, n - k))
    )
    icc = Estimate(value, low, high, level, n, "ICC, one-way analysis of variance with n0, Searle's interval")
    return AnovaIcc(icc, between, within, n0, f, f_sf(f, k - 1, n - k), k)


def reml_icc(values: ArrayLike, clusters: Sequence[str], level: float = 0.95) -> RemlIcc:
    """Return the intraclass correlation by restricted maximum likelihood, with its profile's interval.

    With the ratio q of the variance between groups to that within, w = m / (1 + q m), and the mean weighted by w, the
    criterion is ``(N - 1) log(SSW + sum w (mean_i - mean)^2) + sum log(1 + q m) + log sum w``. Its lowest point is
    sought over the whole range of q, so that no other valley is taken for it. Interval: where it rises by the
    chi-square quantile with 1 degree of freedom.

    Parameters and errors as in `anova_icc`.

    References
    ----------
    Searle, S. R., Casella, G., & McCulloch, C. E. (1992). Variance components, section 3.8.

    Examples
    --------
    >>> groups = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"]
    >>> round(reml_icc([1, 2, 3, 5, 2, 3, 6, 5, 4, 4], groups).icc.value, 3)
    0.743
    """
    profile = RestrictedProfile(_summarised(values, clusters))
    ratio = profile.lowest()
    rise = chi_square_quantile(level, 1)
    n = int(profile.sizes.sum())
    low, high = profile.limits(ratio, rise)
    method = "ICC, restricted maximum likelihood, profile likelihood interval"
    icc = Estimate(_share(ratio), _share(low), _share(high), level, n, method)
    within = profile.error(ratio) / (n - 1)
    return RemlIcc(
        icc, ratio * within, within, profile.mean(ratio), ratio == 0, profile.slope(ratio), len(profile.sizes)
    )


def _summarised(values: ArrayLike, clusters: Sequence[str]) -> Groups:
    """Return the sizes, means and the sum of squares within groups; refused where the groups are too few."""
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or len(x) != len(clusters) or not np.isfinite(x).all():
        raise ValueError("an ICC needs one value without gaps, and one group, for each person")
    names, place = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    if len(names) < FEWEST_GROUPS:
        raise TooFewGroupsError(_too_few(len(names)))
    sizes = np.bincount(place).astype(float)
    means = np.bincount(place, x) / sizes
    within = float(((x - means[place]) ** 2).sum())
    if not sizes.max() > 1 or not within > 1e-24 * float((x**2).sum()):
        raise ValueError("an ICC is not defined where people of one group do not differ")
    return Groups(sizes, means, within)


def _too_few(groups: int) -> str:
    number = {0: "no group", 1: "one group"}.get(groups, f"{groups} groups")
    differ = (
        "nothing shows how groups differ"
        if groups < 2
        else f"how groups differ rests on {counted(groups - 1, 'degree')} of freedom"
    )
    return (
        f"an ICC needs at least {FEWEST_GROUPS} groups, and there {plural(max(groups, 1), 'is', 'are')} {number}: "
        f"{differ}. See what assumed ICCs do instead"
    )


def _share(ratio: float) -> float:
    return 1.0 if math.isinf(ratio) else ratio / (1 + ratio)
