"""Results as plain data for ``results.json``: the dataclasses' own names, at full precision."""

from __future__ import annotations

from typing import Any, TypedDict

from pilotage.analysis.results import OutcomeResult, Results
from pilotage.plain_json import json_text, plain
from pilotage.stats.anova_table import Effect
from pilotage.stats.estimate import Estimate

NAMING = frozenset({"person_doses", "who", "met"})
"""Keys under which people stand one by one, by code."""

NOT_WRITTEN = frozenset({"intervals", "sizes"})
"""Fields of an outcome that are written with each effect instead."""

FORMAT = 1
"""Raised when a key is removed or changes its meaning; keys are added without."""


class EffectResult(TypedDict):
    """One effect of the mixed analysis of variance."""

    f: float
    df1: int
    df2: int
    p: float
    partial_eta_squared: float
    partial_eta_squared_interval: Estimate
    generalised_eta_squared: float
    omega_squared: float
    epsilon_gg: float | None
    p_gg: float | None
    epsilon_hf: float | None
    p_hf: float | None
    size: str


def as_json(results: Results, *, codes: bool) -> str:
    """Return the results as JSON text; without ``codes``, nobody is named, and exclusions are counted by reason."""

    def adapt(value: Any, named: dict[str, Any]) -> dict[str, Any]:
        if isinstance(value, OutcomeResult):
            named = _outcome(value, named)
        return named if codes else _anonymous(named)

    return json_text({"format": FORMAT, **plain(results, adapt)}, indent=1) + "\n"


def _outcome(outcome: OutcomeResult, named: dict[str, Any]) -> dict[str, Any]:
    """Return an outcome's fields with each effect's interval and size beside its test, as the file has had them."""
    effects = {e.name: plain(_effect(outcome, e)) for e in (outcome.group, outcome.time, outcome.time_by_group) if e}
    return {key: effects.get(key, inner) for key, inner in named.items() if key not in NOT_WRITTEN}


def _effect(outcome: OutcomeResult, effect: Effect) -> EffectResult:
    return {
        "f": effect.f,
        "df1": effect.df1,
        "df2": effect.df2,
        "p": effect.p,
        "partial_eta_squared": effect.partial_eta_squared,
        "partial_eta_squared_interval": outcome.intervals[effect.name],
        "generalised_eta_squared": effect.generalised_eta_squared,
        "omega_squared": effect.omega_squared_partial,
        "epsilon_gg": effect.epsilon_gg,
        "p_gg": effect.p_gg,
        "epsilon_hf": effect.epsilon_hf,
        "p_hf": effect.p_hf,
        "size": outcome.sizes.get(effect.name, ""),
    }


def _anonymous(named: dict[str, Any]) -> dict[str, Any]:
    named |= {key: [] for key in NAMING & named.keys()}
    if "excluded" in named:
        named["excluded"] = _counted([exclusion["reason"] for exclusion in named["excluded"]])
    return named


def _counted(reasons: list[str]) -> list[dict[str, Any]]:
    return [{"reason": reason, "n": reasons.count(reason)} for reason in dict.fromkeys(reasons)]
