"""Satterthwaite's degrees of freedom, and Fai and Cornelius's for several contrasts at once.

References
----------
Giesbrecht, F. G., & Burns, J. C. (1985). Two-stage analysis based on a mixed model: large-sample asymptotic theory and
small-sample simulation results. Biometrics, 41(2), 477-486.
Fai, A. H. T., & Cornelius, P. L. (1996). Approximate F-tests of multiple degree of freedom hypotheses in generalized
least squares analyses of unbalanced split-plot experiments. Journal of Statistical Computation and Simulation, 54(4),
363-378.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.refusal import MixedModelError

Floats = NDArray[np.float64]


def denominator(rows: Floats, phi: Floats, phi_slopes: Floats, w: Floats) -> tuple[float, float]:
    """Return the degrees of freedom for the hypothesis rows @ beta = 0; the factor on F is always 1.

    One row: 2 v^2 / (d' W d), v its variance and d the derivatives of v by the covariance parameters. Several rows are
    turned into as many independent ones, each with its own df; their mean square t is matched to an F.

    Raises
    ------
    MixedModelError
        When an independent row has no more than 2 degrees of freedom, so that F has no mean.
    """
    variances, axes = np.linalg.eigh(rows @ phi @ rows.T)
    independent = axes.T @ rows
    changes = np.einsum("ri,kij,rj->rk", independent, phi_slopes, independent)
    df = 2 * variances**2 / np.einsum("rk,kl,rl->r", changes, w, changes)
    if len(df) == 1 or np.ptp(df) < 1e-8 * df.min():
        return float(df.mean()), 1.0
    if df.min() <= 2:
        raise MixedModelError(f"too few people for Satterthwaite's test of {len(rows)} contrasts at once")
    mean = float((df / (df - 2)).sum())
    return 2 * mean / (mean - len(df)), 1.0
