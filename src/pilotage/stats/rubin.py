"""One answer from several completed data sets: Rubin's rules with Barnard and Rubin's degrees of freedom."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pilotage.stats.distributions import t_quantile, t_two_sided_p
from pilotage.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Pooled:
    """An estimate pooled over imputations.

    Attributes
    ----------
    estimate : Estimate
    se, df, t, p : float
        Two-sided.
    between : float
        Share of the variance that is there because values are missing.
    imputations : int
    """

    estimate: Estimate
    se: float
    df: float
    t: float
    p: float
    between: float
    imputations: int


def pool(
    estimates: ArrayLike,
    variances: ArrayLike,
    df: float,
    n: int,
    method: str = "multiple imputation",
    level: float = 0.95,
) -> Pooled:
    """Pool estimates by Rubin's rules: ``T = W + (1 + 1/M) B``, with degrees of freedom for small samples.

    With lambda = (1 + 1/M) B / T, ``1/df = lambda^2 / (M - 1) + 1 / (df_c (df_c + 1) / (df_c + 3) (1 - lambda))``.
    Where the estimates do not differ nothing was missing, and the degrees of freedom are those of complete data.

    Parameters
    ----------
    estimates, variances : array, shape (imputations,)
        At least two; the variances are squared standard errors.
    df : float
        Degrees of freedom had the data been complete.
    n : int
        People, imputed ones included.
    method : str
    level : float
        Coverage of the interval.

    Raises
    ------
    ValueError
        When there are fewer than two imputations, the lists do not fit, or a variance is not above 0.

    References
    ----------
    Barnard, J., & Rubin, D. B. (1999). Small-sample degrees of freedom with multiple imputation. Biometrika, 86(4),
    948-955.

    Examples
    --------
    >>> found = pool([1.0, 1.2, 0.8], [0.04, 0.05, 0.03], 45, 47)
    >>> round(found.se, 4), round(found.df, 2)
    (0.3055, 4.6)
    """
    values, errors = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    m = len(values)
    if values.ndim != 1 or m < 2 or errors.shape != values.shape:
        raise ValueError(f"Rubin's rules need at least two imputations, not {values.shape} and {errors.shape}")
    if not (errors > 0).all():
        raise ValueError("Rubin's rules need variances above 0")
    within, between = float(errors.mean()), (1 + 1 / m) * float(values.var(ddof=1))
    total = within + between
    share = between / total
    # The limit of the formula is not df; estimates that differ by rounding alone are those of complete data.
    freedom = df if between <= 1e-20 * within else _degrees_of_freedom(share, m, df)
    value, se = float(values.mean()), math.sqrt(total)
    half = t_quantile((1 + level) / 2, freedom) * se
    estimate = Estimate(value, value - half, value + half, level, n, method)
    return Pooled(estimate, se, freedom, value / se, t_two_sided_p(value / se, freedom), share, m)


def _degrees_of_freedom(share: float, imputations: int, df: float) -> float:
    observed = (df + 1) / (df + 3) * df * (1 - share)
    return 1 / (share**2 / (imputations - 1) + 1 / observed)
