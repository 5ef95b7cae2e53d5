"""Words for sizes, as named tables with their source; applied only where an analysis plan names one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleOfThumb:
    """Words for a measure's size.

    Attributes
    ----------
    measure : str
        What is measured.
    limits : tuple of (float, str)
        The least size that each word is for, rising.
    below : str
        The word for anything smaller.
    source : str
        Who proposed it, and where.
    """

    measure: str
    limits: tuple[tuple[float, str], ...]
    below: str
    source: str

    def name(self, value: float) -> str:
        """Return the word for a value; its sign does not matter.

        Examples
        --------
        >>> COHEN_1988_ETA_SQUARED.name(0.119)
        'medium'
        """
        reached = [word for least, word in self.limits if abs(value) >= least]
        return reached[-1] if reached else self.below


_COHEN = "Cohen, J. (1988). Statistical power analysis for the behavioral sciences (2nd ed.)"

COHEN_1988_ETA_SQUARED = RuleOfThumb(
    "eta squared",
    ((0.01, "small"), (0.06, "medium"), (0.14, "large")),
    "negligible",
    f"{_COHEN}, f = .10, .25, .40 turned into eta squared",
)
COHEN_1988_D = RuleOfThumb(
    "standardised difference", ((0.2, "small"), (0.5, "medium"), (0.8, "large")), "negligible", f"{_COHEN}, chapter 2"
)
COHEN_1988_R = RuleOfThumb(
    "correlation", ((0.1, "small"), (0.3, "medium"), (0.5, "large")), "negligible", f"{_COHEN}, chapter 3"
)
