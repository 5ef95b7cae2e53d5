"""The noncentral F distribution, precise in both tails, and the noncentralities that an F value allows."""

from __future__ import annotations

import math

from pilotage.stats.distributions import chi_square_quantile, f_tails
from pilotage.stats.incomplete import beta_tails, beta_weight, poisson_weight
from pilotage.stats.roots import root_between, root_of_decreasing

_NEGLIGIBLE = 1e-17
_LARGE = 1e6  # noncentralities beyond which the numerator's own variation no longer matters
_LOST = 1e-290  # a recurrence started from a tail smaller than this would stay at zero


def noncentral_f_cdf(f: float, df1: float, df2: float, ncp: float) -> float:
    """Return the probability of a noncentral F value of at most ``f``.

    A Poisson mixture of incomplete beta functions, summed downwards from its far end, so that every step adds:

        P = sum_j Poisson(j; ncp/2) I_x(df1/2 + j, df2/2),   x = df1 f / (df1 f + df2).

    Examples
    --------
    >>> round(noncentral_f_cdf(4.0, 1, 45, 5.0), 10)
    0.4043699042
    """
    return _noncentral_f(f, df1, df2, ncp, upper=False)


def noncentral_f_sf(f: float, df1: float, df2: float, ncp: float) -> float:
    """Return the probability of a noncentral F value above ``f``: the power of an F test with ``f`` critical."""
    return _noncentral_f(f, df1, df2, ncp, upper=True)


def _noncentral_f(f: float, df1: float, df2: float, ncp: float, *, upper: bool) -> float:
    if ncp < 0:
        raise ValueError(f"the noncentrality must not be below 0, and is {ncp}")
    if ncp == 0 or f <= 0 or math.isinf(f):
        return f_tails(f, df1, df2)[1 if upper else 0]
    ratio = df1 * f / df2
    x, y = ratio / (1 + ratio), 1 / (1 + ratio)
    mixture = _upper_mixture if upper else _lower_mixture
    return min(mixture(df1 / 2, df2 / 2, x, y, ncp / 2), 1.0)


def _lower_mixture(a: float, b: float, x: float, y: float, mean: float) -> float:
    """Sum Poisson weights times I_x(a + j, b), from large j down: I_x(a - 1, b) = I_x(a, b) + step."""
    mode, j = int(mean), _far_end(mean, +1)
    while j > 0 and beta_tails(a + j, b, x, y)[0] < _LOST:
        j = j * 9 // 10
    probability, weight = beta_tails(a + j, b, x, y)[0], poisson_weight(j, mean)
    step = beta_weight(a + j, b, x, y) / (a + j)
    total = weight * probability
    while j > 0:
        step *= (a + j) / (x * (a + j + b - 1))
        probability += step
        weight *= j / mean
        j -= 1
        term = weight * probability
        total += term
        if j < mode and total > 0 and term <= _NEGLIGIBLE * total:
            break
    return total


def _upper_mixture(a: float, b: float, x: float, y: float, mean: float) -> float:
    """Sum Poisson weights times 1 - I_x(a + j, b), from small j up, where the complement grows by each step."""
    mode, j = int(mean), _far_end(mean, -1)
    while beta_tails(a + j, b, x, y)[1] < _LOST and poisson_weight(j, mean) > 0:
        j += 1 + j // 10
    probability, weight = beta_tails(a + j, b, x, y)[1], poisson_weight(j, mean)
    step = beta_weight(a + j, b, x, y) / (a + j)
    total = weight * probability
    while weight > 0:
        probability += step
        step *= x * (a + j + b) / (a + j + 1)
        j += 1
        weight *= mean / j
        term = weight * probability
        total += term
        if j > mode and total > 0 and term <= _NEGLIGIBLE * total:
            break
    return total


def _far_end(mean: float, direction: int) -> int:
    """Return the j beyond which Poisson weights are negligible beside the largest: a normal bound, widened upwards."""
    return max(int(mean + direction * 9 * math.sqrt(mean)) + (14 if direction > 0 else 0), 0)


def noncentrality_interval_of_f(f: float, df1: float, df2: float, level: float) -> tuple[float, float]:
    """Return the noncentralities under which ``f`` lies at the upper and lower ends of its distribution.

    Parameters
    ----------
    f : float
        The F value observed, 0 or more.
    df1, df2 : float
        Its degrees of freedom.
    level : float
        Two-sided coverage, such as 0.90.

    Returns
    -------
    tuple of float
        Lower and upper limit; a limit is 0 where even noncentrality 0 leaves ``f`` inside, or below, its range.

    Raises
    ------
    ValueError
        When ``f`` is below 0 or the level lies outside 0 to 1.

    References
    ----------
    Steiger, J. H. (2004). Beyond the F test. Psychological Methods, 9(2), 164-182.

    Examples
    --------
    >>> low, high = noncentrality_interval_of_f(6.0783200908, 1, 45, 0.90)
    >>> round(low, 4), round(high, 4)
    (0.5523, 17.2345)
    """
    if not (f >= 0 and 0 < level < 1):
        raise ValueError(f"needs an F of 0 or more and a level between 0 and 1, not {f} and {level}")
    tail = (1 - level) / 2
    lower, upper = f_tails(f, df1, df2)
    start = df1 * f
    if start > _LARGE:
        # F is then the noncentrality over df1, divided by chi-square over its df; eta is the same to 1e-6.
        return start * chi_square_quantile(tail, df2) / df2, start * chi_square_quantile(1 - tail, df2) / df2
    low = high = 0.0
    if upper < tail:
        low = root_between(lambda ncp: tail - noncentral_f_sf(f, df1, df2, ncp), 0.0, start)
    if lower > tail:

        def excess(ncp: float) -> float:
            return (
                noncentral_f_cdf(f, df1, df2, max(ncp, 0.0)) - tail
            )  # the search may look below 0, never settle there

        high = root_of_decreasing(excess, start, step=start + 1, furthest=1e3 * (start + 10))
    return low, high
