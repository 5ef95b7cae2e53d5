"""Floor and ceiling effects: how many people are at each end of a scale, and how much room is left."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pilotage.stats.estimate import Estimate
from pilotage.stats.proportions import clopper_pearson
from pilotage.stats.rules_of_thumb import RuleOfThumb

TERWEE_2007_ENDS = RuleOfThumb(
    "share of people at an end of the scale",
    ((0.15, "too many at the end"),),
    "few at the end",
    "Terwee, C. B., et al. (2007). Quality criteria were proposed for measurement properties of health status "
    "questionnaires. Journal of Clinical Epidemiology, 60(1), 34-42: 15 %, here from 15 % on",
)


@dataclass(frozen=True, slots=True)
class FloorCeilingShares:
    """The shares of people at the ends of a scale, and the room that is left.

    Attributes
    ----------
    n : int
    at_minimum, at_maximum : Estimate
        Shares with exact intervals.
    floor, ceiling : bool
        Whether the rule calls that too many.
    rule : str
        Whose rule.
    headroom : float or None
        Distance of the mean from the better end, in SDs of these scores; None where they do not differ.
    """

    n: int
    at_minimum: Estimate
    at_maximum: Estimate
    floor: bool
    ceiling: bool
    rule: str
    headroom: float | None


def floor_ceiling_shares(
    scores: ArrayLike,
    minimum: float,
    maximum: float,
    better: Literal["higher", "lower"] = "higher",
    *,
    rule: RuleOfThumb = TERWEE_2007_ENDS,
    level: float = 0.95,
) -> FloorCeilingShares:
    """Return the shares of people at both ends of a scale, and the headroom ``(maximum - mean) / SD``.

    Where lower is better the headroom is ``(mean - minimum) / SD``. With less than an SD or two of room a programme can
    hardly show what it does.

    Parameters
    ----------
    scores : array, shape (people,)
        Without missing values.
    minimum, maximum : float
        The lowest and highest score there is.
    better : {"higher", "lower"}
    rule : RuleOfThumb
        From which share on an end is called too full.
    level : float
        Coverage of the shares' exact intervals.

    Raises
    ------
    ValueError
        When nobody is given, a value is missing or beyond the ends, or the ends are not in order.

    References
    ----------
    Terwee, C. B., et al. (2007). Quality criteria were proposed for measurement properties of health status
    questionnaires. Journal of Clinical Epidemiology, 60(1), 34-42.

    Examples
    --------
    >>> found = floor_ceiling_shares([5, 5, 4, 3, 4, 5, 2, 4], 1, 5)
    >>> found.at_maximum.value, found.ceiling, round(found.headroom, 2)
    (0.375, True, 0.94)
    """
    values = np.asarray(scores, dtype=float)
    if values.ndim != 1 or len(values) == 0 or not np.isfinite(values).all():
        raise ValueError("the ends of a scale are judged from scores without missing values, of one person at least")
    if not minimum < maximum:
        raise ValueError(f"the lowest score must lie below the highest, not {minimum} and {maximum}")
    slack = 1e-9 * (maximum - minimum)  # means of items may miss their end by rounding
    if values.min() < minimum - slack or values.max() > maximum + slack:
        raise ValueError(
            f"scores from {values.min():g} to {values.max():g} do not fit a scale of {minimum} to {maximum}"
        )
    low = clopper_pearson(int((values <= minimum + slack).sum()), len(values), level)
    high = clopper_pearson(int((values >= maximum - slack).sum()), len(values), level)
    full = rule.limits[0][0]
    mean, sd = float(values.mean()), float(values.std(ddof=1)) if len(values) > 1 else math.nan
    room = maximum - mean if better == "higher" else mean - minimum
    headroom = room / sd if sd > 0 else None
    return FloorCeilingShares(len(values), low, high, low.value >= full, high.value >= full, rule.source, headroom)
