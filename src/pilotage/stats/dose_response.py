"""Dose against change, by ranks, with the smallest correlation that so many people could tell from none."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from pilotage.stats.correlation import Correlation, critical_r, spearman


@dataclass(frozen=True, slots=True)
class DoseResponse:
    """A rank correlation of dose with change.

    Attributes
    ----------
    rank : Correlation
        Spearman's rho with its interval.
    critical : float
        The smallest correlation significant at .05 with so many people: one below it is not "no relation".
    """

    rank: Correlation
    critical: float

    @property
    def n(self) -> int:
        """People in the correlation."""
        return self.rank.n


def dose_response(dose: ArrayLike, change: ArrayLike, level: float = 0.95) -> DoseResponse:
    """Return Spearman's rho of dose with change; ranks, since minutes are skewed.

    Parameters
    ----------
    dose, change : array, shape (people,)
        The same people, without missing values; at least three.
    level : float
        Coverage; the critical correlation is that at 1 - level.

    Raises
    ------
    ValueError
        As in `pilotage.stats.correlation.spearman`.

    Examples
    --------
    >>> found = dose_response([30, 60, 90, 300, 45], [1, 2, 2, 5, 3])
    >>> round(found.rank.estimate.value, 2), round(found.critical, 2)
    (0.67, 0.88)
    """
    rank = spearman(dose, change, level)
    return DoseResponse(rank, critical_r(rank.n, 1 - level))
