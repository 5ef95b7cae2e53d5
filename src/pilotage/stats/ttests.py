"""Student's and Welch's t: two groups, one group twice, and the interval of a single mean."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import t_quantile, t_two_sided_p
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TTest:
    """A t test and the difference it is about.

    Attributes
    ----------
    t, df : float
        The statistic and its degrees of freedom, which Welch's test makes fractional.
    p : float
        Two-sided.
    difference : Estimate
        The difference in means, in the units of the scores, with its t interval.
    """

    t: float
    df: float
    p: float
    difference: Estimate

    @property
    def n(self) -> int:
        """People in the test."""
        return self.difference.n

    @property
    def method(self) -> str:
        """The variant, by name."""
        return self.difference.method


@dataclass(frozen=True, slots=True)
class Summary:
    """A sample by its mean, its SD (n - 1) and its size: all that a t test asks of it.

    Attributes
    ----------
    mean, sd : float
    n : int
    """

    mean: float
    sd: float
    n: int


def summary(values: ArrayLike) -> Summary:
    """Return the mean, SD (n - 1) and size of a sample without missing values.

    Raises
    ------
    ValueError
        When a value is missing or there are fewer than two.

    Examples
    --------
    >>> summary([1.0, 2.0, 3.0])
    Summary(mean=2.0, sd=1.0, n=3)
    """
    sample = np.asarray(values, dtype=float)
    if sample.ndim != 1 or len(sample) < 2 or not np.isfinite(sample).all():
        raise ValueError("needs one list of at least two finite numbers")
    return Summary(float(sample.mean()), float(sample.std(ddof=1)), len(sample))


def student_t_from_summaries(a: Summary, b: Summary, level: float = 0.95) -> TTest:
    """Return Student's t for the difference ``a - b`` of independent groups taken to have the same variance.

    The pooled SD has n1 + n2 - 2 degrees of freedom.

    Raises
    ------
    ValueError
        When a group has fewer than two people, nobody differs, or the level lies outside 0 to 1.

    Examples
    --------
    >>> ages = student_t_from_summaries(Summary(51.4, 10.8, 25), Summary(47.5, 10.4, 22))
    >>> round(ages.t, 3), round(ages.p, 3)
    (1.257, 0.215)
    """
    _check_sizes(a, b)
    df = a.n + b.n - 2
    pooled = math.sqrt(((a.n - 1) * a.sd**2 + (b.n - 1) * b.sd**2) / df)
    return _test(a.mean - b.mean, pooled * math.sqrt(1 / a.n + 1 / b.n), df, level, (a.n + b.n, "Student's t"))


def welch_t_from_summaries(a: Summary, b: Summary, level: float = 0.95) -> TTest:
    """Return Welch's t for the difference ``a - b`` of independent groups whose variances may differ.

    Degrees of freedom by Welch and Satterthwaite. Errors as in `student_t_from_summaries`.

    References
    ----------
    Welch, B. L. (1947). The generalization of "Student's" problem when several different population variances are
    involved. Biometrika, 34(1-2), 28-35.

    Examples
    --------
    >>> ages = welch_t_from_summaries(Summary(51.4, 10.8, 25), Summary(47.5, 10.4, 22))
    >>> round(ages.p, 3)
    0.214
    """
    _check_sizes(a, b)
    va, vb = a.sd**2 / a.n, b.sd**2 / b.n
    _check_variance(va + vb)
    df = (va + vb) ** 2 / (va**2 / (a.n - 1) + vb**2 / (b.n - 1))
    return _test(a.mean - b.mean, math.sqrt(va + vb), df, level, (a.n + b.n, "Welch's t"))


def student_t(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> TTest:
    """Return Student's t for the difference in means of two independent samples, first less second.

    Parameters
    ----------
    a, b : array, shape (people,)
        Without missing values.
    level : float
        Coverage of the difference's interval.

    Raises
    ------
    ValueError
        When a value is missing, a group has fewer than two people, nobody differs, or the level is not a share.

    Examples
    --------
    >>> round(student_t([1, 2, 3], [2, 4, 6]).t, 6)
    -1.549193
    """
    return student_t_from_summaries(summary(a), summary(b), level)


def welch_t(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> TTest:
    """Return Welch's t for the difference in means of two independent samples, first less second.

    Parameters and errors as in `student_t`.

    Examples
    --------
    >>> round(welch_t([1, 2, 3], [2, 4, 6]).df, 6)
    2.941176
    """
    return welch_t_from_summaries(summary(a), summary(b), level)


def paired_t(later: ArrayLike, earlier: ArrayLike, level: float = 0.95) -> TTest:
    """Return Student's t for the mean change of the same people, later less earlier.

    Raises
    ------
    ValueError
        When the samples differ in length, a value is missing, there are fewer than two people or all change alike.

    Examples
    --------
    >>> round(paired_t([2, 4, 4, 6], [1, 2, 4, 5]).t, 6)
    2.44949
    """
    first, second = np.asarray(later, dtype=float), np.asarray(earlier, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"paired samples must have the same people, not {first.shape} and {second.shape}")
    change = summary(first - second)
    return _test(change.mean, change.sd / math.sqrt(change.n), change.n - 1, level, (change.n, "paired t"))


def mean_interval(values: ArrayLike, level: float = 0.95) -> Estimate:
    """Return a mean with its t interval: mean ± t s / sqrt(n).

    Raises
    ------
    ValueError
        When a value is missing or there are fewer than two.

    Examples
    --------
    >>> mean = mean_interval([8, 9, 7, 8, 8])
    >>> mean.value, round(mean.low, 4), round(mean.high, 4)
    (8.0, 7.122, 8.878)
    """
    return mean_interval_from_summary(summary(values), level)


def mean_interval_from_summary(sample: Summary, level: float = 0.95) -> Estimate:
    """Return a mean with its t interval, from the sample's mean, SD and size; errors as in `mean_interval`."""
    if sample.n < 2:
        raise ValueError(f"the interval of a mean needs at least 2 people, not {sample.n}")
    half = _half_width(sample.sd / math.sqrt(sample.n), sample.n - 1, level)
    return Estimate(sample.mean, sample.mean - half, sample.mean + half, level, sample.n, "mean, t interval")


def _test(difference: float, error: float, df: float, level: float, record: tuple[int, str]) -> TTest:
    _check_variance(error)
    n, method = record
    half = _half_width(error, df, level)
    t = difference / error
    estimate = Estimate(difference, difference - half, difference + half, level, n, method)
    return TTest(t, df, t_two_sided_p(t, df), estimate)


def _half_width(error: float, df: float, level: float) -> float:
    return t_quantile((1 + level) / 2, df) * error


def _check_sizes(*samples: Summary) -> None:
    for sample in samples:
        if sample.n < 2:
            raise ValueError(f"a t test needs at least 2 people in each group, not {sample.n}")


def _check_variance(value: float) -> None:
    if not value > 0:
        raise ValueError("t is not defined: the scores do not differ, so that the error variance is zero")
