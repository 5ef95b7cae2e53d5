"""The power of tests of two arms, every convention for the noncentrality under its own name."""

from __future__ import annotations

import math

import numpy as np

from pilotage.stats.distributions import f_quantile
from pilotage.stats.noncentral_f import noncentral_f_sf

_NODES = 40  # of the quadrature over chance differences at baseline; 24 give the same ten digits


def f_power(noncentrality: float, df1: float, df2: float, alpha: float = 0.05) -> float:
    """Return the power of an F test: the probability that a noncentral F lies above the central one's critical value.

    With ``df1 = 1`` it is the power of the two-sided t test whose noncentrality is the square root.

    Parameters
    ----------
    noncentrality : float
        Lambda, 0 or more; 0 gives ``alpha``.
    df1, df2 : float
    alpha : float
        Level of significance, between 0 and 1.

    Raises
    ------
    ValueError
        When alpha is no share, lambda is below 0 or a df is not above 0.

    References
    ----------
    Cohen, J. (1988). Statistical power analysis for the behavioral sciences (2nd ed.), chapter 8.

    Examples
    --------
    >>> round(f_power(0.367523849288297**2 * 47, 1, 45), 9)
    0.693430784
    """
    return noncentral_f_sf(f_quantile(1 - alpha, df1, df2), df1, df2, noncentrality)


def cohen_f(partial_eta_squared: float) -> float:
    """Return Cohen's f behind a partial eta squared: ``sqrt(eta / (1 - eta))``.

    Raises
    ------
    ValueError
        When eta squared does not lie from 0 up to, and not at, 1.

    Examples
    --------
    >>> round(cohen_f(0.119), 4)
    0.3675
    """
    if not 0 <= partial_eta_squared < 1:
        raise ValueError(f"partial eta squared lies from 0 to below 1, and is {partial_eta_squared}")
    return math.sqrt(partial_eta_squared / (1 - partial_eta_squared))


def difference_noncentrality(difference: float, sd: float, n: int, m: int) -> float:
    """Return lambda of a difference between two means of independent groups: ``(difference / sd)^2 n m / (n + m)``.

    ``sd`` is that of what is compared: of the scores, of the changes, or of what ANCOVA leaves.

    Raises
    ------
    ValueError
        When the SD is not above 0 or a group is empty.

    Examples
    --------
    >>> difference_noncentrality(0.5, 1.0, 64, 64)
    8.0
    """
    if not (sd > 0 and n >= 1 and m >= 1):
        raise ValueError(f"needs an SD above 0 and people in both groups, not {sd}, {n} and {m}")
    return (difference / sd) ** 2 * n * m / (n + m)


def sd_of_change(sd: float, correlation: float, sd_after: float | None = None) -> float:
    """Return the SD of a change from the SDs before and after and their correlation; after as before when not said.

    ``sqrt(s0^2 + s1^2 - 2 r s0 s1)``, which is ``s sqrt(2 (1 - r))`` for equal SDs.

    Examples
    --------
    >>> sd_of_change(2.0, 0.5)
    2.0
    """
    after = sd if sd_after is None else sd_after
    return math.sqrt(sd * sd + after * after - 2 * correlation * sd * after)


def post_power(difference: float, sd: float, n: int, m: int, alpha: float = 0.05) -> float:
    """Return the power of Student's t on the scores after, with n + m - 2 df; the scores before are not used.

    Examples
    --------
    >>> round(post_power(0.5, 1.0, 64, 64), 4)
    0.8015
    """
    return f_power(difference_noncentrality(difference, sd, n, m), 1, n + m - 2, alpha)


def change_power(difference: float, sd: float, correlation: float, n: int, m: int, alpha: float = 0.05) -> float:
    """Return the power of Student's t on change, which is the F test of time by group at two occasions.

    Parameters
    ----------
    difference : float
        True difference in mean change, in the units of the scores.
    sd : float
        SD of the scores within groups, the same before and after.
    correlation : float
        Of the scores before with those after, within groups; below 1.
    n, m : int
        People analysed in the two groups.
    alpha : float
        Level of significance, two-sided.

    Examples
    --------
    >>> round(change_power(0.5, 1.0, 0.5, 64, 64), 4)
    0.8015
    """
    return post_power(difference, sd_of_change(sd, correlation), n, m, alpha)


def ancova_power(difference: float, sd: float, correlation: float, n: int, m: int, alpha: float = 0.05) -> float:
    """Return the power of ANCOVA on the scores after, given groups that happen to be alike before.

    The error variance is ``sd^2 (1 - r^2)``, the df are n + m - 3. It is a little too high, since groups differ
    before by chance; `ancova_power_over_baselines` averages over that. Parameters as in `change_power`.

    References
    ----------
    Borm, G. F., Fransen, J., & Lemmens, W. A. J. G. (2007). A simple sample size formula for analysis of covariance in
    randomized clinical trials. Journal of Clinical Epidemiology, 60(12), 1234-1238.

    Examples
    --------
    >>> round(ancova_power(0.5, 1.0, 0.5, 48, 48), 4)
    0.7993
    """
    left = sd * math.sqrt(1 - correlation**2)
    return f_power(difference_noncentrality(difference, left, n, m), 1, n + m - 3, alpha)


def ancova_power_over_baselines(
    difference: float, sd: float, correlation: float, n: int, m: int, alpha: float = 0.05
) -> float:
    """Return the power of ANCOVA averaged over the differences before that randomisation leaves, for a normal baseline.

    A difference before shrinks lambda by a factor B that follows Beta((N - 2) / 2, 1 / 2), so the power is the mean of
    ``f_power(lambda B, 1, N - 3)``, by Gauss-Legendre quadrature. Parameters as in `change_power`.

    Examples
    --------
    >>> round(ancova_power_over_baselines(0.5, 1.0, 0.5, 48, 48), 4)
    0.7951
    """
    left, people = sd * math.sqrt(1 - correlation**2), n + m
    whole = difference_noncentrality(difference, left, n, m)
    critical = f_quantile(1 - alpha, 1, people - 3)
    # With B = cos^2(a) the density of the angle is proportional to cos^(N - 3), narrow and smooth.
    farthest = min(math.pi / 2, 9 / math.sqrt(people - 3))
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    angles = (nodes + 1) / 2 * farthest
    density = weights * np.cos(angles) ** (people - 3)
    powers = [noncentral_f_sf(critical, 1, people - 3, whole * math.cos(angle) ** 2) for angle in angles]
    return float(density @ np.array(powers) / density.sum())
