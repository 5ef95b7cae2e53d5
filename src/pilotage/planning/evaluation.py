"""Evaluates a design by simulation: settings and tasks made, run wherever there are workers, and summed up."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pilotage.planning.checkpoint import Checkpoint
from pilotage.planning.cluster import run_on_cluster
from pilotage.planning.design import Answers, Setting, SimulationDesign, trials_per_task
from pilotage.planning.local_executor import run_locally
from pilotage.planning.mechanism import Mechanism, mechanism_of, moments, with_difference, with_icc
from pilotage.planning.performance import (
    DecisionPerformance,
    SettingPerformance,
    added,
    decision_performance,
    setting_performance,
)
from pilotage.planning.progression_criteria import SimulatedCriterion, criteria
from pilotage.planning.task import Sums, Task
from pilotage.protocol.load import LoadedProtocol

Progress = Callable[[int, int], None]
"""Told after each task how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """What a person asks to have evaluated.

    Attributes
    ----------
    scale, label : str
    difference : float
        With its sign, in the units of the scale.
    why : str
        Whose difference it is, and why.
    groups, sizes : tuple of int
        The grid.
    iccs : tuple of float
    ratio : float
        People of the other arm for each one taught.
    attrition : float
        Share not there after, whoever they are.
    trials : int
        For each setting.
    """

    scale: str
    label: str
    difference: float
    why: str
    groups: tuple[int, ...]
    sizes: tuple[int, ...]
    iccs: tuple[float, ...]
    ratio: float
    attrition: float
    trials: int
    seed: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out, and everything needed to have it come out again."""

    study: str
    protocol: str
    fingerprint: str
    wanted: EvaluationSettings
    alpha: float
    level: float
    tasks: int
    settings: tuple[SettingPerformance, ...]
    decisions: tuple[DecisionPerformance, ...]
    not_simulated: dict[str, str]


@dataclass(frozen=True)
class Prepared:
    """A design with its tasks, before anything is run."""

    loaded: LoadedProtocol
    wanted: EvaluationSettings
    design: SimulationDesign
    mechanisms: tuple[Mechanism, ...]
    criteria: tuple[SimulatedCriterion, ...]
    not_simulated: dict[str, str]

    @property
    def fingerprint(self) -> str:
        """Of everything that decides the numbers."""
        return self.design.fingerprint(self.loaded.fingerprint)

    def tasks(self) -> tuple[Task, ...]:
        """Return every task, in order."""
        d = self.design
        return tuple(
            Task(piece.index, d.settings[piece.setting], self.mechanisms[piece.setting], self.criteria, piece.trials,
                 d.attrition, d.alpha, d.level, d.seed, d.answers)
            for piece in d.tasks()
        )  # fmt: skip


def prepare(loaded: LoadedProtocol, wanted: EvaluationSettings) -> Prepared:
    """Return the design, with the simulator calibrated for each of its settings.

    Raises
    ------
    ProblemsFound
        When the scale cannot be simulated, or not with such a difference or ICC.
    """
    still = mechanism_of(loaded, wanted.scale)
    settings = tuple(_settings(wanted))
    mechanisms = tuple(
        with_icc(with_difference(still, setting.difference, wanted.label), setting.icc) for setting in settings
    )
    alpha = loaded.protocol.analysis.significance
    most = max(setting.people for setting in settings)
    design = SimulationDesign(
        scale=wanted.scale,
        settings=settings,
        trials=wanted.trials,
        attrition=wanted.attrition,
        alpha=alpha,
        level=1 - alpha,
        seed=wanted.seed,
        answers=wanted.answers,
        per_task=trials_per_task(still.items, most, wanted.answers),
    )
    judged, left = criteria(loaded, wanted.attrition)
    return Prepared(loaded, wanted, design, mechanisms, judged, left)


def _settings(wanted: EvaluationSettings) -> Iterator[Setting]:
    for groups in wanted.groups:
        for size in wanted.sizes:
            others = max(round(wanted.ratio * groups * size), 2)
            for icc in wanted.iccs:
                for difference in (0.0, wanted.difference):
                    yield Setting(groups, size, others, icc, difference)


def evaluate(
    prepared: Prepared, folder: Path, *, workers: int = 1, scheduler: str = "", progress: Progress | None = None
) -> Evaluation:
    """Run what has not been run yet, and sum up.

    The numbers depend on the design, the protocol and the seed; not on the workers, nor on the order they finish in.

    Parameters
    ----------
    prepared : Prepared
    folder : Path
        Where finished tasks are kept; those of the same design found there are not run again.
    workers : int
        Processes on this machine.
    scheduler : str
        Address of a Dask scheduler; its workers are used in place of processes here.
    progress : callable, optional
    """
    tasks = prepared.tasks()
    with Checkpoint(folder, prepared.fingerprint) as ledger:
        left = [task for task in tasks if task.index not in ledger.done]
        finished: Generator[tuple[int, Sums], None, None] = (
            run_on_cluster(left, scheduler) if scheduler and left else run_locally(left, workers)
        )
        with closing(finished):  # workers stop when we do
            for index, sums in finished:
                ledger.keep(index, sums)
                if progress:
                    progress(len(ledger.done), len(tasks))
        return summed(prepared, ledger.done)


def summed(prepared: Prepared, done: dict[int, Sums]) -> Evaluation:
    """Return the performance in every setting, from the sums of all tasks in their order."""
    design, by_setting = prepared.design, _by_setting(prepared.design, done)
    settings = tuple(
        setting_performance(setting, moments(mechanism), sums)
        for setting, mechanism, sums in zip(design.settings, prepared.mechanisms, by_setting, strict=True)
    )
    return Evaluation(
        study=prepared.loaded.protocol.study.title,
        protocol=prepared.loaded.fingerprint,
        fingerprint=prepared.fingerprint,
        wanted=prepared.wanted,
        alpha=design.alpha,
        level=design.level,
        tasks=len(done),
        settings=settings,
        decisions=_decisions(prepared, by_setting),
        not_simulated=prepared.not_simulated,
    )


def _by_setting(design: SimulationDesign, done: dict[int, Sums]) -> list[Sums]:
    pieces = design.tasks()
    return [added([done[piece.index] for piece in pieces if piece.setting == k]) for k in range(len(design.settings))]


def _decisions(prepared: Prepared, by_setting: Sequence[Sums]) -> tuple[DecisionPerformance, ...]:
    """Return the lights by size of the study; effects and clustering of the outcome have nothing to do with them."""
    if not prepared.criteria:
        return ()
    sizes: dict[tuple[int, int], list[int]] = {}
    for k, setting in enumerate(prepared.design.settings):
        sizes.setdefault((setting.groups, setting.size), []).append(k)
    return tuple(
        decision_performance(
            prepared.design.settings[places[0]], prepared.criteria, added([by_setting[k] for k in places])
        )
        for places in sizes.values()
    )
