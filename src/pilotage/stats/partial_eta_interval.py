"""The interval of partial eta squared, from the noncentralities that an F value allows."""

from __future__ import annotations

from pilotage.stats.estimate import Estimate
from pilotage.stats.noncentral_f import noncentrality_interval_of_f


def partial_eta_squared_interval(
    f: float, df1: float, df2: float, level: float = 0.90, n: int | None = None
) -> Estimate:
    """Return partial eta squared with its interval by the N convention: eta = lambda / (lambda + N), N = df1 + df2 + 1.

    The convention of Steiger (2004): with N = df1 + df2 + 1 it is the square of the correlation whose noncentrality
    is lambda = N f^2. A two-sided interval of 90 % excludes 0 exactly when p is below .05.

    Parameters
    ----------
    f : float
        The F value, 0 or more.
    df1, df2 : float
        Its degrees of freedom.
    level : float
        Two-sided coverage.
    n : int, optional
        People analysed, for the record; N itself is always df1 + df2 + 1.

    Returns
    -------
    Estimate
        The value is df1 F / (df1 F + df2).

    Raises
    ------
    ValueError
        When F is below 0, a degree of freedom is not above 0, or the level lies outside 0 to 1.

    References
    ----------
    Steiger, J. H. (2004). Beyond the F test: Effect size confidence intervals and tests of close fit in the analysis
    of variance and contrast analysis. Psychological Methods, 9(2), 164-182.

    Examples
    --------
    >>> eta = partial_eta_squared_interval(6.0783200908, 1, 45)
    >>> round(eta.value, 3), round(eta.low, 4), round(eta.high, 4)
    (0.119, 0.0116, 0.2683)
    """
    return _interval((f, df1, df2), level, n, df1 + df2 + 1, "lambda/(lambda+N), N = df1+df2+1")


def partial_eta_squared_interval_by_error_df(
    f: float, df1: float, df2: float, level: float = 0.90, n: int | None = None
) -> Estimate:
    """Return partial eta squared with its interval by the error-df convention: eta = lambda / (lambda + df2).

    The convention of R's effectsize: the interval's ends are turned into eta as the F value itself is. Parameters,
    value and errors as in `partial_eta_squared_interval`; the limits are a little higher.

    References
    ----------
    Ben-Shachar, M. S., Lüdecke, D., & Makowski, D. (2020). effectsize: Estimation of effect size indices and
    standardized parameters. Journal of Open Source Software, 5(56), 2815.

    Examples
    --------
    >>> eta = partial_eta_squared_interval_by_error_df(6.0783200908, 1, 45)
    >>> round(eta.low, 4), round(eta.high, 4)
    (0.0121, 0.2769)
    """
    return _interval((f, df1, df2), level, n, df2, "lambda/(lambda+df2)")


def _interval(
    test: tuple[float, float, float], level: float, n: int | None, weight: float, convention: str
) -> Estimate:
    f, df1, df2 = test
    low, high = noncentrality_interval_of_f(f, df1, df2, level)
    return Estimate(
        value=df1 * f / (df1 * f + df2),
        low=low / (low + weight),
        high=high / (high + weight),
        level=level,
        n=round(df1 + df2 + 1) if n is None else n,
        method=f"partial eta squared, noncentral F, {convention}",
    )
