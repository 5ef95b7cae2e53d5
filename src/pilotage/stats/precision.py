"""How many people make an estimate precise enough, and the pilot sizes that others have proposed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pilotage.formatting import with_commas
from pilotage.stats.browne import sd_upper_limit
from pilotage.stats.distributions import chi_square_quantile, normal_quantile

_MOST = 10_000_000


def smallest(enough: Callable[[int], bool], first: int) -> int:
    """Return the smallest whole number from ``first`` on that is enough, when every larger one is enough too.

    Raises
    ------
    ValueError
        When none up to ten million is.

    Examples
    --------
    >>> smallest(lambda n: n * n >= 50, 2)
    8
    """
    low, high = first - 1, first
    while not enough(high):
        low, high = high, 2 * high
        if high > _MOST:
            raise ValueError(f"no number up to {with_commas(_MOST)} is enough")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def sd_half_width(df: float, level: float = 0.95) -> float:
    """Return half the width of the interval of an SD, as a share of the SD.

    Examples
    --------
    >>> round(sd_half_width(68), 3)
    0.173
    """
    lowest = math.sqrt(df / chi_square_quantile((1 + level) / 2, df))
    return (sd_upper_limit(1.0, df, (1 + level) / 2) - lowest) / 2


def people_for_sd(half_width: float, arms: int = 2, level: float = 0.95) -> int:
    """Return how many people in all an SD pooled within arms needs for an interval of so many per cent of it.

    Examples
    --------
    >>> people_for_sd(0.2)
    54
    """
    _check(half_width, level)
    return smallest(lambda n: sd_half_width(n - arms, level) <= half_width, arms + 2)


def proportion_half_width(share: float, n: int, level: float = 0.95) -> float:
    """Return half the width of Wilson's interval of a proportion, were exactly ``share`` of the people observed.

    References
    ----------
    Wilson, E. B. (1927). Probable inference. Journal of the American Statistical Association, 22(158), 209-212.

    Examples
    --------
    >>> round(proportion_half_width(0.8, 60), 3)
    0.1
    """
    z = normal_quantile((1 + level) / 2)
    return z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)


def people_for_proportion(share: float, half_width: float, level: float = 0.95) -> int:
    """Return how many people a proportion near ``share`` needs for a Wilson interval that reaches so far either way.

    Examples
    --------
    >>> people_for_proportion(0.8, 0.1), people_for_proportion(0.5, 0.1)
    (60, 93)
    """
    _check(half_width, level)
    if not 0 <= share <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, and is {share}")
    return smallest(lambda n: proportion_half_width(share, n, level) <= half_width, 2)


def correlation_half_width(correlation: float, n: int, level: float = 0.95, arms: int = 1) -> float:
    """Return half the width of Fisher's interval of a correlation pooled within arms.

    References
    ----------
    Bonett, D. G., & Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika, 65(1), 23-28.

    Examples
    --------
    >>> round(correlation_half_width(0.7, 50), 3)
    0.148
    """
    centre, reach = math.atanh(correlation), normal_quantile((1 + level) / 2) / math.sqrt(n - arms - 2)
    return (math.tanh(centre + reach) - math.tanh(centre - reach)) / 2


def people_for_correlation(correlation: float, half_width: float, arms: int = 2, level: float = 0.95) -> int:
    """Return how many people a correlation within arms needs for a Fisher interval that reaches so far on average.

    Examples
    --------
    >>> people_for_correlation(0.7, 0.1)
    106
    """
    _check(half_width, level)
    if not -1 < correlation < 1:
        raise ValueError(f"a correlation lies between -1 and 1, and is {correlation}")
    return smallest(lambda n: correlation_half_width(correlation, n, level, arms) <= half_width, arms + 3)


@dataclass(frozen=True, slots=True)
class PilotRule:
    """A size for a pilot that somebody proposed.

    Attributes
    ----------
    id, says, source : str
    people : callable
        In all, for two arms; of the standardised difference of the main trial and of its number of people.
    """

    id: str
    says: str
    source: str
    people: Callable[[float, int], tuple[int, int]]


# The least and the most for each arm, by the standardised difference up to which it is for (Whitehead et al. 2016).
WHITEHEAD_2016_PER_ARM = ((0.1, 75), (0.3, 25), (0.7, 15))


def whitehead_per_arm(standardised_difference: float) -> int:
    """Return the people per arm of a pilot by the main trial's standardised difference, 90 % power, 5 % two-sided.

    References
    ----------
    Whitehead, A. L., Julious, S. A., Cooper, C. L., & Campbell, M. J. (2016). Estimating the sample size for a pilot
    randomised trial to minimise the overall trial sample size. Statistical Methods in Medical Research, 25(3),
    1057-1073.

    Examples
    --------
    >>> whitehead_per_arm(0.05), whitehead_per_arm(0.2), whitehead_per_arm(0.5), whitehead_per_arm(0.8)
    (75, 25, 15, 10)
    """
    size = abs(standardised_difference)
    return next((people for limit, people in WHITEHEAD_2016_PER_ARM if size <= limit and size < 0.7), 10)


def _whitehead(difference: float, main: int) -> tuple[int, int]:
    people = 2 * whitehead_per_arm(difference)
    return people, people


def _cocks(difference: float, main: int) -> tuple[int, int]:
    people = math.ceil(0.09 * main)
    return people, people


PILOT_RULES = (
    PilotRule(
        "whitehead-2016",
        "75, 25, 15 or 10 an arm for a standardised difference up to 0.1, 0.3, 0.7 or above (90 % power)",
        "Whitehead et al. (2016), Statistical Methods in Medical Research 25:1057",
        _whitehead,
    ),
    PilotRule(
        "teare-2014-sd",
        "at least 70 people measured, for the SD of a continuous outcome",
        "Teare et al. (2014), Trials 15:264",
        lambda difference, main: (70, 70),
    ),
    PilotRule(
        "teare-2014-rate",
        "60 to 100 people, for the rate of an event",
        "Teare et al. (2014), Trials 15:264",
        lambda difference, main: (60, 100),
    ),
    PilotRule(
        "cocks-torgerson-2013",
        "at least 9 % of the main trial's people (one-sided 80 % limit)",
        "Cocks & Torgerson (2013), Journal of Clinical Epidemiology 66:197",
        _cocks,
    ),
)


def _check(half_width: float, level: float) -> None:
    if not (half_width > 0 and 0 < level < 1):
        raise ValueError(f"needs a half-width above 0 and a level between 0 and 1, not {half_width} and {level}")
