"""Who is analysed, and the fixed effects: a mean for each group and occasion, and slopes of covariates at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.mixed_model.refusal import MixedModelError

Floats = NDArray[np.float64]
Baseline = Literal["outcome", "covariate", "constrained"]


@dataclass(frozen=True, slots=True)
class Design:
    """The outcome and its fixed effects, for the people analysed.

    Attributes
    ----------
    y : array, shape (people, occasions)
        NaN where missed.
    x : array, shape (people, occasions, effects)
        In treatment coding: the reference group and the first occasion are the intercept.
    cells : array, shape (groups, occasions, effects)
        Times the effects: the mean of each group at each occasion, where every covariate is at its mean.
    names : tuple of str
        Of the effects.
    units : array, shape (effects,)
        What a column was divided by: the SD of a covariate, or 1.
    groups : tuple of str
        The reference first.
    occasions : tuple of int
        Those of the outcome, counted from 0 in the scores given.
    analysed : tuple of int
        Positions of the people, in the scores given.
    """

    y: Floats
    x: Floats
    cells: Floats
    names: tuple[str, ...]
    units: Floats
    groups: tuple[str, ...]
    occasions: tuple[int, ...]
    analysed: tuple[int, ...]


def design(
    scores: ArrayLike,
    groups: Sequence[str],
    reference: str,
    baseline: Baseline = "outcome",
    covariates: ArrayLike | None = None,
) -> Design:
    """Lay out the model; parameters and errors are those of `pilotage.stats.mixed_model.mmrm`.

    Whoever has no score at all, or no value of a covariate, is not analysed. Covariates are centred at the mean of the
    people analysed and have a slope at each occasion, because a slope common to all would not adjust a change.

    Examples
    --------
    >>> design([[1, 2], [3, float("nan")], [2, 4]], ["b", "b", "a"], "a").names
    ('intercept', 'group[b]', 'occasion[1]', 'group[b]:occasion[1]')
    """
    values, extra = _checked(scores, groups, baseline, covariates)
    labels = _labels(groups, reference)
    names = [f"covariate[{k}]" for k in range(extra.shape[1])]
    occasions = tuple(range(values.shape[1]))
    if baseline == "covariate":
        extra, values, occasions = np.column_stack([values[:, 0], extra]), values[:, 1:], occasions[1:]
        names = ["baseline", *names]
    kept = np.flatnonzero(np.isfinite(values).any(axis=1) & np.isfinite(extra).all(axis=1))
    y, group = values[kept], np.array([labels.index(str(groups[k])) for k in kept.tolist()], dtype=np.intp)
    _refuse_empty(y, group, labels, occasions)
    slopes, sds = _standardised(extra[kept], names)
    cells, effects = _cells(labels, occasions, constrained=baseline == "constrained")
    later = [np.repeat(sd, len(occasions)) for sd in sds]
    return Design(
        y=y,
        x=np.concatenate([cells[group], _by_occasion(slopes, len(occasions))], axis=2),
        cells=np.pad(cells, ((0, 0), (0, 0), (0, len(names) * len(occasions)))),
        names=(*effects, *(full for name in names for full in _interactions(name, occasions))),
        units=np.concatenate([np.ones(len(effects)), *later]),
        groups=labels,
        occasions=occasions,
        analysed=tuple(kept.tolist()),
    )


def _checked(
    scores: ArrayLike, groups: Sequence[str], baseline: str, covariates: ArrayLike | None
) -> tuple[Floats, Floats]:
    values = np.asarray(scores, dtype=float)
    if values.ndim != 2 or values.shape[1] < 2:
        raise ValueError(f"scores must be people by at least two occasions, not of shape {values.shape}")
    if len(groups) != len(values):
        raise ValueError(f"{len(values)} people do not fit {len(groups)} group labels")
    if baseline not in get_args(Baseline):
        raise ValueError(f"the baseline is 'outcome', 'covariate' or 'constrained', not {baseline!r}")
    extra = np.empty((len(values), 0)) if covariates is None else np.asarray(covariates, dtype=float)
    extra = extra[:, None] if extra.ndim == 1 else extra
    if extra.ndim != 2 or len(extra) != len(values):
        raise ValueError(f"covariates must be people by covariates, {len(values)} rows, not of shape {extra.shape}")
    if np.isinf(values).any() or np.isinf(extra).any():
        raise ValueError("scores and covariates must be finite numbers, or NaN where missing")
    return values, extra


def _labels(groups: Sequence[str], reference: str) -> tuple[str, ...]:
    names = list(dict.fromkeys(str(group) for group in groups))
    if reference not in names:
        raise ValueError(f"the reference group {reference!r} is not among {', '.join(map(repr, names)) or 'no groups'}")
    if len(names) < 2:
        raise ValueError(f"a comparison needs at least two groups, and there is only {reference!r}")
    return (reference, *(label for label in names if label != reference))


def _refuse_empty(y: Floats, group: NDArray[np.intp], labels: tuple[str, ...], occasions: tuple[int, ...]) -> None:
    for code, label in enumerate(labels):
        counts = np.isfinite(y[group == code]).sum(axis=0)
        for occasion, count in zip(occasions, counts, strict=True):
            if count == 0:
                raise MixedModelError(f"nobody in group {label!r} has a usable score at occasion {occasion}")


def _standardised(values: Floats, names: Sequence[str]) -> tuple[Floats, Floats]:
    centred = values - values.mean(axis=0)
    sds: Floats = np.sqrt((centred**2).mean(axis=0))
    for name, sd, size in zip(names, sds, np.abs(values).max(axis=0, initial=0.0), strict=True):
        if sd <= 1e-12 * size:
            raise MixedModelError(f"{name} is the same for everyone analysed, so that it has no slope")
    return centred / sds, sds


def _cells(labels: tuple[str, ...], occasions: tuple[int, ...], *, constrained: bool) -> tuple[Floats, list[str]]:
    """Code groups by occasions as treatments; a constrained baseline has no group effect at the first."""
    group = np.eye(len(labels))[:, 1:] if not constrained else np.empty((len(labels), 0))
    later = np.eye(len(occasions))[:, 1:]
    rows = []
    for g in range(len(labels)):
        interactions = [np.kron(np.eye(len(labels))[g, 1:], occasion) for occasion in later]
        rows.append([np.concatenate([[1.0], group[g], t, both]) for t, both in zip(later, interactions, strict=True)])
    of_group = [f"group[{label}]" for label in labels[1:]]
    effects = ["intercept", *([] if constrained else of_group), *(f"occasion[{t}]" for t in occasions[1:])]
    return np.array(rows), effects + [f"{name}:occasion[{t}]" for name in of_group for t in occasions[1:]]


def _by_occasion(slopes: Floats, occasions: int) -> Floats:
    """Return a covariate's column for every occasion and one for each later occasion, as in treatment coding."""
    coding = np.eye(occasions)
    coding[:, 0] = 1.0
    columns: Floats = slopes[:, None, :, None] * coding[:, None, :]
    return columns.reshape(len(slopes), occasions, -1)


def _interactions(name: str, occasions: tuple[int, ...]) -> list[str]:
    return [name, *(f"{name}:occasion[{t}]" for t in occasions[1:])]
