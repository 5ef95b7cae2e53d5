"""Internal consistency of a scale: Cronbach's alpha, and McDonald's omega where one factor describes the items."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import f_quantile
from pilotage.stats.estimate import Estimate
from pilotage.stats.one_factor import one_factor

Floats = NDArray[np.float64]


class OmegaRefusedError(ValueError):
    """Omega is not computed: the data cannot carry a one-factor model. The message says why."""


@dataclass(frozen=True, slots=True)
class CronbachAlpha:
    """Cronbach's alpha and what it says about each item.

    Attributes
    ----------
    alpha : Estimate
        With Feldt's interval; below 0 where the items mostly disagree.
    standardised : float or None
        Alpha of the items at unit variance; None where an item does not vary.
    if_deleted : tuple of float or None
        Alpha of the other items, item by item; None where fewer than two would remain.
    item_rest : tuple of float or None
        Correlation of each item with the sum of the others; None where one of the two does not vary.
    mean_correlation : float or None
        Mean of the correlations between items; None where an item does not vary.
    n, n_left_out : int
        People with every item, and people left out because an item is missing.
    items : int
    """

    alpha: Estimate
    standardised: float | None
    if_deleted: tuple[float | None, ...]
    item_rest: tuple[float | None, ...]
    mean_correlation: float | None
    n: int
    n_left_out: int
    items: int

    @property
    def method(self) -> str:
        """The variant, by name."""
        return self.alpha.method


@dataclass(frozen=True, slots=True)
class OmegaTotal:
    """McDonald's omega total, and the one-factor model it comes from.

    Attributes
    ----------
    omega : float
        (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances).
    loadings, unique_variances : tuple of float
        In the units of the items; the loadings' sum is not below 0.
    heywood : tuple of int
        Positions of items whose unique variance stopped at .005 of their variance; empty in a proper solution.
    gradient_norm : float
        Of the likelihood at the solution.
    n, n_left_out : int
        People with every item, and people left out because an item is missing.
    items : int
    note : str
        What the reader must know, such as that one factor does not describe the items; as passed.
    method : str
    """

    omega: float
    loadings: tuple[float, ...]
    unique_variances: tuple[float, ...]
    heywood: tuple[int, ...]
    gradient_norm: float
    n: int
    n_left_out: int
    items: int
    note: str = ""
    method: str = "McDonald's omega total, one factor, maximum likelihood"


def cronbach_alpha(items: ArrayLike, level: float = 0.95) -> CronbachAlpha:
    """Return Cronbach's alpha with Feldt's interval: k/(k - 1) (1 - sum of item variances / variance of the sum).

    The limits are 1 - (1 - alpha) F, with quantiles of F on n - 1 and (n - 1)(k - 1) degrees of freedom; exact for
    normal items with equal covariances.

    Parameters
    ----------
    items : array, shape (people, items)
        Reversed where the key reverses; NaN where missing. Only people with every item are used.
    level : float
        Two-sided coverage.

    Raises
    ------
    ValueError
        When there are fewer than two items, fewer than two complete people, or the sum does not vary.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3), 297-334.
    Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty.
    Psychometrika, 30(3), 357-370.

    Examples
    --------
    >>> found = cronbach_alpha([[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 5, 5]])
    >>> round(found.alpha.value, 6), found.n
    (0.958904, 4)
    """
    complete, left_out = _complete(items)
    n, k = complete.shape
    if k < 2:
        raise ValueError(f"alpha is not defined for {k} item")
    if n < 2:
        raise ValueError(f"alpha needs at least 2 people with every item, not {n}")
    covariances = np.cov(complete, rowvar=False)
    alpha = _alpha(covariances)
    if alpha is None:
        raise ValueError("alpha is not defined: the sum of the items does not vary between people")
    tail, df = (1 - level) / 2, (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - alpha) * f_quantile(share, *df) for share in (1 - tail, tail))
    mean_r = _mean_correlation(covariances)
    return CronbachAlpha(
        alpha=Estimate(alpha, low, high, level, n, "Cronbach's alpha, Feldt interval"),
        standardised=None if mean_r is None else k * mean_r / (1 + (k - 1) * mean_r),
        if_deleted=tuple(_alpha(np.delete(np.delete(covariances, i, 0), i, 1)) for i in range(k)),
        item_rest=tuple(_item_rest(covariances, i) for i in range(k)),
        mean_correlation=mean_r,
        n=n,
        n_left_out=left_out,
        items=k,
    )


def omega_total(items: ArrayLike, note: str = "") -> OmegaTotal:
    """Return McDonald's omega total of a scale that one factor describes, by maximum likelihood.

    Parameters
    ----------
    items : array, shape (people, items)
        Reversed where the key reverses; NaN where missing. Only people with every item are used.
    note : str
        Kept with the result, such as a warning that a total spans several facets.

    Raises
    ------
    OmegaRefusedError
        When people are no more than items, there are fewer than three items, an item does not vary, items determine
        one another, or the fit does not settle.

    References
    ----------
    McDonald, R. P. (1999). Test theory: A unified treatment, chapter 6. Erlbaum.
    Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis. Psychometrika, 32(4), 443-482.

    Examples
    --------
    >>> answers = [[1, 2, 1], [2, 1, 3], [3, 4, 2], [4, 5, 5], [2, 3, 3], [5, 4, 4]]
    >>> round(omega_total(answers).omega, 4)
    0.8849
    """
    complete, left_out = _complete(items)
    n, k = complete.shape
    _refuse_omega(complete)
    sds = complete.std(axis=0, ddof=1)
    correlations: Floats = np.cov(complete, rowvar=False) / np.outer(sds, sds)
    try:
        fit = one_factor(correlations)
    except (np.linalg.LinAlgError, ArithmeticError) as error:
        raise OmegaRefusedError(f"omega is not computed: {error}") from error
    loadings, unique = fit.loadings * sds, fit.uniquenesses * sds**2
    common = loadings.sum() ** 2
    return OmegaTotal(
        omega=float(common / (common + unique.sum())),
        loadings=tuple(loadings.tolist()),
        unique_variances=tuple(unique.tolist()),
        heywood=tuple(np.flatnonzero(fit.at_limit).tolist()),
        gradient_norm=fit.gradient_norm,
        n=n,
        n_left_out=left_out,
        items=k,
        note=note,
    )


def _complete(items: ArrayLike) -> tuple[Floats, int]:
    answers = np.asarray(items, dtype=float)
    if answers.ndim != 2:
        raise ValueError(f"items must be people by items, not of shape {answers.shape}")
    complete = answers[np.isfinite(answers).all(axis=1)]
    return complete, len(answers) - len(complete)


def _alpha(covariances: Floats) -> float | None:
    k, total = len(covariances), float(covariances.sum())
    if k < 2 or total <= 1e-14 * float(np.abs(covariances).sum()):
        return None
    return float(k / (k - 1) * (1 - np.trace(covariances) / total))


def _mean_correlation(covariances: Floats) -> float | None:
    sds, k = np.sqrt(np.diag(covariances)), len(covariances)
    if not (sds > 0).all():
        return None
    return float(((covariances / np.outer(sds, sds)).sum() - k) / (k * (k - 1)))


def _item_rest(covariances: Floats, item: int) -> float | None:
    variance, with_all = covariances[item, item], covariances[item].sum()
    rest = covariances.sum() - 2 * with_all + variance
    if not (variance > 0 and rest > 1e-14 * np.abs(covariances).sum()):
        return None
    return float((with_all - variance) / np.sqrt(variance * rest))


def _refuse_omega(complete: Floats) -> None:
    n, k = complete.shape
    if k < 3:
        raise OmegaRefusedError(f"omega is not computed: one factor needs at least 3 items, and the scale has {k}")
    if n <= k:
        raise OmegaRefusedError(f"omega is not computed: {n} people are no more than {k} items")
    if (np.ptp(complete, axis=0) == 0).any():
        raise OmegaRefusedError("omega is not computed: an item has the same answer from everyone")
    if np.linalg.matrix_rank(np.cov(complete, rowvar=False), hermitian=True) < k:
        raise OmegaRefusedError("omega is not computed: some items are determined by the others")
