"""Tests of normality: Shapiro and Wilk's, and Lilliefors's with Dallal and Wilkinson's p."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import normal_cdf

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShapiroWilk:
    """Shapiro and Wilk's test.

    Attributes
    ----------
    w : float
        At most 1; the smaller, the less normal.
    p : float
    n : int
    method : str
    """

    w: float
    p: float
    n: int
    method: str = "Shapiro-Wilk W (AS R94)"


@dataclass(frozen=True, slots=True)
class Lilliefors:
    """Kolmogorov's test with estimated mean and SD.

    Attributes
    ----------
    d : float
        The largest distance between the distributions, 0 or more; the larger, the less normal.
    p : float
    n : int
    method : str
    """

    d: float
    p: float
    n: int
    method: str = "Lilliefors D, Dallal-Wilkinson p"


def shapiro_wilk(values: ArrayLike) -> ShapiroWilk:
    """Return Shapiro and Wilk's W by Royston's algorithm AS R94, as in R's ``shapiro.test``.

    Parameters
    ----------
    values : array, shape (people,)
        Without missing values; 3 to 5000.

    Raises
    ------
    ValueError
        When a value is missing, the sample is too small or too large, or all values are the same.

    References
    ----------
    Royston, P. (1995). Remark AS R94: A remark on algorithm AS 181: The W-test for normality. Applied Statistics, 44.

    Examples
    --------
    >>> test = shapiro_wilk([2.1, 3.4, 1.9, 5.6, 2.2, 2.8, 9.7])
    >>> round(test.w, 4), round(test.p, 4)
    (0.7711, 0.021)
    """
    x = _checked(values, 3, 5000)
    n = len(x)
    weights = _royston_weights(n)
    deviations = x - x.mean()
    scale = math.sqrt(float(deviations @ deviations) * float(weights @ weights))
    product = float(weights @ deviations)
    one_less_w = (scale - product) * (scale + product) / scale**2  # 1 - W kept apart, or its digits are lost near 1
    return ShapiroWilk(1 - one_less_w, _royston_p(one_less_w, n), n)


def lilliefors(values: ArrayLike) -> Lilliefors:
    """Return Kolmogorov's D with estimated mean and SD; p by Dallal and Wilkinson, as in R's ``nortest::lillie.test``.

    Above .1, where Dallal and Wilkinson's formula does not hold, p is by Stephens's modified statistic.

    Parameters
    ----------
    values : array, shape (people,)
        Without missing values; at least 5.

    Raises
    ------
    ValueError
        When a value is missing, the sample is too small, or all values are the same.

    References
    ----------
    Dallal, G. E., & Wilkinson, L. (1986). An analytic approximation to the distribution of Lilliefors's test statistic
    for normality. The American Statistician, 40(4), 294-296.
    Stephens, M. A. (1974). EDF statistics for goodness of fit and some comparisons. Journal of the American Statistical
    Association, 69(347), 730-737.

    Examples
    --------
    >>> test = lilliefors([2.1, 3.4, 1.9, 5.6, 2.2, 2.8, 9.7])
    >>> round(test.d, 4), round(test.p, 4)
    (0.2923, 0.0718)
    """
    x = _checked(values, 5, None)
    n = len(x)
    z = (x - x.mean()) / x.std(ddof=1)
    p = np.array([normal_cdf(value) for value in z])
    steps = np.arange(n + 1) / n
    d = float(max((steps[1:] - p).max(), (p - steps[:-1]).max()))
    p_value = _dallal_wilkinson_p(d, n)
    if p_value > 0.1:
        p_value = _stephens_p(d * (math.sqrt(n) - 0.01 + 0.85 / math.sqrt(n)))
    return Lilliefors(d, p_value, n)


def _checked(values: ArrayLike, least: int, most: int | None) -> Floats:
    x = np.sort(np.asarray(values, dtype=float))
    if x.ndim != 1 or not np.isfinite(x).all():
        raise ValueError("a test of normality needs one list of finite numbers")
    if len(x) < least or (most is not None and len(x) > most):
        raise ValueError(f"this test of normality is for {least} to {most or 'any number of'} values, not {len(x)}")
    if x[0] == x[-1]:
        raise ValueError("normality cannot be tested when all values are the same")
    return x


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    return sum(coefficient * x**power for power, coefficient in enumerate(coefficients))


def _royston_weights(n: int) -> Floats:
    """Return Royston's approximation to the weights of the ordered values, antisymmetric, rising."""
    if n == 3:
        return np.array([-math.sqrt(0.5), 0.0, math.sqrt(0.5)])
    normal = NormalDist()
    m = np.array([normal.inv_cdf((i - 0.375) / (n + 0.25)) for i in range(1, n + 1)])
    squares = float(m @ m)
    u = 1 / math.sqrt(n)
    last = m[-1] / math.sqrt(squares) + _polynomial((0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056), u)
    weights = m.copy()
    if n > 5:
        before = m[-2] / math.sqrt(squares) + _polynomial((0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633), u)
        weights /= math.sqrt((squares - 2 * m[-1] ** 2 - 2 * m[-2] ** 2) / (1 - 2 * last**2 - 2 * before**2))
        weights[-2], weights[1] = before, -before
    else:
        weights /= math.sqrt((squares - 2 * m[-1] ** 2) / (1 - 2 * last**2))
    weights[-1], weights[0] = last, -last
    return weights


def _royston_p(one_less_w: float, n: int) -> float:
    if n == 3:
        exact = 6 / math.pi * (math.asin(math.sqrt(1 - one_less_w)) - math.asin(math.sqrt(0.75)))
        return max(exact, 0.0)
    if one_less_w <= 0:
        return 1.0
    y, log_n = math.log(one_less_w), math.log(n)
    if n <= 11:
        gamma = _polynomial((-2.273, 0.459), n)
        if y >= gamma:
            return 1e-99
        y = -math.log(gamma - y)
        mean = _polynomial((0.544, -0.39978, 0.025054, -6.714e-4), n)
        sd = math.exp(_polynomial((1.3822, -0.77857, 0.062767, -0.0020322), n))
    else:
        mean = _polynomial((-1.5861, -0.31082, -0.083751, 0.0038915), log_n)
        sd = math.exp(_polynomial((-0.4803, -0.082676, 0.0030302), log_n))
    return normal_cdf((mean - y) / sd)


def _dallal_wilkinson_p(d: float, n: int) -> float:
    if n > 100:
        d, n = d * (n / 100) ** 0.49, 100
    shift = n + 2.78019
    return math.exp(
        -7.01256 * d * d * shift + 2.99587 * d * math.sqrt(shift) - 0.122119 + 0.974598 / math.sqrt(n) + 1.67997 / n
    )


def _stephens_p(modified: float) -> float:
    if modified <= 0.302:
        return 1.0
    if modified <= 0.5:
        return _polynomial((2.76773, -19.828315, 80.709644, -138.55152, 81.218052), modified)
    if modified <= 0.9:
        return _polynomial((-4.901232, 40.662806, -97.490286, 94.029866, -32.355711), modified)
    if modified <= 1.31:
        return _polynomial((6.198765, -19.558097, 23.186922, -12.234627, 2.423045), modified)
    return 0.0
