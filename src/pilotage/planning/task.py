"""One task: trials of one setting, drawn from the task's own seed, analysed, and reduced to sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pilotage.planning.data_generation import TrialShape, by_items, by_moments
from pilotage.planning.design import Answers, Setting
from pilotage.planning.mechanism import Mechanism, moments
from pilotage.planning.progression_criteria import DECISIONS, LIGHTS, SimulatedCriterion, decisions, draw_lights
from pilotage.stats.simulated_trials import METHODS, TrialEstimates, Trials

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOGETHER = 24_000  # scores worked on at a time, so that they stay in the processor's own memory

Sums = dict[str, Any]
"""What is kept of a task: counts and sums, as JSON can hold them without losing a digit."""


@dataclass(frozen=True)
class Task:
    """All that a worker needs; nothing else is read, so that any worker gives the same numbers."""

    index: int
    setting: Setting
    mechanism: Mechanism
    criteria: tuple[SimulatedCriterion, ...]
    trials: int
    attrition: float
    alpha: float
    level: float
    seed: int
    answers: Answers


def run_task(task: Task) -> Sums:
    """Draw and analyse a task's trials.

    The generator is the child that ``SeedSequence(seed).spawn`` gives to the task's index, whoever runs it and when.
    """
    rng = np.random.default_rng(np.random.SeedSequence(task.seed, spawn_key=(task.index,)))
    whole = _nothing(task)
    left = task.trials
    together = max(_TOGETHER // task.setting.people, 1)
    while left > 0:
        _add(whole, _block(task, min(left, together), rng))
        left -= together
    return whole


def _nothing(task: Task) -> Sums:
    methods = {name: dict.fromkeys(("analysed", "rejected", "covered", *_SUMS), 0) for name in METHODS}
    lights = {criterion.id: dict.fromkeys(LIGHTS, 0) for criterion in task.criteria}
    return {"trials": 0, "methods": methods, "lights": lights, "decisions": dict.fromkeys(DECISIONS, 0)}


_SUMS = ("error", "error2", "variance", "variance2")


def _add(whole: Sums, part: Sums) -> None:
    for key, value in part.items():
        if isinstance(value, dict):
            _add(whole[key], value)
        else:
            whole[key] += value


def _block(task: Task, trials: int, rng: np.random.Generator) -> Sums:
    setting = task.setting
    shape = TrialShape(trials, setting.groups, setting.size, setting.others)
    if task.answers == "items":
        before, after = by_items(task.mechanism, shape, rng)
    else:
        before, after = by_moments(moments(task.mechanism), shape, rng)
    there = rng.random((trials, shape.people)) >= task.attrition
    drawn = Trials(before, after, there, shape.taught, setting.groups)
    lights = draw_lights(task.criteria, there, shape.taught, rng)
    return {
        "trials": trials,
        "methods": {name: _judged(method(drawn), task) for name, method in METHODS.items()},
        "lights": {c.id: _counted(lights[:, k], LIGHTS) for k, c in enumerate(task.criteria)},
        "decisions": _counted(decisions(lights), DECISIONS),
    }


def _judged(estimates: TrialEstimates, task: Task) -> dict[str, float]:
    """Return what one method did in each trial, as sums around the truth."""
    sound = ~np.isnan(estimates.se)
    error = estimates.estimate[sound] - task.setting.difference
    variance = estimates.se[sound] ** 2
    significant = np.abs(estimates.estimate[sound]) > estimates.half_width(1 - task.alpha)[sound]
    covered = np.abs(error) <= estimates.half_width(task.level)[sound]
    return {
        "analysed": int(sound.sum()),
        "rejected": int(significant.sum()),
        "covered": int(covered.sum()),
        "error": float(error.sum()),
        "error2": float((error**2).sum()),
        "variance": float(variance.sum()),
        "variance2": float((variance**2).sum()),
    }


def _counted(places: NDArray[np.int64], names: tuple[str, ...]) -> dict[str, int]:
    return {name: int((places == k).sum()) for k, name in enumerate(names)}
