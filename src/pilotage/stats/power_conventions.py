"""The noncentralities that programs put behind one observed effect of time by group, each under its own name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pilotage.stats.power import cohen_f, f_power

POST_HOC_WARNING = (
    "A power computed from the effect that was observed is another way of writing its p value. It says nothing of the "
    "study's chances beforehand and nothing of the next study."
)


@dataclass(frozen=True, slots=True)
class Convention:
    """One way from f and the number of people to lambda.

    Attributes
    ----------
    id, formula, source : str
    noncentrality : callable
        Of f and of the number of people, for two groups measured twice.
    """

    id: str
    formula: str
    source: str
    noncentrality: Callable[[float, int], float]


@dataclass(frozen=True, slots=True)
class ConventionalPower:
    """What one convention makes of an effect."""

    convention: str
    formula: str
    source: str
    f: float
    noncentrality: float
    power: float


def within_between(f: float, people: int, correlation: float, occasions: int = 2) -> float:
    """Return lambda of a within-between interaction as G*Power 3.0 computes it by default: ``f^2 N m / (1 - rho)``.

    Its f is not that of an observed partial eta squared, in which the correlation is already contained; put one in, and
    the power comes out far too high.

    References
    ----------
    Faul, F., Erdfelder, E., Lang, A.-G., & Buchner, A. (2007). G*Power 3. Behavior Research Methods, 39(2), 175-191.

    Examples
    --------
    >>> within_between(0.25, 40, 0.5)
    10.0
    """
    return f * f * people * occasions / (1 - correlation)


CONVENTIONS = (
    Convention(
        "f rounded, times N",
        "lambda = f^2 N, f to two digits",
        "Cohen (1988), with f as typed into a program",
        lambda f, n: round(f, 2) ** 2 * n,
    ),
    Convention("f times N", "lambda = f^2 N", "Cohen (1988); G*Power's generic F test", lambda f, n: f * f * n),
    Convention(
        "f times error df",
        "lambda = f^2 (N - 2) = F",
        "what SPSS prints as observed power",
        lambda f, n: f * f * (n - 2),
    ),
    Convention(
        "within-between, rho 0",
        "lambda = f^2 N m / (1 - rho), m = 2, rho = 0",
        "G*Power 3.0",
        lambda f, n: within_between(f, n, 0.0),
    ),
    Convention(
        "within-between, rho .5",
        "lambda = f^2 N m / (1 - rho), m = 2, rho = .5",
        "G*Power 3.0, its default correlation",
        lambda f, n: within_between(f, n, 0.5),
    ),
)


def post_hoc_power(partial_eta_squared: float, people: int, alpha: float = 0.05) -> tuple[ConventionalPower, ...]:
    """Return the power "observed" for a time-by-group effect of two groups at two occasions, under each convention.

    For reading what others report, and for nothing else: see `POST_HOC_WARNING`.

    Parameters
    ----------
    partial_eta_squared : float
        As observed, from 0 to below 1.
    people : int
        In both groups together, at least 3.
    alpha : float

    Raises
    ------
    ValueError
        When eta squared, the number of people or alpha lie outside their ranges.

    References
    ----------
    Hoenig, J. M., & Heisey, D. M. (2001). The abuse of power. The American Statistician, 55(1), 19-24.

    Examples
    --------
    The power of 0.70 of the study of 2020 is that of its largest effect alone, self-compassion, with f rounded:

    >>> [round(found.power, 3) for found in post_hoc_power(0.119, 47)]
    [0.699, 0.693, 0.675, 0.937, 0.999]
    """
    if people < 3:
        raise ValueError(f"two groups need at least 3 people for an error term, not {people}")
    f = cohen_f(partial_eta_squared)
    powers = []
    for convention in CONVENTIONS:
        noncentrality = convention.noncentrality(f, people)
        power = f_power(noncentrality, 1, people - 2, alpha)
        powers.append(ConventionalPower(convention.id, convention.formula, convention.source, f, noncentrality, power))
    return tuple(powers)
