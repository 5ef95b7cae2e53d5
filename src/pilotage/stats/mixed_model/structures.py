"""Covariance structures whose parameters enter the covariance matrix linearly: Sigma = sum_k theta_k G_k.

Linearity is what the Kenward-Roger adjustment used here rests on: second derivatives of Sigma are zero.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Structure = Literal["unstructured", "compound symmetry"]


def basis(structure: Structure, occasions: int) -> Floats:
    """Return the matrices G_k of a structure.

    Parameters
    ----------
    structure : str
        ``"unstructured"``: every variance and covariance is free, T (T + 1) / 2 parameters. ``"compound symmetry"``:
        one variance and one covariance (the variance between people, where it is positive), written as the variances
        of a person's mean and of the deviations from it.
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
    [[[0.5, 0.5], [0.5, 0.5]], [[0.5, -0.5], [-0.5, 0.5]]]
    """
    if structure not in get_args(Structure):
        raise ValueError(f"the covariance is 'unstructured' or 'compound symmetry', not {structure!r}")
    if occasions == 1:
        return np.ones((1, 1, 1))
    return _symmetric_to_any_exchange(occasions) if structure == "compound symmetry" else _free(occasions)


def _symmetric_to_any_exchange(occasions: int) -> Floats:
    mean = np.full((occasions, occasions), 1 / occasions)
    return np.array([mean, np.eye(occasions) - mean])


@cache
def _free(occasions: int) -> Floats:
    rows, columns = np.triu_indices(occasions)
    matrices = np.zeros((len(rows), occasions, occasions))
    matrices[np.arange(len(rows)), rows, columns] = 1.0
    matrices[np.arange(len(rows)), columns, rows] = 1.0
    matrices.flags.writeable = False
    return matrices


def basis_at(root: Floats, structure: Structure) -> Floats:
    """Return matrices that span the same structure, chosen so that high correlations do not make them nearly dependent.

    With L the root of Sigma = L L', an unstructured matrix is L (sum_k theta_k G_k) L' as well as sum_k theta_k G_k.
    Estimates and tests are the same for either; their rounding errors are not.
    """
    matrices = basis(structure, len(root))
    if structure == "compound symmetry":
        return matrices
    return np.asarray(root @ matrices @ root.T, dtype=float)


def nearest(matrix: Floats, structure: Structure) -> Floats:
    """Return the matrix of a structure that lies nearest to a given one, by least squares."""
    occasions = len(matrix)
    if structure == "unstructured" or occasions == 1:
        return matrix
    variance = np.trace(matrix) / occasions
    covariance = (matrix.sum() - np.trace(matrix)) / (occasions * (occasions - 1))
    return np.asarray(covariance + (variance - covariance) * np.eye(occasions), dtype=float)
