"""Individual change: who changed more than the measure's error explains, and who recovered where norms say so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.estimate import Estimate
from pilotage.stats.proportions import clopper_pearson

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Better = Literal["higher", "lower"]

RELIABLE_Z = 1.96
"""Jacobson and Truax's criterion, in standard errors of a difference."""


class NoNormsError(ValueError):
    """Recovery was asked for, and nothing says what scores of people with and without the complaint look like."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people, and which share of all, with its exact interval.

    Attributes
    ----------
    people : int
    share : Estimate
    """

    people: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """People sorted by reliable change.

    Attributes
    ----------
    improved, unchanged, deteriorated : Counted
    sd_difference : float
        The SD of a difference between two scores of somebody whose true score stands still.
    threshold : float
        The change that must be exceeded, in units of the scores.
    reliability : float
        The coefficient used.
    whose : str
        Which coefficient that is, and of whom.
    sd_pre : float
        The SD used.
    """

    improved: Counted
    unchanged: Counted
    deteriorated: Counted
    sd_difference: float
    threshold: float
    reliability: float
    whose: str
    sd_pre: float

    @property
    def n(self) -> int:
        """People judged."""
        return self.unchanged.share.n


@dataclass(frozen=True, slots=True)
class Norms:
    """Published scores of people with the complaint and of people without it.

    Attributes
    ----------
    clinical_mean, clinical_sd, general_mean, general_sd : float
        In units of the scores.
    source : str
        Who published them.
    """

    clinical_mean: float
    clinical_sd: float
    general_mean: float
    general_sd: float
    source: str


def sd_of_difference(reliability: float, sd_pre: float) -> float:
    """Return the SD of a difference that measurement error alone makes: ``SD sqrt(2) sqrt(1 - r)``.

    Raises
    ------
    ValueError
        When the reliability is not at least 0 and below 1, or the SD is not above 0.

    References
    ----------
    Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change in
    psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12-19.

    Examples
    --------
    >>> round(sd_of_difference(0.91, 1.0) * RELIABLE_Z, 2)
    0.83
    """
    if not 0 <= reliability < 1:
        raise ValueError(f"reliable change needs a reliability of at least 0 and below 1, not {reliability:.3g}")
    if not sd_pre > 0:
        raise ValueError(f"reliable change needs an SD above 0, not {sd_pre:.3g}")
    return sd_pre * math.sqrt(2) * math.sqrt(1 - reliability)


def reliable_change(
    pre: ArrayLike,
    post: ArrayLike,
    reliability: float,
    sd_pre: float,
    better: Better = "higher",
    *,
    whose: str = "",
    level: float = 0.95,
) -> ReliableChange:
    """Sort people into reliably improved, unchanged and deteriorated, by Jacobson and Truax's index.

    The index is ``(post - pre) / (SD sqrt(2) sqrt(1 - r))``; a change counts beyond 1.96 on either side. Internal
    consistency is the most favourable reliability there is: it holds the error of one moment only, so that a retest
    coefficient gives a larger threshold.

    Parameters
    ----------
    pre, post : array, shape (people,)
        The same people, without missing values.
    reliability : float
        At least 0 and below 1.
    sd_pre : float
        SD of the scores before, of the people the reliability is about.
    better : {"higher", "lower"}
        Which way is better.
    whose : str
        Which reliability it is, for the record.
    level : float
        Coverage of the shares' exact intervals.

    Raises
    ------
    ValueError
        When the lists do not fit, a value is missing, nobody is given, the reliability is not at least 0 and below 1,
        or the SD is not above 0.

    References
    ----------
    Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change in
    psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12-19.

    Examples
    --------
    >>> found = reliable_change([20, 22, 25, 30], [30, 23, 24, 21], 0.9, 6.0)
    >>> found.improved.people, found.unchanged.people, found.deteriorated.people
    (1, 2, 1)
    """
    spread = sd_of_difference(reliability, sd_pre)
    index = _improvement(pre, post, better) / spread
    return ReliableChange(
        improved=_counted(index > RELIABLE_Z, level),
        unchanged=_counted(np.abs(index) <= RELIABLE_Z, level),
        deteriorated=_counted(index < -RELIABLE_Z, level),
        sd_difference=spread,
        threshold=RELIABLE_Z * spread,
        reliability=reliability,
        whose=whose,
        sd_pre=sd_pre,
    )


def clinical_cutoff(norms: Norms) -> float:
    """Return the point between both norms, each weighted by the other's SD: Jacobson and Truax's criterion c.

    ``c = (SD_general M_clinical + SD_clinical M_general) / (SD_general + SD_clinical)``.

    Raises
    ------
    ValueError
        When an SD is not above 0 or both means are the same.

    Examples
    --------
    >>> clinical_cutoff(Norms(24.0, 6.0, 14.0, 4.0, "made up"))
    18.0
    """
    if not (norms.clinical_sd > 0 and norms.general_sd > 0):
        raise ValueError(f"norms need SDs above 0, not {norms.clinical_sd} and {norms.general_sd}")
    if norms.clinical_mean == norms.general_mean:
        raise ValueError("norms whose means are the same do not tell two groups apart")
    weighted = norms.general_sd * norms.clinical_mean + norms.clinical_sd * norms.general_mean
    return weighted / (norms.general_sd + norms.clinical_sd)


def clinically_significant_change(
    pre: ArrayLike, post: ArrayLike, change: ReliableChange, norms: Norms | None, *, level: float = 0.95
) -> Counted:
    """Count who improved reliably and crossed the cut-off from the clinical to the general side.

    Which side is which follows from the norms' means. The share is of all people given, those who began on the general
    side included: they cannot recover.

    Parameters
    ----------
    pre, post : array, shape (people,)
        As given to `reliable_change`.
    change : ReliableChange
        Its threshold is used.
    norms : Norms or None
        None refuses.

    Raises
    ------
    NoNormsError
        When there are no norms: without them nothing says where recovery begins.
    ValueError
        When the lists do not fit, or the norms do not tell two groups apart.

    Examples
    --------
    >>> pre, post = [25.0, 25.0, 16.0], [12.0, 19.0, 5.0]
    >>> change = reliable_change(pre, post, 0.9, 6.0, "lower")
    >>> clinically_significant_change(pre, post, change, Norms(24.0, 6.0, 14.0, 4.0, "made up")).people
    1
    """
    if norms is None:
        raise NoNormsError(
            "clinically significant change needs norms of people with and without the complaint; none are given, and "
            "a cut-off made from the people of this study would move with them"
        )
    cutoff = clinical_cutoff(norms)
    better: Better = "higher" if norms.general_mean > norms.clinical_mean else "lower"
    sign = 1 if better == "higher" else -1
    before, after = np.asarray(pre, dtype=float), np.asarray(post, dtype=float)
    reliable = _improvement(pre, post, better) > change.threshold
    return _counted(reliable & (sign * before < sign * cutoff) & (sign * after >= sign * cutoff), level)


def _improvement(pre: ArrayLike, post: ArrayLike, better: str) -> Floats:
    before, after = np.asarray(pre, dtype=float), np.asarray(post, dtype=float)
    if before.ndim != 1 or before.shape != after.shape or len(before) == 0:
        raise ValueError(f"individual change needs two lists of the same people, not {before.shape} and {after.shape}")
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        raise ValueError("individual change needs scores without missing values")
    if better not in ("higher", "lower"):
        raise ValueError(f"better is 'higher' or 'lower', not {better!r}")
    change: Floats = after - before
    return change if better == "higher" else -change


def _counted(who: Flags, level: float) -> Counted:
    people = int(who.sum())
    return Counted(people, clopper_pearson(people, len(who), level))
