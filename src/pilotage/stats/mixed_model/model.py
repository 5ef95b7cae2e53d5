"""Mixed models for repeated measures: fit, check, and infer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.mixed_model import kenward_roger, satterthwaite
from pilotage.stats.mixed_model.contrasts import contrasts, marginal_means, tests
from pilotage.stats.mixed_model.design import Baseline, Design, design
from pilotage.stats.mixed_model.fit import NEAR_SINGULAR, Fit, fit, smallest_correlation_eigenvalue
from pilotage.stats.mixed_model.inference import Inference
from pilotage.stats.mixed_model.information import Information, parameter_covariance
from pilotage.stats.mixed_model.patterns import patterns
from pilotage.stats.mixed_model.refusal import MixedModelError
from pilotage.stats.mixed_model.result import FixedEffects, MixedModel
from pilotage.stats.mixed_model.structures import Structure

Floats = NDArray[np.float64]
DegreesOfFreedom = Literal["kenward-roger", "satterthwaite"]


def mmrm(
    scores: ArrayLike,
    groups: Sequence[str],
    reference: str,
    covariance: Structure = "unstructured",
    baseline: Baseline = "outcome",
    ddf: DegreesOfFreedom = "kenward-roger",
    information: Information = "expected",
    covariates: ArrayLike | None = None,
    level: float = 0.95,
) -> MixedModel:
    """Compare groups over occasions by a mixed model for repeated measures, keeping people who missed some.

    A mean for each group at each occasion, y_i = X_i beta + e_i, and e_i normal with one covariance matrix Sigma for
    all, restricted to the occasions that the person attended. Right where being missed depends only on what was seen
    (missing at random). Sigma is estimated by REML, beta by generalised least squares.

    Parameters
    ----------
    scores : array, shape (people, occasions)
        NaN where missed; whoever has no score is not analysed.
    groups : sequence of str
        The group of each person.
    reference : str
        The group that the others are compared with.
    covariance : str
        ``"unstructured"`` or ``"compound symmetry"`` (whose covariance may be negative: then `boundary` is True).
    baseline : str
        ``"outcome"``: occasion 0 is one of the outcomes, and groups are compared in change from it. ``"covariate"``:
        it is a covariate with a slope at each later occasion; whoever has none is not analysed. ``"constrained"``:
        an outcome whose mean is the same in every group (cLDA), which only randomisation makes true.
    ddf : str
        ``"kenward-roger"`` (1997, linear form) or ``"satterthwaite"``.
    information : str
        Whose inverse tells how uncertain Sigma is: ``"expected"`` as R's pbkrtest, ``"observed"`` as SAS and R's mmrm.
    covariates : array, shape (people,) or (people, covariates), optional
        Numbers; each has a slope at each occasion, and whoever lacks one is not analysed.
    level : float
        Coverage of the intervals.

    Returns
    -------
    MixedModel

    Raises
    ------
    MixedModelError
        When the model cannot be fitted, or no maximum of the likelihood is proven; with the reason.
    ValueError
        When the arguments do not fit one another.

    References
    ----------
    Mallinckrodt, C. H., Lane, P. W., Schnell, D., Peng, Y., & Mancuso, J. P. (2008). Recommendations for the primary
    analysis of continuous endpoints in longitudinal clinical trials. Drug Information Journal, 42(4), 303-319.
    Liang, K.-Y., & Zeger, S. L. (2000). Longitudinal data analysis of continuous and discrete responses for pre-post
    designs. Sankhyā B, 62(1), 134-148.

    Examples
    --------
    On complete scores at two occasions the contrast is Student's t on the change.

    >>> scores = [[1, 2], [2, 5], [3, 4], [2, 2], [4, 3]]
    >>> model = mmrm(scores, ["a", "a", "a", "b", "b"], reference="b")
    >>> [contrast] = model.contrasts
    >>> round(contrast.estimate, 6), round(contrast.df, 6), round(contrast.t, 6), round(model.tests.time_by_group.f, 6)
    (2.166667, 3.0, 2.310161, 5.336842)
    """
    if ddf not in ("kenward-roger", "satterthwaite"):
        raise ValueError(f"degrees of freedom are by 'kenward-roger' or 'satterthwaite', not {ddf!r}")
    layout = design(scores, groups, reference, baseline, covariates)
    start, residuals, scale = _ordinary_least_squares(layout)
    data = patterns(residuals, layout.x)
    fitted = fit(residuals, covariance, data, layout.occasions)
    inference = _inference(fitted, start, scale, ddf, information)
    method = f"MMRM by REML, {covariance} covariance, {_in_words(ddf, information)}{_BASELINE[baseline]}"
    lost = (data.observations - data.effects) * np.log(scale) + np.log(layout.units).sum()
    return MixedModel(
        contrasts=contrasts(layout, inference, baseline, level, method),
        marginal_means=marginal_means(layout, inference, level),
        tests=tests(layout, inference, baseline),
        log_likelihood=float(fitted.point.log_likelihood - lost),
        covariance=fitted.point.sigma * scale**2,
        fixed=FixedEffects(layout.names, inference.beta / layout.units, _rescaled(inference.vcov, layout.units)),
        gradient_norm=fitted.gradient_norm,
        smallest_curvature=fitted.smallest_curvature,
        boundary=_at_boundary(fitted, covariance),
        converged=True,
        n=len(layout.y),
        n_observations=data.observations,
        analysed=layout.analysed,
        method=method,
        _cells=layout.cells,
        _inference=inference,
    )


_BASELINE = {"outcome": "", "covariate": ", baseline as covariate", "constrained": ", constrained baseline"}


def _in_words(ddf: DegreesOfFreedom, information: Information) -> str:
    return (
        f"Kenward-Roger (linear), {information} information"
        if ddf == "kenward-roger"
        else (f"Satterthwaite, {information} information")
    )


def _ordinary_least_squares(layout: Design) -> tuple[Floats, Floats, float]:
    """Return coefficients, residuals in units of their root mean square, and that: units and level drop out."""
    seen = np.isfinite(layout.y)
    y, x = layout.y[seen], layout.x[seen]
    beta, _, rank, _ = np.linalg.lstsq(x, y, rcond=1e-10)
    if rank < x.shape[1]:
        raise MixedModelError("the fixed effects cannot be told apart: a covariate is a sum of other effects")
    residuals = np.full_like(layout.y, np.nan)
    residuals[seen] = y - x @ beta
    scale = float(np.sqrt(np.square(residuals[seen]).mean()))
    if scale <= 1e-12 * np.abs(y).max():
        raise MixedModelError("the fixed effects explain every score, so that no variance is left to estimate")
    return np.asarray(beta, dtype=float), residuals / scale, scale


def _inference(fitted: Fit, start: Floats, scale: float, ddf: DegreesOfFreedom, information: Information) -> Inference:
    point, slope = fitted.point, fitted.derivatives
    w = parameter_covariance(slope, information)
    by_kenward_roger = ddf == "kenward-roger"
    vcov = kenward_roger.adjusted_vcov(point, slope, w) if by_kenward_roger else point.phi
    return Inference(
        beta=start + scale * point.beta,
        vcov=scale**2 * vcov,
        phi=point.phi,
        phi_slopes=point.half @ slope.bends @ point.half.T,
        w=w,
        denominator=kenward_roger.denominator if by_kenward_roger else satterthwaite.denominator,
    )


def _rescaled(vcov: Floats, units: Floats) -> Floats:
    rescaled: Floats = vcov / np.outer(units, units)
    return rescaled


def _at_boundary(fitted: Fit, covariance: Structure) -> bool:
    sigma = fitted.point.sigma
    if covariance == "compound symmetry" and len(sigma) > 1 and sigma[0, 1] <= NEAR_SINGULAR * sigma[0, 0]:
        return True
    return smallest_correlation_eigenvalue(sigma) < NEAR_SINGULAR
