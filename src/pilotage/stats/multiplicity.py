"""p values adjusted for a family of tests, as R's ``p.adjust`` adjusts them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bonferroni(p_values: Sequence[float]) -> list[float]:
    """Multiply every p by the number of tests; keeps the family-wise error rate under any dependence.

    Parameters
    ----------
    p_values : sequence of float
        One p for each test of the family; none may be missing.

    Returns
    -------
    list of float
        Adjusted p values in the order given, at most 1.

    Raises
    ------
    ValueError
        When a p value is missing or lies outside 0 to 1.

    Examples
    --------
    >>> bonferroni([0.01, 0.04])
    [0.02, 0.08]
    """
    p = _checked(p_values)
    return _listed(np.minimum(len(p) * p, 1.0))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust by Holm's step-down; keeps the family-wise error rate under any dependence.

    Parameters, results and errors as in `bonferroni`.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics, 6(2).

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    p = _checked(p_values)
    order = np.argsort(p, kind="stable")
    factors = np.arange(len(p), 0, -1)
    return _back(np.maximum.accumulate(factors * p[order]), order)


def hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjust by Hochberg's step-up; keeps the family-wise error rate of independent or positively dependent tests.

    Parameters, results and errors as in `bonferroni`.

    References
    ----------
    Hochberg, Y. (1988). A sharper Bonferroni procedure for multiple tests of significance. Biometrika, 75(4), 800-802.

    Examples
    --------
    >>> hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    p = _checked(p_values)
    return _step_up(p, np.arange(1, len(p) + 1, dtype=float))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjust by Benjamini and Hochberg; keeps the false discovery rate, a weaker promise than the others here.

    Parameters, results and errors as in `bonferroni`.

    References
    ----------
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate: A practical and powerful approach to
    multiple testing. Journal of the Royal Statistical Society B, 57(1), 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    p = _checked(p_values)
    count = len(p)
    return _step_up(p, count / np.arange(count, 0, -1))


def hommel(p_values: Sequence[float]) -> list[float]:
    """Adjust by Hommel's method; at least as powerful as Hochberg's, under the same conditions.

    Parameters, results and errors as in `bonferroni`. The algorithm is Wright's (1992).

    References
    ----------
    Hommel, G. (1988). A stagewise rejective multiple test procedure based on a modified Bonferroni test. Biometrika,
    75(2), 383-386.
    Wright, S. P. (1992). Adjusted p-values for simultaneous inference. Biometrics, 48(4), 1005-1013.

    Examples
    --------
    >>> hommel([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    p = _checked(p_values)
    count = len(p)
    if count < 2:
        return _listed(p)
    order = np.argsort(p, kind="stable")
    ascending = p[order]
    adjusted = np.full(count, (count * ascending / np.arange(1, count + 1)).min())
    for m in range(count - 1, 1, -1):
        tail = ascending[count - m + 1 :]
        least = (m * tail / np.arange(2, m + 1)).min()
        shares = np.minimum(m * ascending[: count - m + 1], least)
        shares = np.concatenate([shares, np.full(m - 1, shares[-1])])
        adjusted = np.maximum(adjusted, shares)
    return _back(np.maximum(adjusted, ascending), order)


def _checked(p_values: Sequence[float]) -> Floats:
    p = np.asarray(p_values, dtype=float)
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError(f"every p value of a family must lie between 0 and 1, and they are {list(p_values)}")
    return p


def _step_up(p: Floats, factors: Floats) -> list[float]:
    order = np.argsort(-p, kind="stable")
    return _back(np.minimum.accumulate(factors * p[order]), order)


def _back(adjusted: Floats, order: NDArray[np.intp]) -> list[float]:
    result = np.empty_like(adjusted)
    result[order] = np.minimum(adjusted, 1.0)
    return _listed(result)


def _listed(values: Floats) -> list[float]:
    return [float(value) for value in values]
