"""How far two raters agree who say yes or no of the same things, beyond what chance alone would give."""

from __future__ import annotations

from collections.abc import Sequence


def share_of_agreement(pairs: Sequence[tuple[bool, bool]]) -> float:
    """The share of things of which two raters said the same.

    Raises
    ------
    ValueError
        Without any thing that both rated.
    """
    if not pairs:
        raise ValueError("There is nothing that both raters rated.")
    return sum(one == other for one, other in pairs) / len(pairs)


def cohen_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two raters, each with shares of yes of their own.

        kappa = (p_o - p_e) / (1 - p_e),   p_e = a b + (1 - a)(1 - b),

    where p_o is the share of agreement and a and b are the two raters' shares of yes.

    Parameters
    ----------
    pairs : sequence of (bool, bool)
        What the first and the second rater said of each thing.

    Returns
    -------
    float or None
        None where both said the same of everything, so that chance leaves nothing to agree on.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20,
    37-46.

    Examples
    --------
    >>> round(cohen_kappa([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15), 2)
    0.4
    """
    observed, n = share_of_agreement(pairs), len(pairs)
    first, second = sum(one for one, _ in pairs) / n, sum(other for _, other in pairs) / n
    by_chance = first * second + (1 - first) * (1 - second)
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
