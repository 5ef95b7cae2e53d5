"""Ordinary least squares, with what the tests and the robust errors ask of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """A fitted linear model.

    Attributes
    ----------
    coefficients : array, shape (columns,)
    bread : array, shape (columns, columns)
        The inverse of X'X; times the error variance it is the coefficients' covariance.
    residuals, leverages : array, shape (people,)
        The leverages are the diagonal of the hat matrix.
    df : int
        People less columns.
    """

    coefficients: Floats
    bread: Floats
    residuals: Floats
    leverages: Floats
    df: int

    @property
    def n(self) -> int:
        """People in the model."""
        return len(self.residuals)

    @property
    def sse(self) -> float:
        """The sum of squared residuals."""
        return float(self.residuals @ self.residuals)

    @property
    def vcov(self) -> Floats:
        """Covariance of the coefficients where every error has the same variance."""
        covariance: Floats = self.bread * (self.sse / self.df)
        return covariance

    def squares_of(self, which: slice) -> float:
        """Return the sum of squares that some coefficients explain beyond all the others (Type III): b' V^-1 b."""
        b = self.coefficients[which]
        return float(b @ np.linalg.solve(self.bread[which, which], b))


def ols(X: ArrayLike, y: ArrayLike) -> LeastSquares:
    """Fit y to the columns of X by least squares, by Householder's QR: b minimises sum (y - X b)^2.

    Parameters
    ----------
    X : array, shape (people, columns)
        With its column of ones, if there is to be one.
    y : array, shape (people,)

    Raises
    ------
    ValueError
        When a value is missing, there are no more people than columns, or a column is determined by those before it.

    References
    ----------
    Golub, G. H., & Van Loan, C. F. (2013). Matrix computations (4th ed.), section 5.3.

    Examples
    --------
    >>> line = ols([[1, 0], [1, 1], [1, 2], [1, 3]], [1, 3, 4, 6])
    >>> line.coefficients.round(6).tolist(), line.df
    ([1.1, 1.6], 2)
    """
    design, outcome = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    _check(design, outcome)
    orthonormal, triangle = np.linalg.qr(design)
    _refuse_dependence(triangle, design)
    inverse = np.linalg.inv(triangle)
    coefficients = inverse @ (orthonormal.T @ outcome)
    return LeastSquares(
        coefficients=coefficients,
        bread=inverse @ inverse.T,
        residuals=outcome - design @ coefficients,
        leverages=(orthonormal**2).sum(axis=1),
        df=len(outcome) - design.shape[1],
    )


def _check(design: Floats, outcome: Floats) -> None:
    if design.ndim != 2 or outcome.shape != (len(design),):
        raise ValueError(f"a table of people by columns must fit one outcome, not {design.shape} and {outcome.shape}")
    if not (np.isfinite(design).all() and np.isfinite(outcome).all()):
        raise ValueError("least squares needs finite numbers; leave out incomplete people first, and count them")
    if len(design) <= design.shape[1]:
        raise ValueError(f"{len(design)} people are too few for {design.shape[1]} coefficients")


def _refuse_dependence(triangle: Floats, design: Floats) -> None:
    # What is left of a column beside those before it; rounding leaves about 1e-16 of its length.
    left = np.abs(np.diag(triangle)) / np.maximum(np.linalg.norm(design, axis=0), np.finfo(float).tiny)
    for position in np.flatnonzero(left < 1e-10):
        raise ValueError(f"column {position} of the design is constant or determined by those before it")
