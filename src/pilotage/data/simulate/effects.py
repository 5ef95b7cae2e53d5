"""The sample value that an effect has on average, and the true effect behind a wanted average."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilotage.stats.roots import root_between

MOST_NONCENTRAL = 400.0


def expected_partial_eta_squared(noncentrality: float, df1: float, df2: float) -> float:
    """Return the mean of the sample partial eta squared of an F test.

    The sample value is SS / (SS + SS_error), a noncentral beta variable: a Poisson mixture of beta variables whose
    means are (df1 / 2 + j) / ((df1 + df2) / 2 + j).

    Parameters
    ----------
    noncentrality : float
        Lambda of the noncentral F; 0 where there is no effect, and even then the mean is above 0.
    df1, df2 : float
        Degrees of freedom of the effect and of its error.

    Examples
    --------
    >>> round(expected_partial_eta_squared(0.0, 1, 45), 4)
    0.0217
    >>> true = 0.119
    >>> round(expected_partial_eta_squared(47 * true / (1 - true), 1, 45), 3)
    0.136
    """
    half, total, weight, j = noncentrality / 2, 0.0, math.exp(-noncentrality / 2), 0
    reached = 0.0
    while reached < 1 - 1e-12 and j < 2000:
        total += weight * (df1 / 2 + j) / ((df1 + df2) / 2 + j)
        reached += weight
        j += 1
        weight *= half / j
    return total


def noncentrality_for(expected: float, df1: float, df2: float) -> float:
    """Return the noncentrality whose sample value is ``expected`` on average; 0 where chance alone gives more."""
    if expected <= expected_partial_eta_squared(0.0, df1, df2):
        return 0.0
    return root_between(
        lambda value: expected_partial_eta_squared(value, df1, df2) - expected, 0.0, MOST_NONCENTRAL, tolerance=1e-9
    )


@dataclass(frozen=True, slots=True)
class ChangeDesign:
    """How many people change and how many do not, and how stable true scores are between assessments."""

    changed: int
    rest: int
    stability: float

    @property
    def people(self) -> int:
        """Everyone."""
        return self.changed + self.rest

    @property
    def error_df(self) -> int:
        """Degrees of freedom of change within groups."""
        return self.people - (2 if self.rest else 1)

    @property
    def weight(self) -> float:
        """What the squared standardised difference in change is multiplied by to give the noncentrality."""
        return self.changed * self.rest / self.people if self.rest else float(self.changed)

    def difference_for(self, expected: float) -> float:
        """Return the true difference in change, in SDs of change, whose sample value is ``expected`` on average."""
        return math.sqrt(noncentrality_for(expected, 1, self.error_df) / self.weight)

    def true_alpha(self, expected: float) -> float:
        """Return the population's alpha whose sample alpha is ``expected`` on average (Feldt 1965: biased down)."""
        n = self.people
        return 1 - (1 - expected) * (n - 3) / (n - 1) if n > 3 else expected
