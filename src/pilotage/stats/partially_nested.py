"""A difference in change where one arm is taught in groups and the other is not, under assumed correlations."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pilotage.stats.clusters import ASSUMED_ICCS, design_effect, weighted_mean_size
from pilotage.stats.distributions import t_quantile, t_two_sided_p
from pilotage.stats.estimate import Estimate
from pilotage.stats.ttests import Summary, TTest, student_t_from_summaries, summary


@dataclass(frozen=True, slots=True)
class UnderAssumedIcc:
    """A difference in mean change if people taught together were this much alike.

    Attributes
    ----------
    icc : float
        Assumed.
    design_effects : dict of str to float
        By arm; 1 where nobody is taught in a group.
    difference : Estimate
        The same difference, with a wider interval.
    t, df, p : float
        Two-sided.
    """

    icc: float
    design_effects: dict[str, float]
    difference: Estimate
    t: float
    df: int
    p: float


@dataclass(frozen=True, slots=True)
class PartiallyNested:
    """What clustering may do to a difference in mean change.

    Attributes
    ----------
    unadjusted : TTest
        Student's t test, as if nobody were taught in a group.
    under : tuple of UnderAssumedIcc
        One for each assumed correlation.
    holds_up_to : float or None
        The ICC at which p reaches ``alpha``; None where p is at or above it without one, 1 where none does it.
    alpha : float
    method : str
    """

    unadjusted: TTest
    under: tuple[UnderAssumedIcc, ...]
    holds_up_to: float | None
    alpha: float
    method: str


METHOD = "Student's t with each arm's variance times its design effect; n1 + n2 - 2 df, as if the ICC were known"


def partially_nested_change(
    change: ArrayLike,
    arms: Sequence[str],
    reference: str,
    groups: Sequence[str | None],
    iccs: Sequence[float] = ASSUMED_ICCS,
    *,
    level: float = 0.95,
) -> PartiallyNested:
    """Compare the change of two arms, one or both of them taught in groups, under assumed correlations.

    ``SE = s_pooled sqrt(DE_1 / n_1 + DE_2 / n_2)`` with ``DE = 1 + (sum m^2 / sum m - 1) ICC`` in an arm taught in
    groups, and 1 in the other. The degrees of freedom are those without groups, n1 + n2 - 2: right if the correlation
    were known, optimistic since it is not.

    Parameters
    ----------
    change : array, shape (people,)
        Without missing values.
    arms : sequence of str
        Two different labels.
    reference : str
        The difference is the other arm less this one.
    groups : sequence of str or None
        The group each person was taught in; None for somebody taught alone.
    iccs : sequence of float
        0 to 1.
    level : float
        Coverage of the intervals; p is held against 1 - level.

    Raises
    ------
    ValueError
        When the lists do not fit, there are not two arms, the reference is none of them, an arm has fewer than two
        people, nobody differs, or an ICC lies outside 0 to 1.

    References
    ----------
    Candlish, J., Teare, M. D., Dimairo, M., Flight, L., Mandefield, L., & Walters, S. J. (2018). Appropriate
    statistical methods for analysing partially nested randomised controlled trials with continuous outcomes: A
    simulation study. BMC Medical Research Methodology, 18, 105.

    Examples
    --------
    >>> change = [1.0, 2.0, 3.0, 2.5, 0.0, 0.5, -0.5, 1.0]
    >>> found = partially_nested_change(change, ["x"] * 4 + ["c"] * 4, "c", ["g", "g", "h", "h"] + [None] * 4, [0.1])
    >>> round(found.unadjusted.p, 3), round(found.under[0].p, 3)
    (0.013, 0.014)
    """
    values = np.asarray(change, dtype=float)
    if not len(values) == len(arms) == len(groups):
        raise ValueError(f"{len(values)} changes do not fit {len(arms)} arms and {len(groups)} groups")
    other = _other(arms, reference)
    samples = {arm: summary(values[[a == arm for a in arms]]) for arm in (other, reference)}
    sizes = {arm: _sizes(arm, arms, groups) for arm in samples}
    return partially_nested_from_summaries(samples, reference, sizes, iccs, level=level)


def partially_nested_from_summaries(
    changes: Mapping[str, Summary],
    reference: str,
    sizes: Mapping[str, Sequence[int]],
    iccs: Sequence[float] = ASSUMED_ICCS,
    *,
    level: float = 0.95,
) -> PartiallyNested:
    """Return the same from means, SDs and sizes of two arms' changes; ``sizes`` are the groups', 1 for alone.

    Errors as in `partially_nested_change`.

    Examples
    --------
    >>> changes = {"training": Summary(0.7207, 1.0, 25), "control": Summary(0.0, 1.0, 22)}
    >>> sizes = {"training": [14, 11], "control": [1] * 22}
    >>> found = partially_nested_from_summaries(changes, "control", sizes, [0.02, 0.05, 0.10])
    >>> [round(under.p, 3) for under in found.under]
    [0.024, 0.034, 0.054]
    """
    other = _other(list(changes), reference)
    ours, theirs = changes[other], changes[reference]
    plain = student_t_from_summaries(ours, theirs, level)
    people = {arm: weighted_mean_size(sizes[arm]) for arm in (other, reference)}
    if not all(0 <= icc <= 1 for icc in iccs):
        raise ValueError(f"an assumed ICC lies between 0 and 1, not {list(iccs)}")
    n = {other: ours.n, reference: theirs.n}
    under = tuple(_under(plain, n, people, icc, level) for icc in iccs)
    return PartiallyNested(plain, under, _holds_up_to(plain, n, people, 1 - level), 1 - level, METHOD)


def _under(
    plain: TTest, n: Mapping[str, int], people: Mapping[str, float], icc: float, level: float
) -> UnderAssumedIcc:
    effects = {arm: design_effect(people[arm], icc) for arm in n}
    widened = math.sqrt(sum(effects[arm] / n[arm] for arm in n) / sum(1 / n[arm] for arm in n))
    difference, df = plain.difference.value, int(plain.df)
    t = plain.t / widened
    half = t_quantile((1 + level) / 2, df) * difference / t if t else _half(plain) * widened
    estimate = Estimate(difference, difference - half, difference + half, level, plain.n, METHOD)
    return UnderAssumedIcc(icc, effects, estimate, t, df, t_two_sided_p(t, df))


def _half(plain: TTest) -> float:
    high = plain.difference.high
    return high - plain.difference.value if high is not None else math.nan


def _holds_up_to(plain: TTest, n: Mapping[str, int], people: Mapping[str, float], alpha: float) -> float | None:
    """Return the ICC that widens the standard error until t is the critical one: the widening is linear in the ICC."""
    allowed = (plain.t / t_quantile(1 - alpha / 2, plain.df)) ** 2 - 1
    if allowed <= 0:
        return None
    grows = sum((people[arm] - 1) / n[arm] for arm in n) / sum(1 / n[arm] for arm in n)
    return min(allowed / grows, 1.0) if grows > 0 else 1.0


def _other(arms: Sequence[str], reference: str) -> str:
    labels = list(dict.fromkeys(arms))
    if len(labels) != 2 or reference not in labels:
        raise ValueError(f"needs two arms, one of them the reference '{reference}', not {labels}")
    return labels[0] if labels[1] == reference else labels[1]


def _sizes(arm: str, arms: Sequence[str], groups: Sequence[str | None]) -> list[int]:
    """Return the sizes of an arm's groups, people taught alone being groups of one."""
    mine = [group for a, group in zip(arms, groups, strict=True) if a == arm]
    named = [group for group in mine if group is not None]
    return [named.count(group) for group in dict.fromkeys(named)] + [1] * (len(mine) - len(named))
