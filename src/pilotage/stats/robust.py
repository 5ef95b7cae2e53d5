"""Regression errors that hold when variances differ between people (HC2, HC3) or people come in clusters (CR2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast, t_contrast
from pilotage.stats.design import indicators, one_list, other_arms
from pilotage.stats.least_squares import LeastSquares, ols

__all__ = [
    "FEWEST_CLUSTERS",
    "FEWEST_CLUSTERS_IN_AN_ARM",
    "Robust",
    "cr2",
    "hc2",
    "hc3",
    "ols",
    "robust_change_contrast",
]

Floats = NDArray[np.float64]
Clusters = Sequence[str] | NDArray[np.str_]

# With fewer, the Satterthwaite degrees of freedom fall below about 4, where Tipton (2015) finds p no longer reliable.
FEWEST_CLUSTERS = 10
FEWEST_CLUSTERS_IN_AN_ARM = 5


@dataclass(frozen=True, slots=True)
class Robust:
    """A linear model with robust errors.

    Attributes
    ----------
    coefficients : array, shape (columns,)
    vcov : array, shape (columns, columns)
    df : array, shape (columns,)
        Of the t test of each coefficient.
    n : int
    method : str
    """

    coefficients: Floats
    vcov: Floats
    df: Floats
    n: int
    method: str

    @property
    def se(self) -> Floats:
        """Standard errors of the coefficients."""
        errors: Floats = np.sqrt(np.diag(self.vcov))
        return errors


def hc3(X: ArrayLike, y: ArrayLike) -> Robust:
    """Fit by least squares with MacKinnon and White's HC3: each residual divided by 1 - its leverage.

        V = B (sum x x' e^2 / (1 - h)^2) B,   B = (X'X)^-1

    t is read on people less columns degrees of freedom. Parameters as in `pilotage.stats.least_squares.ols`.

    Raises
    ------
    ValueError
        As `ols`, and when one person alone determines a coefficient (leverage 1).

    References
    ----------
    MacKinnon, J. G., & White, H. (1985). Some heteroskedasticity-consistent covariance matrix estimators with improved
    finite sample properties. Journal of Econometrics, 29(3), 305-325.
    Long, J. S., & Ervin, L. H. (2000). Using heteroscedasticity consistent standard errors in the linear regression
    model. The American Statistician, 54(3), 217-224.

    Examples
    --------
    >>> line = hc3([[1, 0], [1, 0], [1, 1], [1, 1]], [1, 3, 4, 8])
    >>> line.vcov.round(6).tolist()
    [[2.0, -2.0], [-2.0, 10.0]]
    """
    design = np.asarray(X, dtype=float)
    fit = ols(design, y)
    scores = design * (fit.residuals / _one_less_leverage(fit))[:, None]
    df = np.full(design.shape[1], float(fit.df))
    return Robust(fit.coefficients, _sandwich(fit, scores), df, fit.n, "HC3 errors")


def hc2(X: ArrayLike, y: ArrayLike) -> Robust:
    """Fit with HC2, e^2 / (1 - h), and Bell and McCaffrey's degrees of freedom: CR2 of one person each.

    In two groups it is Welch's standard error. Parameters and errors as in `hc3`.

    Examples
    --------
    >>> line = hc2([[1, 0], [1, 0], [1, 1], [1, 1]], [1, 3, 4, 8])
    >>> round(float(line.vcov[1, 1]), 6), round(float(line.df[1]), 6)
    (5.0, 2.0)
    """
    design = np.asarray(X, dtype=float)
    fit = ols(design, y)
    _one_less_leverage(fit)
    return _bell_mccaffrey(design, fit, [np.array([person]) for person in range(fit.n)], "HC2 errors")


def cr2(X: ArrayLike, y: ArrayLike, clusters: Clusters) -> Robust:
    """Fit by least squares with Bell and McCaffrey's bias-reduced cluster errors (CR2) and their degrees of freedom.

    Each cluster's residuals are multiplied by (I - H_gg)^(-1/2), which makes the variance unbiased where errors are in
    truth independent and alike; the degrees of freedom are Satterthwaite's under that same working model:

        V = B (sum X_g' A_g e_g e_g' A_g X_g) B,   df = (sum p_g'p_g)^2 / sum (p_g'p_h)^2,
        p_g = (I - H)_g A_g X_g B c

    Parameters
    ----------
    X : array, shape (people, columns)
    y : array, shape (people,)
    clusters : sequence or array of str
        The cluster of each person; who stands alone is a cluster of one.

    Raises
    ------
    ValueError
        As `ols`; when there are fewer than `FEWEST_CLUSTERS` clusters; when one cluster alone determines a coefficient.

    References
    ----------
    Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage
    samples. Survey Methodology, 28(2), 169-181.
    Tipton, E. (2015). Small sample adjustments for robust variance estimation with meta-regression. Psychological
    Methods, 20(3), 375-393.

    Examples
    --------
    >>> arm, y = [0] * 10 + [1] * 10, [1, 2, 4, 5, 2, 2, 6, 7, 3, 5, 4, 6, 7, 8, 3, 5, 9, 8, 6, 4]
    >>> found = cr2([[1, a] for a in arm], y, [f"pair {i // 2}" for i in range(20)])
    >>> round(float(found.coefficients[1]), 6), round(float(found.se[1]), 6), round(float(found.df[1]), 6)
    (2.3, 1.240967, 8.0)
    """
    design = np.asarray(X, dtype=float)
    fit = ols(design, y)
    if len(clusters) != fit.n:
        raise ValueError(f"{fit.n} people do not fit {len(clusters)} cluster labels")
    labels, cluster_of = np.unique([str(cluster) for cluster in clusters], return_inverse=True)
    if len(labels) < FEWEST_CLUSTERS:
        raise ValueError(
            f"{len(labels)} clusters are too few for cluster-robust errors, which need {FEWEST_CLUSTERS}: the spread "
            "between so few cannot be estimated; say what the difference would be worth for assumed correlations"
        )
    members = [np.flatnonzero(cluster_of == k) for k in range(len(labels))]
    return _bell_mccaffrey(design, fit, members, f"CR2 errors, {len(labels)} clusters")


def robust_change_contrast(
    change: ArrayLike,
    groups: Sequence[str] | NDArray[np.str_],
    reference: str,
    clusters: Clusters | None = None,
    level: float = 0.95,
    *,
    occasion: int = 1,
) -> tuple[Contrast, ...]:
    """Return how much more each arm changed than the reference, with errors that allow arms to vary differently.

    Without clusters by `hc3`; with clusters by `cr2`, people alone being clusters of one.

    Parameters
    ----------
    change : array, shape (people,)
    groups : sequence or array of str
    reference : str
    clusters : sequence or array of str, optional
        The cluster of each person. Clusters lie within arms or across them.
    level : float
    occasion : int
        To which occasion the change is; the contrasts say it.

    Returns
    -------
    tuple of Contrast
        One for each other arm.

    Raises
    ------
    ValueError
        When a value is missing, an arm has fewer than two people or (with clusters) fewer than
        `FEWEST_CLUSTERS_IN_AN_ARM` clusters, or nobody differs.

    Examples
    --------
    >>> (found,) = robust_change_contrast([1, 3, 4, 8], ["a", "a", "b", "b"], "a")
    >>> round(found.estimate, 6), round(found.se, 6), found.df
    (4.0, 3.162278, 2.0)
    """
    arms = other_arms(groups, reference)
    outcome = one_list(change, len(groups), "the change")
    design = np.hstack([np.ones((len(groups), 1)), indicators(groups, arms)])
    if clusters is not None:
        _refuse_few_in_an_arm(groups, clusters)
    fitted = hc3(design, outcome) if clusters is None else cr2(design, outcome, clusters)
    values = zip(fitted.coefficients[1:], fitted.se[1:], fitted.df[1:], strict=True)
    method = f"change score, {fitted.method}"
    return tuple(
        t_contrast((arm, reference), occasion, (float(b), float(se), float(df)), level, fitted.n, method)
        for arm, (b, se, df) in zip(arms, values, strict=True)
    )


def _one_less_leverage(fit: LeastSquares) -> Floats:
    left: Floats = 1 - fit.leverages
    for person in np.flatnonzero(left < 1e-10):
        raise ValueError(f"person {person} alone determines a coefficient, so that its error is not known")
    return left


def _sandwich(fit: LeastSquares, scores: Floats) -> Floats:
    vcov: Floats = fit.bread @ (scores.T @ scores) @ fit.bread
    return vcov


def _bell_mccaffrey(design: Floats, fit: LeastSquares, members: list[NDArray[np.intp]], method: str) -> Robust:
    """Return CR2 and its degrees of freedom, cluster by cluster."""
    hat = design @ fit.bread @ design.T
    weighted = [_inverse_root(np.eye(len(rows)) - hat[np.ix_(rows, rows)]) @ design[rows] for rows in members]
    scores = np.array([part.T @ fit.residuals[rows] for part, rows in zip(weighted, members, strict=True)])
    spread = np.zeros((len(members), fit.n, design.shape[1]))  # p_g of every coefficient
    for k, (part, rows) in enumerate(zip(weighted, members, strict=True)):
        direction = part @ fit.bread
        spread[k] = -hat[:, rows] @ direction
        spread[k, rows] += direction
    df = np.array([_satterthwaite(spread[:, :, column]) for column in range(design.shape[1])])
    return Robust(fit.coefficients, _sandwich(fit, scores), df, fit.n, method)


def _inverse_root(matrix: Floats) -> Floats:
    """Return the symmetric inverse root of I - H_gg; refused where a cluster leaves a direction without residual."""
    values, vectors = np.linalg.eigh(matrix)
    if values[0] < 1e-10:
        raise ValueError("one cluster alone determines a coefficient, so that its error is not known")
    root: Floats = (vectors / np.sqrt(values)) @ vectors.T
    return root


def _satterthwaite(p: Floats) -> float:
    products = p @ p.T
    return float(np.trace(products) ** 2 / (products**2).sum())


def _refuse_few_in_an_arm(groups: Sequence[str] | NDArray[np.str_], clusters: Clusters) -> None:
    if len(clusters) != len(groups):
        raise ValueError(f"{len(groups)} people do not fit {len(clusters)} cluster labels")
    in_arm: dict[str, set[str]] = {}
    for group, cluster in zip(groups, clusters, strict=True):
        in_arm.setdefault(str(group), set()).add(str(cluster))
    for arm, counted in in_arm.items():
        if len(counted) < FEWEST_CLUSTERS_IN_AN_ARM:
            raise ValueError(
                f"arm {arm!r} has {len(counted)} clusters; cluster-robust errors need {FEWEST_CLUSTERS_IN_AN_ARM} in "
                "each arm, because the spread between fewer cannot be estimated"
            )
