"""Covariance structures whose parameters enter the covariance matrix linearly: Sigma = sum_k theta_k G_k.

Linearity is what the Kenward-Roger adjustment used here rests on: second derivatives of Sigma are zero.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Structure = Literal["unstructured", "compound symmetry"]


def basis(structure: Structure, occasions: int) -> Floats:
    """The matrices G_k of a structure.

    Parameters
    ----------
    structure : str
        ``"unstructured"``: every variance and covariance is free, T (T + 1) / 2 parameters. ``"compound symmetry"``:
        one covariance between any two occasions (the variance between people where it is positive) and one residual
        variance.
    occasions : int
        T.

    Returns
    -------
    array, shape (parameters, occasions, occasions)

    Raises
    ------
    ValueError
        When the structure is not one of the two.

    Examples
    --------
    >>> basis("unstructured", 2).tolist()
    [[[1.0, 0.0], [0.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 1.0]]]
    >>> basis("compound symmetry", 2).tolist()
    [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]]
    """
    if structure not in get_args(Structure):
        raise ValueError(f"the covariance is 'unstructured' or 'compound symmetry', not {structure!r}")
    if occasions == 1:
        return np.ones((1, 1, 1))
    if structure == "compound symmetry":
        return np.array([np.ones((occasions, occasions)), np.eye(occasions)])
    rows, columns = np.triu_indices(occasions)
    matrices = np.zeros((len(rows), occasions, occasions))
    matrices[np.arange(len(rows)), rows, columns] = 1.0
    matrices[np.arange(len(rows)), columns, rows] = 1.0
    return matrices


def nearest(matrix: Floats, matrices: Floats) -> Floats:
    """The parameters whose covariance matrix lies nearest to a given one, by least squares."""
    columns = matrices.reshape(len(matrices), -1).T
    return np.asarray(np.linalg.lstsq(columns, matrix.ravel(), rcond=None)[0], dtype=float)
