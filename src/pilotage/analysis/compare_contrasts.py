"""Arms compared over columns of one spreadsheet, each with a reference: change, ANCOVA, mixed model, permutation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.compare_columns import not_defined
from pilotage.analysis.outcome_columns import OutcomeColumns, People, too_few
from pilotage.data.formats.spreadsheet import listed
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.stats.complete_cases import CompleteCases, Exclusion, complete_cases
from pilotage.stats.contrast import Contrast

NO_REFERENCE = kind("COMPARE-006", "The reference arm is missing or unknown")
NOT_WHOLE = kind("COMPARE-007", "Scores of an exact permutation test are not whole numbers")

ContrastMethod = Literal["change", "ancova", "mmrm", "permutation"]
Information = Literal["expected", "observed"]
Floats = NDArray[np.float64]

LEVEL = 0.95


@dataclass(frozen=True)
class ArmByOccasion:
    """One arm's people and their scores by occasion; None where nobody, or for an SD only one, has a score."""

    arm: str
    n: int
    seen: tuple[int, ...]
    means: tuple[float | None, ...]
    sds: tuple[float | None, ...]


@dataclass(frozen=True)
class OutcomeContrasts:
    """What was found for one outcome, and who was left out."""

    outcome: OutcomeColumns
    contrasts: tuple[Contrast, ...]
    arms: tuple[ArmByOccasion, ...]
    n: int
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True)
class Contrasts:
    """Every outcome by one method, and what must be said of it.

    Attributes
    ----------
    method : str
    reference : str
        The arm that is subtracted.
    notes : tuple of str
        What the differences are, whom they rest on, and what p rests on.
    outcomes : tuple of OutcomeContrasts
    """

    method: ContrastMethod
    reference: str
    notes: tuple[str, ...]
    outcomes: tuple[OutcomeContrasts, ...]


def compare_contrasts(
    people: People,
    outcomes: Sequence[OutcomeColumns],
    method: ContrastMethod,
    reference: str | None = None,
    information: Information = "expected",
) -> Contrasts:
    """Compare each other arm with the reference, at each occasion after the first.

    Parameters
    ----------
    people : People
    outcomes : sequence of OutcomeColumns
    method : str
        ``"change"``, ``"ancova"`` and ``"permutation"`` take people with every score, ``"mmrm"`` those with any.
    reference : str, optional
        The arm that is subtracted. With two arms it may be left out, and is then the one that appears last.
    information : str
        For ``"mmrm"``: ``"expected"`` or ``"observed"``.

    Raises
    ------
    ProblemsFound
        Everything that stands in the way, at once: no or an unknown reference, too few people, scores that are not
        whole where they must be, data for which the method is not defined.
    """
    chosen, problems = _reference(people, reference)
    if method == "permutation":
        problems += _not_whole(people, outcomes)
    refuse(problems)
    contrasted: list[OutcomeContrasts] = []
    for outcome in outcomes:
        try:
            contrasted.append(_compare(people, outcome, method, chosen, information))
        except ProblemsFound as stopped:
            problems += stopped.problems
    refuse(problems)
    sentence = _DIFFERENCE[method].format(reference=chosen)
    taken = (
        "" if reference else f" No --reference was chosen, so it is '{chosen}', the arm that appears last in the file."
    )
    return Contrasts(method, chosen, (sentence + taken, *_NOTES[method]), tuple(contrasted))


_DIFFERENCE = {
    "change": "Differences in mean change from the first occasion: the arm less '{reference}'.",
    "ancova": "Differences at the occasion, given the score at the first: the arm less '{reference}'.",
    "mmrm": "Differences in change from the first occasion: the arm less '{reference}'.",
    "permutation": "Differences in mean change from the first occasion: the arm less '{reference}'.",
}
_COMPLETE = "People with a score at every occasion are analysed."
_NOTES: dict[str, tuple[str, ...]] = {
    "change": (_COMPLETE,),
    "ancova": (_COMPLETE,),
    "mmrm": (
        "Everyone with at least one score is analysed. That is right where being missed depends only on scores that "
        "were seen. Means and SDs are of those who have a score at the occasion.",
    ),
    "permutation": (
        _COMPLETE,
        "p is exact, over all divisions of the same people. If they were not assigned at random, it rests on "
        "exchangeability: that the arms' people are alike in everything that matters for change. The interval holds "
        "the constant shifts that neither one-sided test rejects at 2.5 %.",
    ),
}


def _reference(people: People, chosen: str | None) -> tuple[str, list[Problem]]:
    arms, file = people.arm_names, people.sheet.file.name
    known = ", ".join(f"'{arm}'" for arm in arms[:12]) or "none"
    if chosen is not None and chosen not in arms:
        message = f"No arm is called '{chosen}'.{did_you_mean(chosen, arms)}"
        return chosen, [Problem(NO_REFERENCE, message, f"The arms are {known}.", file)]
    if chosen is None and len(arms) > 2:
        message = f"There are {len(arms)} arms, and no reference arm is chosen."
        return "", [Problem(NO_REFERENCE, message, f"Add --reference with one of {known}.", file)]
    return chosen or (arms[-1] if arms else ""), []


def _not_whole(people: People, outcomes: Sequence[OutcomeColumns]) -> list[Problem]:
    problems = []
    for column in dict.fromkeys(column for outcome in outcomes for column in outcome.columns):
        wrong = [
            Problem(
                NOT_WHOLE,
                f"Row {row}, column '{column}': {score:g} is not a whole number, as an exact permutation test needs.",
                "Use sums of items instead of means, or choose --method change.",
                people.sheet.file.name,
                row,
                path=column,
            )
            for row, score in zip(people.sheet.rows, people.scores[column], strict=True)
            if math.isfinite(score) and not score.is_integer()
        ]
        problems += listed(wrong, "such cell")
    return problems


def _compare(
    people: People, outcome: OutcomeColumns, method: ContrastMethod, reference: str, information: Information
) -> OutcomeContrasts:
    table = np.array(people.table(outcome))
    cases = _analysed(people, outcome, table, any_score=method == "mmrm")
    groups = [people.arms[i] or "" for i in cases.kept]
    need = "a score" if method == "mmrm" else "every value"
    refuse(too_few(people, outcome, groups, cases.count_by_reason(), need))
    scores = table[list(cases.kept)]
    try:
        contrasts = _contrasts(scores, groups, method, reference, information)
    except ValueError as error:
        raise ProblemsFound([not_defined(people, outcome, error)]) from None
    arms = tuple(_arm_scores(arm, scores[[group == arm for group in groups]]) for arm in dict.fromkeys(groups))
    return OutcomeContrasts(outcome, contrasts, arms, cases.n, cases.excluded)


def _analysed(people: People, outcome: OutcomeColumns, table: Floats, *, any_score: bool) -> CompleteCases:
    if any_score:
        # Whoever has any score is complete as far as a mixed model asks.
        table = np.where(np.isfinite(table).any(axis=1, keepdims=True), 0.0, np.nan) * np.ones_like(table)
    return complete_cases(people.ids, table, outcome.columns, people.arms)


def _contrasts(
    scores: Floats, groups: list[str], method: ContrastMethod, reference: str, information: Information
) -> tuple[Contrast, ...]:
    match method:
        case "change":
            from pilotage.stats.change_scores import change_contrasts

            return change_contrasts(scores, groups, reference, LEVEL)
        case "ancova":
            return _ancova(scores, groups, reference)
        case "mmrm":
            from pilotage.stats.mixed_model import mmrm

            return mmrm(scores, groups, reference, information=information, level=LEVEL).contrasts
        case "permutation":
            from pilotage.stats.permutation import permutation_contrasts

            return permutation_contrasts(scores, groups, reference, level=LEVEL)


def _ancova(scores: Floats, groups: list[str], reference: str) -> tuple[Contrast, ...]:
    """Return the contrasts arm by arm, and within an arm occasion by occasion."""
    from pilotage.stats.ancova import ancova

    occasions = range(1, scores.shape[1])
    fitted = [ancova(scores[:, k], scores[:, 0], groups, reference, level=LEVEL, occasion=k) for k in occasions]
    return tuple(contrast for arm in zip(*(model.contrasts for model in fitted), strict=True) for contrast in arm)


def _arm_scores(arm: str, scores: Floats) -> ArmByOccasion:
    columns = [column[np.isfinite(column)] for column in scores.T]
    return ArmByOccasion(
        arm,
        len(scores),
        tuple(len(seen) for seen in columns),
        tuple(float(seen.mean()) if len(seen) else None for seen in columns),
        tuple(float(seen.std(ddof=1)) if len(seen) > 1 else None for seen in columns),
    )


def as_json(contrasts: Contrasts) -> dict[str, Any]:
    """Return the contrasts as the documented JSON, at full precision."""
    return {
        "method": contrasts.method,
        "reference": contrasts.reference,
        "notes": list(contrasts.notes),
        "outcomes": [_outcome_json(outcome) for outcome in contrasts.outcomes],
    }


def _outcome_json(outcome: OutcomeContrasts) -> dict[str, Any]:
    return {
        "name": outcome.outcome.name,
        "n_analysed": outcome.n,
        "excluded": [{"id": left.participant, "reason": left.reason} for left in outcome.excluded],
        "arms": {arm.arm: {"n": arm.n, "means": list(arm.means), "sds": list(arm.sds)} for arm in outcome.arms},
        "contrasts": [_contrast_json(contrast, outcome.outcome) for contrast in outcome.contrasts],
    }


def _contrast_json(contrast: Contrast, outcome: OutcomeColumns) -> dict[str, Any]:
    return {
        "arm": contrast.arm,
        "reference": contrast.reference,
        "occasion": outcome.columns[contrast.occasion],
        "estimate": contrast.estimate,
        "se": contrast.se,
        "df": contrast.df,
        "t": contrast.t,
        "p": contrast.p,
        "ci_low": contrast.low,
        "ci_high": contrast.high,
        "ci_level": contrast.level,
        "method": contrast.method,
    }
