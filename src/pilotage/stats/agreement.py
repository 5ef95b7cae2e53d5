"""How far two raters agree in what they call the same things, beyond what chance alone would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def share_of_agreement(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return the share of things of which two raters said the same.

    Raises
    ------
    ValueError
        Without any thing that both rated.
    """
    if not pairs:
        raise ValueError("There is nothing that both raters rated.")
    return sum(first == second for first, second in pairs) / len(pairs)


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa of two raters, each of whom uses each name as often as they do.

        kappa = (p_o - p_e) / (1 - p_e),   p_e = sum over names of a b,

    where p_o is the share of agreement and a and b are the two raters' shares of a name. Names have no order: partly
    is as far from done as omitted is.

    Parameters
    ----------
    pairs : sequence of (first, second)
        What the first and the second rater called each thing: yes or no, or one of several names.

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
    first, second = Counter(name for name, _ in pairs), Counter(name for _, name in pairs)
    by_chance = sum(first[name] * second[name] for name in first) / n**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
