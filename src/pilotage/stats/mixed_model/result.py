"""What a mixed model found."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast
from pilotage.stats.distributions import t_quantile, t_two_sided_p
from pilotage.stats.mixed_model.inference import Inference

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MarginalMean:
    """The mean of a group at an occasion, where every covariate is at its mean.

    Attributes
    ----------
    group : str
    occasion : int
        From 0.
    mean, se, df : float
    low, high : float
        Limits of the t interval.
    level : float
        Its coverage.
    """

    group: str
    occasion: int
    mean: float
    se: float
    df: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class FTest:
    """A test that some contrasts are all zero.

    Attributes
    ----------
    f : float
        With Kenward-Roger, already multiplied by its scale factor.
    df1, df2 : float
    p : float
    """

    f: float
    df1: int
    df2: float
    p: float


@dataclass(frozen=True, slots=True)
class Tests:
    """Type III tests: every group and every occasion counts once, whatever the number of people.

    Attributes
    ----------
    group : FTest or None
        None where the baseline is constrained: the model then has no group effect apart from the interaction.
    time, time_by_group : FTest or None
        None where the outcome has one occasion.
    """

    group: FTest | None
    time: FTest | None
    time_by_group: FTest | None


@dataclass(frozen=True, slots=True)
class FixedEffects:
    """The coefficients.

    Attributes
    ----------
    names : tuple of str
        In treatment coding: the reference group and the first occasion are the intercept; covariates are centred.
    estimates : array, shape (effects,)
    vcov : array, shape (effects, effects)
        As adjusted by Kenward and Roger, where that was asked for.
    """

    names: tuple[str, ...]
    estimates: Floats
    vcov: Floats


@dataclass(frozen=True, slots=True)
class Combination:
    """A weighted sum of marginal means.

    Attributes
    ----------
    estimate, se, df, t : float
    p : float
        Two-sided.
    low, high : float
        Limits of the t interval.
    level : float
        Its coverage.
    """

    estimate: float
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class MixedModel:
    """A mixed model for repeated measures, fitted by REML.

    Attributes
    ----------
    contrasts : tuple of Contrast
        For each other group and later occasion, that group less the reference: in change from occasion 0 where the
        baseline is an outcome, at the occasion where it is a covariate; the two are one where it is constrained.
    marginal_means : tuple of MarginalMean
    tests : Tests
    log_likelihood : float
        Restricted, without the term log|X'X| / 2, as R's lme4, nlme and mmrm give it for the same coding.
    covariance : array, shape (occasions, occasions)
        Of one person's outcomes.
    fixed : FixedEffects
    gradient_norm : float
        In standard errors of the covariance parameters: sqrt(g' I^-1 g), I the expected information.
    smallest_curvature : float
        Smallest eigenvalue of the observed information relative to the expected; above 0 at a maximum.
    boundary : bool
        The covariance lies at an edge: compound symmetry with no positive covariance between occasions (so no variance
        between people), or a matrix near to singular.
    converged : bool
        Always True: a fit without a proven maximum is raised, not returned.
    n, n_observations : int
        People and scores analysed.
    analysed : tuple of int
        Positions of those people in the scores given.
    method : str
        The variant by name.
    """

    contrasts: tuple[Contrast, ...]
    marginal_means: tuple[MarginalMean, ...]
    tests: Tests
    log_likelihood: float
    covariance: Floats
    fixed: FixedEffects
    gradient_norm: float
    smallest_curvature: float
    boundary: bool
    converged: bool
    n: int
    n_observations: int
    analysed: tuple[int, ...]
    method: str
    _cells: Floats = field(repr=False)
    _inference: Inference = field(repr=False)

    def combination(self, weights: ArrayLike, level: float = 0.95) -> Combination:
        """Return any weighted sum of the marginal means, such as one group's change or an average over occasions.

        Parameters
        ----------
        weights : array, shape (groups, occasions)
            The reference group first, the others in order of appearance; occasions of the outcome.
        level : float
            Coverage of the interval.

        Raises
        ------
        ValueError
            When the weights do not fit, or are zero.
        """
        row = np.asarray(weights, dtype=float)
        if row.shape != self._cells.shape[:2]:
            raise ValueError(f"weights must be of shape {self._cells.shape[:2]}, not {row.shape}")
        if not row.any():
            raise ValueError("weights that are all zero combine nothing")
        estimate, se, df = self._inference.estimate(np.tensordot(row, self._cells, 2))
        t, half = estimate / se, t_quantile((1 + level) / 2, df) * se
        return Combination(estimate, se, df, t, t_two_sided_p(t, df), estimate - half, estimate + half, level)
