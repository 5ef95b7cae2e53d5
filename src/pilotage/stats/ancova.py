"""Analysis of covariance: what people of different arms score afterwards, had they begun at the same score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast, t_contrast
from pilotage.stats.design import columns, indicators, one_list, other_arms
from pilotage.stats.distributions import f_sf, t_quantile
from pilotage.stats.estimate import Estimate
from pilotage.stats.least_squares import LeastSquares, ols

Floats = NDArray[np.float64]

METHOD = "ANCOVA, adjusted for the score before"


@dataclass(frozen=True, slots=True)
class Ancova:
    """An analysis of covariance.

    Attributes
    ----------
    contrasts : tuple of Contrast
        Each other arm less the reference, adjusted.
    slope, slope_se : float
        Of the score after on the score before, the same in every arm.
    slope_homogeneity_f, slope_homogeneity_p : float
        Whether the slopes differ between the arms; df are arms - 1 and ``slope_homogeneity_df``.
    slope_homogeneity_df : int
    adjusted_means : dict of str to Estimate
        Of each arm, at the mean score before (and mean covariates) of all people; the reference first.
    f, p : float
        Of the arms together, on ``df1`` and ``df2``; the slopes taken to be equal.
    df1, df2 : int
    partial_eta_squared : float
    n : int
    method : str
    """

    contrasts: tuple[Contrast, ...]
    slope: float
    slope_se: float
    slope_homogeneity_f: float
    slope_homogeneity_p: float
    slope_homogeneity_df: int
    adjusted_means: dict[str, Estimate]
    f: float
    p: float
    df1: int
    df2: int
    partial_eta_squared: float
    n: int
    method: str


def ancova(
    post: ArrayLike,
    pre: ArrayLike,
    groups: Sequence[str] | NDArray[np.str_],
    reference: str,
    covariates: ArrayLike | None = None,
    level: float = 0.95,
    *,
    occasion: int = 1,
) -> Ancova:
    """Compare arms on the score after, given the score before: post = a + b pre + c covariates + arm + error.

    The arm's coefficient is the difference expected between people who began at the same score. Where arms were not
    drawn by lot that is another question than which arm changed more (Lord's paradox), and the answers can differ.

    Parameters
    ----------
    post, pre : array, shape (people,)
        Of the same people, without missing values.
    groups : sequence or array of str
        The arm of each person.
    reference : str
        The arm that the others are compared with.
    covariates : array, shape (people,) or (people, covariates), optional
        Numbers fixed beforehand; each enters with one slope.
    level : float
        Two-sided coverage.
    occasion : int
        Which occasion ``post`` is of; the contrasts say it.

    Raises
    ------
    ValueError
        When a value is missing, an arm has fewer than two people, the score before or a covariate is constant or
        determined by the others, there are too few people, or no error variance is left.

    References
    ----------
    Vickers, A. J., & Altman, D. G. (2001). Analysing controlled trials with baseline and follow up measurements. BMJ,
    323, 1123-1124.
    Maxwell, S. E., & Delaney, H. D. (2004). Designing experiments and analyzing data (2nd ed.), chapter 9.

    Examples
    --------
    >>> found = ancova([3, 5, 4, 7, 8, 9], [1, 2, 3, 1, 2, 4], ["a", "a", "a", "b", "b", "b"], "a")
    >>> round(found.contrasts[0].estimate, 6), round(found.slope, 6)
    (3.8, 0.6)
    """
    people = len(groups)
    after, before = one_list(post, people, "the score after"), one_list(pre, people, "the score before")
    arms = other_arms(groups, reference)
    # The arms come last, so that a covariate which tells the arms apart shows as an arm that nothing is left of.
    adjusted = np.column_stack([np.ones(people), columns(before, people), columns(covariates, people)])
    dummies = indicators(groups, arms)
    design = np.hstack([adjusted, dummies])
    fit = _fitted(design, after)
    tested = slice(adjusted.shape[1], None)
    squares, df1 = fit.squares_of(tested), len(arms)
    f = (squares / df1) / (fit.sse / fit.df)
    slopes_f, slopes_df = _slope_homogeneity(design, dummies, after)
    errors = np.sqrt(np.diag(fit.vcov))
    method = METHOD if covariates is None else f"{METHOD} and covariates"
    return Ancova(
        contrasts=tuple(
            t_contrast((arm, reference), occasion, (float(b), float(se), fit.df), level, people, method)
            for arm, b, se in zip(arms, fit.coefficients[tested], errors[tested], strict=True)
        ),
        slope=float(fit.coefficients[1]),
        slope_se=float(errors[1]),
        slope_homogeneity_f=slopes_f,
        slope_homogeneity_p=f_sf(slopes_f, df1, slopes_df),
        slope_homogeneity_df=slopes_df,
        adjusted_means=_adjusted_means(fit, (reference, *arms), level),
        f=f,
        p=f_sf(f, df1, fit.df),
        df1=df1,
        df2=fit.df,
        partial_eta_squared=squares / (squares + fit.sse),
        n=people,
        method=method,
    )


def _fitted(design: Floats, after: Floats) -> LeastSquares:
    """Fit the model; refuse it where it leaves no error."""
    fit = ols(design, after)
    if fit.sse <= 1e-24 * float(after @ after):
        raise ValueError("F is not defined: the score before and the arm determine the score after, without error")
    return fit


def _slope_homogeneity(design: Floats, dummies: Floats, after: Floats) -> tuple[float, int]:
    """Return F for the arms' slopes on the score before being equal, and its error df."""
    products = dummies * design[:, 1:2]
    fit = _fitted(np.hstack([design, products]), after)
    squares = fit.squares_of(slice(design.shape[1], None))
    return (squares / dummies.shape[1]) / (fit.sse / fit.df), fit.df


def _adjusted_means(fit: LeastSquares, arms: tuple[str, ...], level: float) -> dict[str, Estimate]:
    """Return the fitted values at the mean of every covariate, which is 0, as the columns are centred."""
    columns_, others = len(fit.coefficients), len(arms) - 1
    half = t_quantile((1 + level) / 2, fit.df)
    means = {}
    for k, arm in enumerate(arms):
        at = np.zeros(columns_)
        at[0] = 1
        at[columns_ - others + k - 1 : columns_ - others + k] = k > 0
        mean, error = float(at @ fit.coefficients), float(np.sqrt(at @ fit.vcov @ at))
        means[arm] = Estimate(mean, mean - half * error, mean + half * error, level, fit.n, f"adjusted mean, {METHOD}")
    return means
