"""A number we computed, how sure we are of it, from how many, and by which method."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A point estimate with its interval. Never rounded.

    Attributes
    ----------
    value : float
        The point estimate.
    low, high : float or None
        Limits of the interval; None where no interval is defined (the method says why).
    level : float or None
        Coverage of the interval, between 0 and 1.
    n : int
        How many people (or other units) it rests on.
    method : str
        The variant by name, such as ``"partial eta squared, noncentral F, lambda/(lambda+N)"``.
    """

    value: float
    low: float | None
    high: float | None
    level: float | None
    n: int
    method: str
