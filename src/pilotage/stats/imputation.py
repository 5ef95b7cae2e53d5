"""Missing last scores: multiple imputation, and how far the missing must differ before the conclusion turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.rubin import Pooled, pool

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Analysis = Literal["change", "ancova"]

IMPUTATIONS = 100
FEWEST_RESIDUAL_DF = 5
"""Residual degrees of freedom below which a regression of the last scores of one arm is refused."""

DELTAS = tuple(round(-2 + 0.1 * step, 1) for step in range(41))
"""The shifts tried where none are named, in SDs of the first scores."""

_NAMES = {"change": "difference in mean change", "ancova": "difference adjusted for first scores (ANCOVA)"}


@dataclass(frozen=True, slots=True)
class Shifted:
    """The difference when the missing of one arm lie ``delta`` beside what was expected of them.

    Attributes
    ----------
    delta : float
        In the units of the scores.
    pooled : Pooled
    """

    delta: float
    pooled: Pooled

    @property
    def verdict(self) -> int:
        """1 where the interval lies above 0, -1 where below, 0 where it holds 0."""
        estimate = self.pooled.estimate
        low, high = estimate.low or 0.0, estimate.high or 0.0
        return int(low > 0) - int(high < 0)


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """A difference over a grid of shifts.

    Attributes
    ----------
    shifts : tuple of Shifted
        By rising delta, 0 among them.
    flips_below, flips_above : float or None
        The deltas nearest 0 with another verdict than without a shift; None where none of the grid has.
    imputed : dict of str to int
        Last scores imputed, by arm.
    sd : float
        SD of the first scores within arms.
    seed : int
    method : str
    """

    shifts: tuple[Shifted, ...]
    flips_below: float | None
    flips_above: float | None
    imputed: dict[str, int]
    sd: float
    seed: int
    method: str


def impute_last(scores: ArrayLike, groups: Sequence[str], *, imputations: int = IMPUTATIONS, seed: int = 1) -> Floats:
    """Draw the missing last scores, again and again, from what those with scores show.

    Within each arm the last score is regressed on all earlier ones, among people who have them all. Each imputation
    draws the residual variance (RSS / chi-square), then the coefficients, then the scores (proper imputation). Where
    somebody with a missing last score misses scores between as well, these are drawn first, each from those before.

    Parameters
    ----------
    scores : array, shape (people, occasions)
        Missing values are NaN; everybody has a first score.
    groups : sequence of str
        The arm of each person.
    imputations : int
        At least 2.
    seed : int

    Returns
    -------
    array, shape (imputations, people)
        The last scores, as observed or drawn.

    Raises
    ------
    ValueError
        When somebody has no first score, the lists do not fit, or an arm has too few people to learn from.

    References
    ----------
    Rubin, D. B. (1987). Multiple imputation for nonresponse in surveys, section 5.3.

    Examples
    --------
    >>> scores = [[1.0, 2], [2, 3.5], [3, 3], [4, 6], [5, 5], [6, 8], [7, 8], [8, np.nan]]
    >>> drawn = impute_last(scores, ["a"] * 8, imputations=2000)
    >>> drawn.shape, bool(abs(drawn[:, -1].mean() - 9.21) < 0.2)
    ((2000, 8), True)
    """
    values, arms = _checked(scores, groups)
    there = np.isfinite(values)
    completed = np.repeat(values[None], imputations, axis=0)
    for place, arm in enumerate(np.unique(arms)):
        random = np.random.default_rng([seed, place])
        lost = (arms == arm) & ~there[:, -1]
        for occasion in range(1, values.shape[1]):
            wanted = lost & ~there[:, occasion]
            if wanted.any():
                known = (arms == arm) & there[:, : occasion + 1].all(axis=1)
                drawn = _draw(values[known, : occasion + 1], completed[:, wanted, :occasion], random, str(arm))
                completed[:, wanted, occasion] = drawn
    return completed[:, :, -1]


def tipping_point(
    scores: ArrayLike,
    groups: Sequence[str],
    reference: str,
    arm: str,
    deltas: Sequence[float] | None = None,
    *,
    analysis: Analysis = "change",
    imputations: int = IMPUTATIONS,
    seed: int = 1,
    level: float = 0.95,
) -> TippingPoint:
    """Return the arm's difference from the reference when its missing people are shifted by each delta.

    Delta adjustment: the missing last scores of ``arm`` are imputed as if missing at random and then moved by delta;
    those of the other arms are imputed as if missing at random. The same imputations serve every delta, so that only
    delta differs between the rows. The difference moves by delta times the share of the arm that was imputed.

    Parameters
    ----------
    scores, groups : as for `impute_last`
    reference, arm : str
        The difference is ``arm`` less ``reference``; with more arms the error is pooled over all of them.
    deltas : sequence of float, optional
        In the units of the scores; -2 to 2 SDs of the first scores by tenths when not given. 0 is always tried.
    analysis : {"change", "ancova"}
        Which difference.
    imputations, seed : int
    level : float
        Coverage of the intervals that decide.

    Raises
    ------
    ValueError
        As in `impute_last`; when an arm is not there; when nobody differs.

    References
    ----------
    Carpenter, J. R., & Kenward, M. G. (2013). Multiple imputation and its application, chapter 10. Cro, S., Morris,
    T. P., Kenward, M. G., & Carpenter, J. R. (2020). Sensitivity analysis for clinical trials with missing continuous
    outcome data using controlled multiple imputation. Statistics in Medicine, 39(21), 2815-2842.

    Examples
    --------
    >>> scores = [[1.0, 4], [2, 4.5], [3, 7], [4, 6], [5, 9], [6, 8], [7, 11], [8, np.nan]]
    >>> scores += [[1.0, 1], [2, 2.5], [3, 3], [4, 5], [5, 5], [6, 6.5], [7, 6]]
    >>> found = tipping_point(scores, ["x"] * 8 + ["c"] * 7, "c", "x", [-20.0, 0.0])
    >>> [shift.verdict for shift in found.shifts], found.flips_below
    ([0, 1], -20.0)
    """
    values, arms = _checked(scores, groups)
    if analysis not in _NAMES:
        raise ValueError(f"the analysis is one of {', '.join(_NAMES)}, not {analysis!r}")
    if arm == reference or not {arm, reference} <= set(arms.tolist()):
        raise ValueError(f"'{arm}' cannot be compared with '{reference}'; the arms are {sorted(set(arms.tolist()))}")
    sd = _sd_within(values[:, 0], arms)
    last = impute_last(values, groups, imputations=imputations, seed=seed)
    lost = ~np.isfinite(values[:, -1])
    method = f"{_NAMES[analysis]}, {imputations} imputations within arms, Rubin's rules, Barnard-Rubin df"
    fit = _Fit(values[:, 0], arms, analysis, method, level)
    grid = np.asarray(DELTAS) * sd if deltas is None else np.asarray(deltas, dtype=float)
    moved = (lost & (arms == arm)).astype(float)
    shifts = tuple(
        Shifted(delta, fit.pooled(last + delta * moved, arm, reference)) for delta in np.union1d(grid, [0.0]).tolist()
    )
    below, above = _flips(shifts)
    imputed = {str(a): int((lost & (arms == a)).sum()) for a in dict.fromkeys(groups)}
    return TippingPoint(shifts, below, above, imputed, sd, seed, method)


def _checked(scores: ArrayLike, groups: Sequence[str]) -> tuple[Floats, NDArray[np.str_]]:
    values, arms = np.asarray(scores, dtype=float), np.asarray(groups, dtype=np.str_)
    if values.ndim != 2 or values.shape[1] < 2 or len(values) != len(arms):
        raise ValueError(f"needs people by at least two occasions and an arm each, not {values.shape} and {arms.shape}")
    if not np.isfinite(values[:, 0]).all():
        raise ValueError("somebody has no first score, from which the last could be learnt")
    return values, arms


def _draw(known: Floats, earlier: Floats, random: np.random.Generator, arm: str) -> Floats:
    """Draw scores from people's earlier ones (imputations, people, occasions), learnt from who has both."""
    X, y = np.column_stack((np.ones(len(known)), known[:, :-1])), known[:, -1]
    freedom = len(y) - X.shape[1]
    if freedom < FEWEST_RESIDUAL_DF:
        least = FEWEST_RESIDUAL_DF + X.shape[1]
        raise ValueError(
            f"missing scores of '{arm}' can be learnt from {len(y)} people only; at least {least} are needed"
        )
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError(f"missing scores of '{arm}' cannot be learnt: the earlier scores of its people do not differ")
    q, r = np.linalg.qr(X)
    best = np.linalg.solve(r, q.T @ y)
    rest = float(((y - X @ best) ** 2).sum())
    m, people = earlier.shape[:2]
    sigma = np.sqrt(rest / random.chisquare(freedom, m))
    coefficients = best + sigma[:, None] * np.linalg.solve(r, random.standard_normal((X.shape[1], m))).T
    expected = coefficients[:, :1] + np.einsum("mpk,mk->mp", earlier, coefficients[:, 1:])
    drawn: Floats = expected + sigma[:, None] * random.standard_normal((m, people))
    return drawn


def _sd_within(first: Floats, arms: NDArray[np.str_]) -> float:
    names, place = np.unique(arms, return_inverse=True)
    means = np.bincount(place, first) / np.bincount(place)
    df = len(first) - len(names)
    sd = float(np.sqrt(((first - means[place]) ** 2).sum() / df)) if df > 0 else 0.0
    if not sd > 0:
        raise ValueError("the first scores do not differ within arms, so that shifts have no unit")
    return sd


class _Fit:
    """Least squares of every completed data set at once: their design is the same."""

    def __init__(self, first: Floats, arms: NDArray[np.str_], analysis: str, method: str, level: float) -> None:
        self._names = np.unique(arms).tolist()
        columns = [(arms == name).astype(float) for name in self._names]
        self._first = first
        self._adjusts = analysis == "ancova"
        self._X = np.column_stack([*columns, first] if self._adjusts else columns)
        self._inverse = np.linalg.pinv(self._X)
        self._df = len(first) - self._X.shape[1]
        self._method, self._level = method, level

    def pooled(self, last: Floats, arm: str, reference: str) -> Pooled:
        y = (last if self._adjusts else last - self._first).T
        coefficients = self._inverse @ y
        variance = ((y - self._X @ coefficients) ** 2).sum(axis=0) / self._df
        contrast = np.zeros(self._X.shape[1])
        contrast[self._names.index(arm)], contrast[self._names.index(reference)] = 1, -1
        spread = float(((contrast @ self._inverse) ** 2).sum())
        return pool(contrast @ coefficients, variance * spread, self._df, y.shape[0], self._method, self._level)


def _flips(shifts: Sequence[Shifted]) -> tuple[float | None, float | None]:
    """Return the deltas nearest 0, on either side, whose verdict differs from that at 0."""
    plain = next(shift.verdict for shift in shifts if shift.delta == 0)
    turned = [shift.delta for shift in shifts if shift.verdict != plain]
    below, above = [d for d in turned if d < 0], [d for d in turned if d > 0]
    return (max(below) if below else None), (min(above) if above else None)
