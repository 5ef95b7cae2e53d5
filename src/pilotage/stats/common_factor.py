"""Does one source stand behind all answers? What few people can tell, and what they are refused."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from pilotage.stats.distributions import t_quantile
from pilotage.stats.estimate import Estimate

FEWEST_FOR_FACTORS = 150
"""People below which factors over many items are refused; docs/explanation/what-47-people-cannot-tell.md says why."""

FEWEST_PER_ITEM = 5
"""People for each item below which factors over many items are refused."""


class TooFewPeopleError(ValueError):
    """A description of many items was asked for of fewer people than it needs."""


def single_factor_share(answers: ArrayLike) -> Estimate:
    """Return the share of variance of the first unrotated factor (Harman): first eigenvalue of R / items.

    A description and no test: a large share may be one source of error or one thing measured, and a small one clears
    nothing. No interval is defined.

    Parameters
    ----------
    answers : array, shape (people, items)
        The items of every questionnaire together, at one occasion, without missing values; at least three.

    Raises
    ------
    TooFewPeopleError
        With fewer than 150 people, or fewer than five for each item.
    ValueError
        When a value is missing, there are fewer than three items, or an item is the same for everyone.

    References
    ----------
    Podsakoff, P. M., MacKenzie, S. B., Lee, J.-Y., & Podsakoff, N. P. (2003). Common method biases in behavioral
    research. Journal of Applied Psychology, 88(5), 879-903.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> answers = random.normal(size=(400, 1)) + random.normal(size=(400, 6))
    >>> 0.5 < single_factor_share(answers).value < 0.65
    True
    """
    table = np.asarray(answers, dtype=float)
    if table.ndim != 2 or table.shape[1] < 3 or not np.isfinite(table).all():
        raise ValueError("the share of a first factor needs at least three items without missing values")
    n, items = table.shape
    least = max(FEWEST_FOR_FACTORS, FEWEST_PER_ITEM * items)
    if n < least:
        raise TooFewPeopleError(
            f"the share of a first factor of {items} items needs at least {least} people "
            f"({FEWEST_FOR_FACTORS}, and {FEWEST_PER_ITEM} for each item), and there are {n}: with fewer, the first "
            "factor is large by chance"
        )
    if not (np.ptp(table, axis=0) > 0).all():
        raise ValueError("the share of a first factor is not defined when an item is the same for everyone")
    largest = float(np.linalg.eigvalsh(np.corrcoef(table, rowvar=False))[-1])
    return Estimate(largest / items, None, None, None, n, "first unrotated factor's share (Harman)")


def why_no_invariance(people: int) -> str:
    """Return why it is not tested whether a questionnaire measures the same before and after, in words for the report.

    It is never offered here. Below 150 people it would not be credible; from there on it needs a factor model of both
    occasions with items' errors related over time, which a program made for such models should fit.

    Examples
    --------
    >>> why_no_invariance(47).partition(": ")[2]
    'it needs at least 150 people, and there are 47. Drift of items is shown'
    """
    prefix = "whether the questionnaires measured the same on both occasions (measurement invariance) is not tested: "
    if people < FEWEST_FOR_FACTORS:
        return (
            prefix + f"it needs at least {FEWEST_FOR_FACTORS} people, and there are {people}. Drift of items is shown"
        )
    return (
        prefix
        + f"with {people} people it could be, but needs a factor model of both occasions, which Pilotage does not "
        "fit; export the items to a program for such models. Drift of items is shown"
    )


def mean_correlation(changes: ArrayLike, level: float = 0.95) -> Estimate:
    """Return the mean correlation among the changes of several outcomes: the visible symptom of a common source.

    Each change is turned so that a positive one is for the better. The mean r of all pairs' correlations among
    k outcomes, with a jackknife interval over people on Fisher's scale for k variables,
    ``log((1 + (k - 1) r) / (1 - r)) / 2``.

    Parameters
    ----------
    changes : array, shape (people, outcomes)
        Without missing values; at least ten people and two outcomes.
    level : float
        Coverage.

    Raises
    ------
    ValueError
        When a value is missing, there are fewer than ten people or two outcomes, or an outcome changes alike in all.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, chapter 11. Fisher, R. A. (1925).
    Statistical methods for research workers, section 39.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> round(mean_correlation(random.normal(size=(200, 1)) + random.normal(size=(200, 4))).value, 1)
    0.5
    """
    table = np.asarray(changes, dtype=float)
    if table.ndim != 2 or table.shape[0] < 10 or table.shape[1] < 2 or not np.isfinite(table).all():
        raise ValueError("a mean correlation needs two outcomes of at least ten people, without missing values")
    if not (np.ptp(table, axis=0) > 0).all():
        raise ValueError("a mean correlation is not defined where an outcome changes alike in everyone")
    n, outcomes = table.shape
    value = _mean_off_diagonal(table)
    z = np.array([_fisher(_mean_off_diagonal(np.delete(table, row, axis=0)), outcomes) for row in range(n)])
    se = math.sqrt((n - 1) / n * float(((z - z.mean()) ** 2).sum()))
    half = t_quantile((1 + level) / 2, n - 1) * se
    low, high = (_fisher_back(_fisher(value, outcomes) + side * half, outcomes) for side in (-1, 1))
    return Estimate(value, low, high, level, n, "mean of the changes' correlations, jackknife interval")


def _mean_off_diagonal(table: np.ndarray) -> float:
    r = np.corrcoef(table, rowvar=False)
    outcomes = len(r)
    return float((r.sum() - outcomes) / (outcomes * (outcomes - 1)))


def _fisher(r: float, k: int) -> float:
    """Return Fisher's transformation for what k outcomes have in common; the usual one where there are two."""
    r = min(max(r, -1 / (k - 1) + 1e-12), 1 - 1e-12)
    return 0.5 * math.log((1 + (k - 1) * r) / (1 - r))


def _fisher_back(z: float, k: int) -> float:
    grown = math.exp(2 * z)
    return (grown - 1) / (grown + k - 1)
