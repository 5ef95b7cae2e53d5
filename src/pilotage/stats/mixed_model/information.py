"""How uncertain the covariance parameters are: the inverse of their information, expected or observed."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.likelihood import Derivatives

Floats = NDArray[np.float64]
Information = Literal["expected", "observed"]


def parameter_covariance(slope: Derivatives, information: Information) -> Floats:
    """Return W, the asymptotic covariance of the covariance parameters.

    Parameters
    ----------
    slope : Derivatives
        At the maximum.
    information : str
        ``"expected"`` as Kenward and Roger's article and R's pbkrtest; ``"observed"`` as SAS and R's mmrm.

    Raises
    ------
    ValueError
        When the information is neither.
    """
    if information not in ("expected", "observed"):
        raise ValueError(f"the information is 'expected' or 'observed', not {information!r}")
    chosen = slope.expected if information == "expected" else slope.observed
    scale = 1 / np.sqrt(np.diagonal(chosen))
    units = np.outer(scale, scale)
    return np.asarray(np.linalg.inv(chosen * units) * units, dtype=float)
