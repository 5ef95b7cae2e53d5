"""What a page shows of `results.json`: the feasibility matrix, the outcomes, and who was left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records import archives, protocols
from pilotage.web.records.models import AnalysisRun

LIGHTS: dict[str, tuple[str | Promise, str]] = {
    "green": (gettext_lazy("green"), "good"),
    "amber": (gettext_lazy("amber"), "attention"),
    "red": (gettext_lazy("red"), "bad"),
    "none": (gettext_lazy("not judged"), ""),
}


@dataclass(frozen=True)
class Indicator:
    """One indicator of feasibility as words."""

    domain: str
    label: str
    size: str
    value: str
    interval: str
    word: str | Promise
    tone: str


@dataclass(frozen=True)
class Outcome:
    """One outcome as words: a cell for each arm and assessment, and what came of the comparison."""

    label: str
    cells: tuple[tuple[str, str], ...]
    p: str
    eta: str
    eta_interval: str
    left_out: tuple[str, ...]
    why_not: str


@dataclass(frozen=True)
class Summary:
    """The results of one run, for a page."""

    data: str
    protocol: str
    arms: tuple[tuple[str, tuple[str, ...]], ...]
    indicators: tuple[Indicator, ...]
    outcomes: tuple[Outcome, ...]
    left_out: tuple[str, ...]


def summary(run: AnalysisRun) -> Summary | None:
    """The results of a run that is done."""
    content = archives.file_of(run.package, "results.json") if run.package else None
    if content is None:
        return None
    found, loaded = json.loads(content), protocols.of_version(run.freeze.version)
    comparison = found["comparisons"][0]
    outcomes = tuple(_outcome(one, comparison["assessments"], loaded) for one in comparison["outcomes"])
    return Summary(
        data=found["provenance"]["data"][:12],
        protocol=found["provenance"]["protocol_version"],
        arms=tuple(_arms(comparison, loaded)),
        indicators=tuple(_indicator(d["label"], one) for d in found["feasibility"] for one in d["indicators"]),
        outcomes=outcomes,
        left_out=tuple(dict.fromkeys(said for outcome in outcomes for said in outcome.left_out)),
    )


def _arms(comparison: Mapping[str, Any], loaded: LoadedProtocol) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each arm with its people at most, and the assessments beneath it."""
    occasions = tuple(loaded.protocol.assessment(one).label for one in comparison["assessments"])
    sizes: dict[str, int] = {}
    for outcome in comparison["outcomes"]:
        for arm in outcome["arms"]:
            sizes[arm["arm"]] = max(sizes.get(arm["arm"], 0), arm["n"])
    return ((f"{loaded.protocol.arm(arm).label} ({n})", occasions) for arm, n in sizes.items())


def _outcome(one: Mapping[str, Any], assessments: list[str], loaded: LoadedProtocol) -> Outcome:
    from pilotage.formatting import p_value
    from pilotage.report.model.values import MeanSd
    from pilotage.report.model.wording import interval, number, say

    effect = one["time_by_group"]
    eta = effect["partial_eta_squared_interval"] if effect else None
    cells = [
        (f"{loaded.protocol.arm(arm['arm']).label}, {loaded.protocol.assessment(when).label}", say(MeanSd(mean, sd)))
        for arm in one["arms"]
        for when, mean, sd in zip(assessments, arm["means"], arm["sds"], strict=True)
    ]
    return Outcome(
        label=one["label"],
        cells=tuple(cells),
        p=p_value(effect["p"]) if effect else "",
        eta=number(effect["partial_eta_squared"], "eta") if effect else "",
        eta_interval=interval(eta["low"], eta["high"], "eta") if eta and eta["low"] is not None else "",
        left_out=tuple(_left_out(one["excluded"])),
        why_not=one["why_not"],
    )


def _left_out(excluded: list[Mapping[str, Any]]) -> Iterator[str]:
    """Each person by code in the analyst's edition; counts by reason in the shared one."""
    if excluded and "participant" in excluded[0]:
        return (f"{one['participant']} ({one['reason']})" for one in excluded)
    counts = Counter({one["reason"]: one["n"] for one in excluded})
    return (f"{n} × {reason}" for reason, n in counts.items())


def _indicator(domain: str, one: Mapping[str, Any]) -> Indicator:
    from pilotage.report.model.wording import interval, number

    estimate, (word, tone) = one["estimate"], LIGHTS[one["light"]]
    known = estimate is not None and not one["not_collected"]
    bounded = known and estimate["low"] is not None
    size = f"{one['n']}/{one['of']}" if one["of"] else str(one["n"] or "")
    return Indicator(
        domain=domain,
        label=one["label"],
        size=size if known else "",
        value=number(estimate["value"], one["kind"]) if known else _("not collected"),
        interval=interval(estimate["low"], estimate["high"], one["kind"]) if bounded else "",
        word=word,
        tone=tone,
    )
