"""Whether changes between occasions vary alike (sphericity), and by how much F's degrees of freedom shrink if not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.distributions import chi_square_sf

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mauchly:
    """Mauchly's test of sphericity.

    Attributes
    ----------
    w : float
        1 where every contrast varies alike, towards 0 where not.
    p : float
        By Box's chi-square approximation with the second-order term, exactly as R's ``mauchly.test`` has it.
    """

    w: float
    p: float


def greenhouse_geisser(within: Floats) -> float:
    """Return Greenhouse and Geisser's epsilon: trace(E)^2 / (p trace(E^2)).

    Parameters
    ----------
    within : array, shape (p, p)
        Pooled within-group sums of products of p = occasions - 1 orthonormal contrasts.

    Returns
    -------
    float
        Between 1/p and 1.

    References
    ----------
    Greenhouse, S. W., & Geisser, S. (1959). On methods in the analysis of profile data. Psychometrika, 24, 95-112.

    Examples
    --------
    >>> greenhouse_geisser(np.eye(3))
    1.0
    """
    return float(np.trace(within) ** 2 / (len(within) * (within * within.T).sum()))


def huynh_feldt(epsilon_gg: float, p: int, error_df: int) -> float | None:
    """Return Huynh and Feldt's epsilon with Lecoutre's correction, as in R's car and afex; may exceed 1.

    ``((error_df + 1) p e - 2) / (p (error_df - p e))`` with e Greenhouse-Geisser's.

    Parameters
    ----------
    epsilon_gg : float
        Greenhouse-Geisser's epsilon.
    p : int
        Occasions less 1.
    error_df : int
        People less groups.

    Returns
    -------
    float or None
        None where there are so few people that the divisor is not above 0.

    References
    ----------
    Lecoutre, B. (1991). A correction for the epsilon approximate test in repeated measures designs with two or more
    independent groups. Journal of Educational Statistics, 16(4), 371-372.
    """
    spare = error_df - p * epsilon_gg
    return ((error_df + 1) * p * epsilon_gg - 2) / (p * spare) if spare > 1e-9 * p else None


def mauchly_test(within: Floats, error_df: int) -> Mauchly | None:
    """Return Mauchly's W = det(E) / (trace(E)/p)^p, and its p; None where there are too few people for it.

    Parameters
    ----------
    within : array, shape (p, p)
        Pooled within-group sums of products of p orthonormal contrasts.
    error_df : int
        People less groups; the test needs at least p.

    References
    ----------
    Mauchly, J. W. (1940). Significance test for sphericity of a normal n-variate distribution.
    Anderson, T. W. (2003). An introduction to multivariate statistical analysis (3rd ed.), section 10.7.4.
    """
    p = len(within)
    if error_df < p:
        return None
    w = float(np.linalg.det(within)) / (float(np.trace(within)) / p) ** p
    if w <= 0:
        return Mauchly(0.0, 0.0)
    rho = 1 - (2 * p * p + p + 2) / (6 * p * error_df)
    # R counts occasions, p + 1, in the term 3 (p + 1) where the expansion has 3 p; six occasions: 2 in 10,000 of p.
    cubic = 2 * p**3 + 6 * p * p + 3 * (p + 1) + 2
    second = (p + 2) * (p - 1) * (p - 2) * cubic / (288 * (error_df * p * rho) ** 2)
    chi_square = -error_df * rho * math.log(min(w, 1.0))
    df = p * (p + 1) / 2 - 1
    first_order = chi_square_sf(chi_square, df)
    return Mauchly(w, first_order + second * (chi_square_sf(chi_square, df + 4) - first_order))
