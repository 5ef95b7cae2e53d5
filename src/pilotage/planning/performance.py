"""How a design performed: sums of tasks turned into rates and errors, each with its Monte Carlo standard error."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilotage.planning.design import Setting
from pilotage.planning.mechanism import ScoreMoments
from pilotage.planning.progression_criteria import DECISIONS, SimulatedCriterion, light_probabilities
from pilotage.planning.task import Sums
from pilotage.vocabulary import JUDGED_LIGHTS, Light


@dataclass(frozen=True, slots=True)
class Measured:
    """A performance measure and its Monte Carlo standard error; None where it is not defined."""

    value: float | None
    mcse: float | None


@dataclass(frozen=True, slots=True)
class MethodPerformance:
    """One method in one setting (Morris, White & Crowther 2019, table 6).

    ``rejected`` is the type I error where there is no effect and the power where there is one.
    """

    method: str
    trials: int
    analysed: int
    bias: Measured
    empirical_se: Measured
    model_se: Measured
    coverage: Measured
    rejected: Measured


@dataclass(frozen=True, slots=True)
class SettingPerformance:
    """One setting: what was true in it, and every method in it."""

    setting: Setting
    moments: ScoreMoments
    methods: tuple[MethodPerformance, ...]


@dataclass(frozen=True, slots=True)
class LightPerformance:
    """One criterion in studies of one size: what is true, how often each light shows, and the exact probability."""

    criterion: SimulatedCriterion
    true_light: Light
    people: int
    lights: dict[str, Measured]
    right: Measured
    exact: dict[str, float] | None


@dataclass(frozen=True, slots=True)
class DecisionPerformance:
    """All criteria together in studies of one size: how often go, amend and stop come out, and the right one."""

    groups: int
    size: int
    others: int
    trials: int
    right_decision: str
    decisions: dict[str, Measured]
    right: Measured
    criteria: tuple[LightPerformance, ...]


def added(parts: Sequence[Sums]) -> Sums:
    """Return the sums of several tasks, added in their given order so that rounding is the same whoever ran them."""
    first, *others = parts
    return {
        key: added([part[key] for part in parts])
        if isinstance(value, dict)
        else sum((part[key] for part in others), start=value)
        for key, value in first.items()
    }


def setting_performance(setting: Setting, moments: ScoreMoments, sums: Sums) -> SettingPerformance:
    """Return every method's performance in one setting."""
    trials = sums["trials"]
    methods = tuple(_method(name, trials, kept) for name, kept in sums["methods"].items() if kept["analysed"])
    return SettingPerformance(setting, moments, methods)


def _method(name: str, trials: int, sums: Mapping[str, float]) -> MethodPerformance:
    n = int(sums["analysed"])
    bias = sums["error"] / n
    variance = max(sums["error2"] - n * bias * bias, 0.0) / (n - 1) if n > 1 else math.nan
    empirical = math.sqrt(variance)
    return MethodPerformance(
        method=name,
        trials=trials,
        analysed=n,
        bias=Measured(bias, empirical / math.sqrt(n)),
        empirical_se=Measured(empirical, empirical / math.sqrt(2 * (n - 1)) if n > 1 else None),
        model_se=_model_se(sums, n),
        coverage=proportion(int(sums["covered"]), n),
        rejected=proportion(int(sums["rejected"]), n),
    )


def _model_se(sums: Mapping[str, float], n: int) -> Measured:
    """Return the root of the mean estimated variance, with its error by the delta method."""
    mean = sums["variance"] / n
    spread = max(sums["variance2"] / n - mean * mean, 0.0)
    return Measured(math.sqrt(mean), math.sqrt(spread / (4 * n * mean)) if mean > 0 else None)


def proportion(count: int, n: int) -> Measured:
    """Return a share of the trials; its Monte Carlo error is ``sqrt(p (1 - p) / n)``.

    Examples
    --------
    >>> found = proportion(50, 1000)
    >>> found.value, round(found.mcse, 5)
    (0.05, 0.00689)
    """
    if n == 0:
        return Measured(None, None)
    share = count / n
    return Measured(share, math.sqrt(share * (1 - share) / n))


def decision_performance(setting: Setting, criteria: Sequence[SimulatedCriterion], sums: Sums) -> DecisionPerformance:
    """Return the lights and the decision in studies of one size."""
    trials = sums["trials"]
    truths = [criterion.true_light for criterion in criteria]
    right = DECISIONS[max((JUDGED_LIGHTS.index(truth) for truth in truths), default=0)]
    return DecisionPerformance(
        groups=setting.groups,
        size=setting.size,
        others=setting.others,
        trials=trials,
        right_decision=right,
        decisions={name: proportion(count, trials) for name, count in sums["decisions"].items()},
        right=proportion(sums["decisions"][right], trials),
        criteria=tuple(_lights(c, setting, sums["lights"][c.id], trials) for c in criteria),
    )


def _lights(
    criterion: SimulatedCriterion, setting: Setting, counts: Mapping[str, int], trials: int
) -> LightPerformance:
    people = criterion.people(setting.groups * setting.size, setting.people)
    exact = None if criterion.kind == "mean" else light_probabilities(criterion, criterion.truth, people)
    return LightPerformance(
        criterion=criterion,
        true_light=criterion.true_light,
        people=people,
        lights={light.value: proportion(counts[light], trials) for light in JUDGED_LIGHTS},
        right=proportion(counts[criterion.true_light], trials),
        exact=None if exact is None else {light.value: value for light, value in exact.items()},
    )
