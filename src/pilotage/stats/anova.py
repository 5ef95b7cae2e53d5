"""The mixed analysis of variance: one factor between people, one within, groups of any size, Type III."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.anova_table import Cells, Effect, MixedAnova
from pilotage.stats.distributions import f_sf
from pilotage.stats.sphericity import greenhouse_geisser, huynh_feldt, mauchly_test

Floats = NDArray[np.float64]

METHOD = "mixed ANOVA, Type III (unweighted means)"


def mixed_anova(scores: ArrayLike, groups: Sequence[str] | NDArray[np.str_]) -> MixedAnova:
    """Test group, time, and whether the groups change differently.

    With orthonormal contrasts each person's scores become one mean over the occasions and T - 1 changes. The group
    effect is a one-way ANOVA of the means, the interaction one of the changes, and the time effect asks whether the
    *unweighted* mean over groups of the changes is zero. For two groups and two occasions, with d the changes,

        SS(time by group) = (d1 - d2)^2 / (1/n1 + 1/n2),   SS(time) = (d1 + d2)^2 / (1/n1 + 1/n2),

    and F of the interaction is the square of Student's t on the change.

    Parameters
    ----------
    scores : array, shape (people, occasions)
        At least two occasions; every value a finite number (see `pilotage.stats.complete_cases.complete_cases`).
    groups : sequence or array of str
        The group of each person; at least two groups of at least two people each, of any sizes.

    Returns
    -------
    MixedAnova

    Raises
    ------
    ValueError
        When a value is missing, a group is too small, there is only one group or one occasion, or no variance is
        left for an error term, so that F is not defined.

    References
    ----------
    Maxwell, S. E., & Delaney, H. D. (2004). Designing experiments and analyzing data (2nd ed.), chapters 7, 11, 12.

    Examples
    --------
    >>> result = mixed_anova([[1, 2], [2, 5], [3, 4], [2, 2], [4, 3]], ["a", "a", "a", "b", "b"])
    >>> round(result.time_by_group.f, 6), result.time_by_group.df2
    (5.336842, 3)
    """
    values, labels, members = _checked(scores, groups)
    people, occasions = values.shape
    person_means = values.sum(axis=1, keepdims=True) / np.sqrt(occasions)
    _, group, between_error = _sums_of_squares(person_means, members)
    time, time_by_group, within = _sums_of_squares(values @ _orthonormal_contrasts(occasions), members)
    errors = float(between_error[0, 0]), float(np.trace(within))
    _refuse_no_error(errors, values)
    changes, between_df, error_df = occasions - 1, len(labels) - 1, people - len(labels)
    epsilons = _epsilons(within, error_df)
    return MixedAnova(
        group=_effect("group", group, (between_df, error_df), errors, None),
        time=_effect("time", time, (changes, error_df * changes), errors, epsilons),
        time_by_group=_effect(
            "time_by_group", time_by_group, (between_df * changes, error_df * changes), errors, epsilons
        ),
        mauchly=mauchly_test(within, error_df) if changes > 1 else None,
        cells=_cells(values, labels, members),
        n=people,
        method=METHOD,
    )


def _checked(
    scores: ArrayLike, groups: Sequence[str] | NDArray[np.str_]
) -> tuple[Floats, tuple[str, ...], list[NDArray[np.intp]]]:
    values = np.asarray(scores, dtype=float)
    if values.ndim != 2 or values.shape[1] < 2:
        raise ValueError(f"scores must be people by at least two occasions, not of shape {values.shape}")
    if len(groups) != len(values):
        raise ValueError(f"{len(values)} people do not fit {len(groups)} group labels")
    if not np.isfinite(values).all():
        raise ValueError("every score must be a finite number; leave out incomplete people first, and count them")
    labels = tuple(dict.fromkeys(str(group) for group in groups))
    if len(labels) < 2:
        raise ValueError(f"a mixed ANOVA compares at least two groups, and there is only {', '.join(labels) or 'none'}")
    members = [np.array([row for row, group in enumerate(groups) if str(group) == label]) for label in labels]
    for label, rows in zip(labels, members, strict=True):
        if len(rows) < 2:
            raise ValueError(f"group {label!r} has only 1 complete person; each group needs at least 2")
    return values, labels, members


def _orthonormal_contrasts(occasions: int) -> Floats:
    """Return Helmert's contrasts, scaled to unit length: shape (occasions, occasions - 1)."""
    contrasts = np.zeros((occasions, occasions - 1))
    for k in range(1, occasions):
        contrasts[:k, k - 1] = -1
        contrasts[k, k - 1] = k
        contrasts[:, k - 1] /= np.sqrt(k * (k + 1))
    return contrasts


def _sums_of_squares(values: Floats, members: list[NDArray[np.intp]]) -> tuple[float, float, Floats]:
    """Return the squares of the unweighted mean over groups, squares between the groups, and products within them."""
    sizes = np.array([len(rows) for rows in members])
    means = np.array([values[rows].mean(axis=0) for rows in members])
    unweighted = len(sizes) ** 2 / (1 / sizes).sum() * (means.mean(axis=0) ** 2).sum()
    weighted_mean = sizes @ means / sizes.sum()
    between = sizes @ ((means - weighted_mean) ** 2).sum(axis=1)
    within = np.zeros((values.shape[1], values.shape[1]))
    for rows, mean in zip(members, means, strict=True):
        deviations = values[rows] - mean
        within += deviations.T @ deviations
    return float(unweighted), float(between), within


def _refuse_no_error(errors: tuple[float, float], values: Floats) -> None:
    # Sums of squares this small beside the scores themselves are rounding error, not variance.
    floor = 1e-24 * float((values**2).sum())
    for error, what in zip(
        errors, ("people within a group do not differ", "everyone in a group changes alike"), strict=True
    ):
        if error <= floor:
            raise ValueError(f"F is not defined: {what}, so that the error variance is zero")


def _effect(
    name: str, ss: float, df: tuple[int, int], errors: tuple[float, float], epsilons: tuple[float, float | None] | None
) -> Effect:
    """Return one line of the table; the time effects, which have epsilons, are tested against the second error term."""
    df1, df2 = df
    error = errors[0] if name == "group" else errors[1]
    f = (ss / df1) / (error / df2)
    gg, hf = epsilons or (None, None)

    def corrected(epsilon: float | None) -> float | None:
        return None if epsilon is None else f_sf(f, min(epsilon, 1.0) * df1, min(epsilon, 1.0) * df2)

    return Effect(
        name=name,
        ss=ss,
        ss_error=error,
        df1=df1,
        df2=df2,
        f=f,
        p=f_sf(f, df1, df2),
        partial_eta_squared=ss / (ss + error),
        generalised_eta_squared=ss / (ss + sum(errors)),
        omega_squared_partial=df1 * (f - 1) / (df1 * f + df2 + 1),
        epsilon_gg=gg,
        p_gg=corrected(gg),
        epsilon_hf=hf,
        p_hf=corrected(hf),
    )


def _epsilons(within: Floats, error_df: int) -> tuple[float, float | None] | None:
    """Return both epsilons; None for a single contrast, which cannot depart from sphericity."""
    if len(within) == 1:
        return None
    gg = greenhouse_geisser(within)
    return gg, huynh_feldt(gg, len(within), error_df)


def _cells(values: Floats, labels: tuple[str, ...], members: list[NDArray[np.intp]]) -> Cells:
    return Cells(
        groups=labels,
        n=tuple(len(rows) for rows in members),
        means=tuple(tuple(values[rows].mean(axis=0).tolist()) for rows in members),
        sds=tuple(tuple(values[rows].std(axis=0, ddof=1).tolist()) for rows in members),
    )
