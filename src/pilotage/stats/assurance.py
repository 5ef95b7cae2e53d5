"""Assurance: the power a trial has on average over what is not known of its assumptions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pilotage.stats.distributions import beta_quantile, chi_square_quantile

SHARES = 25
"""Equally probable slices of a posterior, each taken at its middle; twice as many change the fourth digit."""

PowerOf = Callable[[float, float, float], float]
"""Power by SD, intraclass correlation and share lost."""


@dataclass(frozen=True, slots=True)
class Assurance:
    """An average power and what it averages over.

    Attributes
    ----------
    value : float
        The average.
    lowest_tenth : float
        The power that is exceeded with a probability of 90 %, given these posteriors.
    over : str
        What is averaged over, by name.
    """

    value: float
    lowest_tenth: float
    over: str


def sd_posterior(sd: float, df: float, shares: int = SHARES) -> tuple[float, ...]:
    """Return equally probable values of a true SD given the sample's: ``s sqrt(df / chi2)``, prior 1 / sigma^2.

    References
    ----------
    Gelman, A., Carlin, J. B., Stern, H. S., Dunson, D. B., Vehtari, A., & Rubin, D. B. (2013). Bayesian data analysis
    (3rd ed.), section 3.2.

    Examples
    --------
    >>> [round(sd, 3) for sd in sd_posterior(1.0, 45, 3)]
    [0.912, 1.007, 1.12]
    """
    return tuple(sd * math.sqrt(df / chi_square_quantile(1 - (k + 0.5) / shares, df)) for k in range(shares))


def share_posterior(count: int, n: int, shares: int = SHARES) -> tuple[float, ...]:
    """Return equally probable values of a true share given so many of n, by Jeffreys's prior Beta(1/2, 1/2).

    Examples
    --------
    >>> [round(share, 3) for share in share_posterior(2, 47, 3)]
    [0.023, 0.046, 0.081]
    """
    if not (n >= 1 and 0 <= count <= n):
        raise ValueError(f"a share needs 0 <= count <= n and n >= 1, not {count} of {n}")
    return tuple(beta_quantile((k + 0.5) / shares, count + 0.5, n - count + 0.5) for k in range(shares))


def assurance(
    power_of: PowerOf, sds: Sequence[float], iccs: Sequence[tuple[float, float]], lost: Sequence[float]
) -> Assurance:
    """Return the average of power over independent priors of the SD, the clustering and the attrition.

    Parameters
    ----------
    power_of : callable
        Power by SD, intraclass correlation and share lost; the difference is fixed, for it is what the trial must find.
    sds : sequence of float
        Equally probable values, see `sd_posterior`.
    iccs : sequence of (value, weight)
        A prior by values with weights; the weights need not add up to 1.
    lost : sequence of float
        Equally probable values, see `share_posterior`.

    Raises
    ------
    ValueError
        When a sequence is empty or the weights are not above 0.

    References
    ----------
    O'Hagan, A., Stevens, J. W., & Campbell, M. J. (2005). Assurance in clinical trial design. Pharmaceutical
    Statistics, 4(3), 187-201.

    Examples
    --------
    >>> from pilotage.stats.power import post_power
    >>> found = assurance(lambda sd, icc, lost: post_power(0.5, sd, 64, 64), sd_posterior(1.0, 45), [(0.0, 1.0)], [0.0])
    >>> round(found.value, 3), round(found.lowest_tenth, 2)
    (0.788, 0.68)
    """
    if not (sds and iccs and lost) or any(weight <= 0 for _, weight in iccs):
        raise ValueError("assurance needs at least one value of each assumption, with weights above 0")
    powers = sorted((power_of(sd, icc, share), weight) for sd in sds for icc, weight in iccs for share in lost)
    whole = math.fsum(weight for _, weight in powers)
    mean = math.fsum(power * weight for power, weight in powers) / whole
    reached, lowest = 0.0, powers[0][0]
    for power, weight in powers:
        reached += weight
        lowest = power
        if reached >= 0.1 * whole:
            break
    averaged = [name for name, values in (("the SD", sds), ("the ICC", iccs), ("attrition", lost)) if len(values) > 1]
    return Assurance(mean, lowest, ", ".join(averaged) or "nothing")
