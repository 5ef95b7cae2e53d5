"""A difference between two arms at one occasion, however it was estimated."""

from __future__ import annotations

from dataclasses import dataclass


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
