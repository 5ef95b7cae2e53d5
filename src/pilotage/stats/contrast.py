"""A difference between two arms at one occasion, however it was estimated."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.stats.distributions import t_quantile, t_two_sided_p


@dataclass(frozen=True, slots=True)
class Contrast:
    """One arm less its reference.

    Attributes
    ----------
    arm, reference : str
        Labels; the estimate is that of ``arm`` minus that of ``reference``.
    occasion : int
        Which occasion, from 0; change methods compare with occasion 0.
    estimate : float
        In the units of the scores.
    se, df, t : float or None
        None where the method has none (a permutation test).
    p : float
        Two-sided.
    low, high : float or None
        Limits of the interval; None where the method gives none.
    level : float
        Coverage of the interval.
    n : int
        People it rests on.
    method : str
        The variant by name.
    """

    arm: str
    reference: str
    occasion: int
    estimate: float
    se: float | None
    df: float | None
    t: float | None
    p: float
    low: float | None
    high: float | None
    level: float
    n: int
    method: str


def t_contrast(
    arms: tuple[str, str], occasion: int, fitted: tuple[float, float, float], level: float, n: int, method: str
) -> Contrast:
    """Make a contrast whose test and interval are Student's t.

    Parameters
    ----------
    arms : tuple of str
        The arm and its reference.
    occasion : int
    found : tuple of float
        Estimate, standard error, degrees of freedom.
    level : float
        Two-sided coverage.
    n : int
    method : str

    Raises
    ------
    ValueError
        When the standard error or the degrees of freedom are not above 0, or the level is not a share.

    Examples
    --------
    >>> round(t_contrast(("training", "control"), 1, (2.0, 1.0, 45), 0.95, 47, "an example").low, 6)
    -0.014103
    """
    estimate, se, df = fitted
    if not se > 0:
        raise ValueError("t is not defined: the scores do not differ within the groups, so that their error is zero")
    t, half = estimate / se, t_quantile((1 + level) / 2, df) * se
    p, low, high = t_two_sided_p(t, df), estimate - half, estimate + half
    return Contrast(*arms, occasion, estimate, se, df, t, p, low, high, level, n, method)
