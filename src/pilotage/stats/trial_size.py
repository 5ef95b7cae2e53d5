"""How many people and groups a trial needs whose one arm is taught in groups and whose other is not."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pilotage.stats import clusters
from pilotage.stats.distributions import f_quantile
from pilotage.stats.noncentral_f import noncentral_f_sf
from pilotage.stats.power import ancova_power_over_baselines, change_power, sd_of_change
from pilotage.stats.precision import smallest

FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Nested:
    """Two arms, the first in groups of equal size.

    Attributes
    ----------
    groups : int
        Groups of the first arm.
    size : float
        People analysed in each, on average.
    controls : int
        People analysed in the other arm, who have no group.
    icc : float
        Intraclass correlation of what is compared, among the people taught in groups.
    """

    groups: int
    size: float
    controls: int
    icc: float

    @property
    def design_effect(self) -> float:
        """What clustering multiplies the variance of the first arm's mean by: ``1 + (size - 1) icc``."""
        return clusters.design_effect(self.size, self.icc)


def nested_df(design: Nested) -> float:
    """Return Satterthwaite's degrees of freedom of the difference between a mean of groups and a mean of people.

    With ``a = DE / (k m)`` and ``b = 1 / c`` they are ``(a + b)^2 / (a^2 / (k - 1) + b^2 / (c - 1))``: few with few
    groups, however many people there are.

    References
    ----------
    Roberts, C., & Roberts, S. A. (2005). Design and analysis of clinical trials with clustering effects due to
    treatment. Clinical Trials, 2(2), 152-162.

    Examples
    --------
    >>> round(nested_df(Nested(groups=4, size=12, controls=48, icc=0.05)), 2)
    7.91
    """
    taught = design.design_effect / (design.groups * design.size)
    alone = 1 / design.controls
    return (taught + alone) ** 2 / (taught**2 / (design.groups - 1) + alone**2 / (design.controls - 1))


def nested_power(difference: float, sd: float, design: Nested, alpha: float = 0.05) -> float:
    """Return the power of the test of a partially nested design, with its Satterthwaite degrees of freedom.

    Parameters
    ----------
    difference : float
        In the units of ``sd``.
    sd : float
        SD, within arms, of what is compared: of changes, or of what ANCOVA leaves.
    design : Nested
    alpha : float

    Raises
    ------
    ValueError
        When there are fewer than two groups or two controls.

    Examples
    --------
    >>> round(nested_power(0.5, 1.0, Nested(groups=8, size=12, controls=96, icc=0.05)), 4)
    0.8275
    """
    if design.groups < FEWEST_GROUPS or design.controls < 2:
        raise ValueError(f"needs at least 2 groups and 2 controls, not {design.groups} and {design.controls}")
    variance = design.design_effect / (design.groups * design.size) + 1 / design.controls
    noncentrality, df = (difference / sd) ** 2 / variance, nested_df(design)
    return noncentral_f_sf(f_quantile(1 - alpha, 1, df), 1, df, noncentrality)


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a sample size is computed from.

    Attributes
    ----------
    difference : float
        The difference to be found, in the units of the scores.
    sd : float
        SD of the scores within arms.
    correlation : float
        Of the scores before with those after.
    attrition : float
        Share of the people who are not there to be analysed.
    alpha, power : float
    ratio : float
        Controls for each person taught.
    """

    difference: float
    sd: float
    correlation: float
    attrition: float = 0.0
    alpha: float = 0.05
    power: float = 0.8
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class TrialSize:
    """People to be enrolled and those left to be analysed.

    Attributes
    ----------
    method : str
    first, second : int
        Enrolled in the arm taught and in the other.
    analysed : tuple of int
        Those left after attrition.
    groups : int or None
        Groups of the first arm; None where clustering is not counted.
    design_effect : float
    power : float
        Reached with these numbers.
    """

    method: str
    first: int
    second: int
    analysed: tuple[int, int]
    groups: int | None
    design_effect: float
    power: float

    @property
    def people(self) -> int:
        """Enrolled in all."""
        return self.first + self.second


def size_by_change(assumed: Assumed) -> TrialSize:
    """Return how many people are needed when change is compared by Student's t, clustering not counted.

    Examples
    --------
    >>> size_by_change(Assumed(difference=0.5, sd=1.0, correlation=0.5)).analysed
    (64, 64)
    """
    return _size(assumed, change_power, "change, Student's t; noncentral t, n1 + n2 - 2 df")


def size_by_ancova(assumed: Assumed) -> TrialSize:
    """Return how many people are needed when the scores after are compared by ANCOVA, clustering not counted.

    About ``(1 - r^2)`` of those a comparison of the scores after alone would need, and one more.

    Examples
    --------
    >>> size_by_ancova(Assumed(difference=0.5, sd=1.0, correlation=0.5)).analysed
    (49, 49)
    """
    return _size(assumed, ancova_power_over_baselines, "ANCOVA, averaged over baselines; noncentral t, n1 + n2 - 3 df")


def _size(assumed: Assumed, power_of: Callable[..., float], method: str) -> TrialSize:
    _check(assumed)

    def arms(n: int) -> tuple[int, int]:
        return n, max(round(assumed.ratio * n), 2)

    def power(n: int) -> float:
        return power_of(assumed.difference, assumed.sd, assumed.correlation, *arms(n), assumed.alpha)

    n = smallest(lambda n: power(n) >= assumed.power, 3)
    first, second = (_enrolled(people, assumed.attrition) for people in arms(n))
    return TrialSize(method, first, second, arms(n), None, 1.0, power(n))


def size_in_groups(assumed: Assumed, sd_compared: float, icc: float, group_size: int, method: str) -> TrialSize:
    """Return the groups and people needed when one arm is taught in groups, with Satterthwaite's degrees of freedom.

    Parameters
    ----------
    assumed : Assumed
    sd_compared : float
        See `compared_sd_of_change` and `compared_sd_of_ancova`.
    icc : float
        Assumed for what is compared, from 0 to below 1.
    group_size : int
        People who begin in a group; attrition leaves fewer, and clustering goes by those left.
    method : str
        What is compared, in words.

    Examples
    --------
    >>> found = size_in_groups(Assumed(difference=0.5, sd=1.0, correlation=0.5), 1.0, 0.05, 12, "change")
    >>> found.groups, found.first, found.second
    (8, 96, 96)
    """
    _check(assumed)
    if not 0 <= icc < 1 or group_size < 2:
        raise ValueError(f"needs an ICC from 0 to below 1 and groups of at least 2, not {icc} and {group_size}")
    left = group_size * (1 - assumed.attrition)

    def design(groups: int) -> Nested:
        controls = math.floor(round(groups * group_size * assumed.ratio) * (1 - assumed.attrition))
        return Nested(groups, left, max(controls, 2), icc)

    def power(groups: int) -> float:
        return nested_power(assumed.difference, sd_compared, design(groups), assumed.alpha)

    groups = smallest(lambda k: power(k) >= assumed.power, FEWEST_GROUPS)
    chosen, first = design(groups), groups * group_size
    analysed = math.floor(groups * left), chosen.controls
    second = round(first * assumed.ratio)
    return TrialSize(method, first, second, analysed, groups, chosen.design_effect, power(groups))


def compared_sd_of_change(assumed: Assumed) -> float:
    """Return the SD of change: ``s sqrt(2 (1 - r))``."""
    return sd_of_change(assumed.sd, assumed.correlation)


def compared_sd_of_ancova(assumed: Assumed) -> float:
    """Return the SD of what ANCOVA leaves: ``s sqrt(1 - r^2)``."""
    return assumed.sd * math.sqrt(1 - assumed.correlation**2)


def _enrolled(analysed: int, attrition: float) -> int:
    return math.ceil(round(analysed / (1 - attrition), 9))


def _check(assumed: Assumed) -> None:
    shares = (assumed.alpha, assumed.power)
    if not (assumed.difference != 0 and assumed.sd > 0 and -1 < assumed.correlation < 1 and assumed.ratio > 0):
        raise ValueError("needs a difference, an SD above 0, a correlation between -1 and 1 and a ratio above 0")
    if not (0 <= assumed.attrition < 1 and all(0 < share < 1 for share in shares)):
        raise ValueError("attrition lies from 0 to below 1, alpha and power between 0 and 1")
