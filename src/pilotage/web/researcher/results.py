"""What a page shows of `results.json`: the feasibility matrix, the outcomes, and who was left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilotage.protocol.load import LoadedProtocol
from pilotage.vocabulary import Light
from pilotage.web.pages.protocol_words import in_page_language, named
from pilotage.web.records import archives, protocols
from pilotage.web.records.models import AnalysisRun
from pilotage.web.researcher.labels import LIGHTS, Words


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of feasibility as words."""

    domain: str
    label: str
    size: str
    value: str
    interval: str
    word: Words
    tone: str


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome as words: a cell for each arm and assessment, and what came of the comparison."""

    label: str
    cells: tuple[tuple[str, str], ...]
    p: str
    eta: str
    eta_interval: str
    left_out: tuple[str, ...]
    why_not: str


@dataclass(frozen=True)
class RunSummary:
    """The results of one run, for a page."""

    data: str
    protocol: str
    arms: tuple[tuple[str, tuple[str, ...]], ...]
    indicators: tuple[IndicatorRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    left_out: tuple[str, ...]


def summary(run: AnalysisRun) -> RunSummary | None:
    """Read the results of a run that is done."""
    content = archives.file_of(run.package, "results.json") if run.package else None
    if content is None:
        return None
    results, loaded = json.loads(content), protocols.of_version(run.freeze.version)
    comparison, names = results["comparisons"][0], _names(loaded)
    outcomes = tuple(_outcome(row, comparison["assessments"], loaded, names) for row in comparison["outcomes"])
    return RunSummary(
        data=results["provenance"]["data"][:12],
        protocol=results["provenance"]["protocol_version"],
        arms=tuple(_arms(comparison, loaded)),
        indicators=tuple(_indicator(d["label"], row, names) for d in results["feasibility"] for row in d["indicators"]),
        outcomes=outcomes,
        left_out=tuple(dict.fromkeys(person for outcome in outcomes for person in outcome.left_out)),
    )


def _names(loaded: LoadedProtocol) -> dict[str, str]:
    """Return the names of domains, indicators and outcomes as the page shows them, by what the results call them."""
    protocol = loaded.protocol
    outcomes = protocol.analysis.outcomes
    domains = protocol.feasibility.domains if protocol.feasibility else []
    labels = [outcome.label for outcome in (*outcomes.main, *outcomes.secondary, *outcomes.if_reliable)]
    for domain in domains:
        labels += [domain.label, *(indicator.label for indicator in domain.indicators)]
    return {str(label): in_page_language(label) for label in labels}


def _arms(comparison: Mapping[str, Any], loaded: LoadedProtocol) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each arm with its people at most, and the assessments beneath it."""
    occasions = tuple(named(loaded.protocol.assessment(name)) for name in comparison["assessments"])
    sizes: dict[str, int] = {}
    for outcome in comparison["outcomes"]:
        for arm in outcome["arms"]:
            sizes[arm["arm"]] = max(sizes.get(arm["arm"], 0), arm["n"])
    return ((f"{in_page_language(loaded.protocol.arm(arm).label)} ({n})", occasions) for arm, n in sizes.items())


def _outcome(
    row: Mapping[str, Any], assessments: list[str], loaded: LoadedProtocol, names: Mapping[str, str]
) -> OutcomeRow:
    from pilotage.formatting import p_value
    from pilotage.report.model.values import MeanSd
    from pilotage.report.model.wording import interval, number, say

    effect = row["time_by_group"]
    eta = effect["partial_eta_squared_interval"] if effect else None
    cells = [
        (
            f"{in_page_language(loaded.protocol.arm(arm['arm']).label)}, {named(loaded.protocol.assessment(when))}",
            say(MeanSd(mean, sd)),
        )
        for arm in row["arms"]
        for when, mean, sd in zip(assessments, arm["means"], arm["sds"], strict=True)
    ]
    return OutcomeRow(
        label=names.get(row["label"], row["label"]),
        cells=tuple(cells),
        p=p_value(effect["p"]) if effect else "",
        eta=number(effect["partial_eta_squared"], "eta") if effect else "",
        eta_interval=interval(eta["low"], eta["high"], "eta") if eta and eta["low"] is not None else "",
        left_out=tuple(_left_out(row["excluded"])),
        why_not=row["why_not"],
    )


def _left_out(excluded: list[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each person by code in the analyst's edition; counts by reason in the shared one."""
    if excluded and "participant" in excluded[0]:
        return (f"{person['participant']} ({person['reason']})" for person in excluded)
    counts = Counter({group["reason"]: group["n"] for group in excluded})
    return (f"{n} × {reason}" for reason, n in counts.items())


def _indicator(domain: str, row: Mapping[str, Any], names: Mapping[str, str]) -> IndicatorRow:
    from pilotage.report.model.wording import interval, number

    estimate, (word, tone) = row["estimate"], LIGHTS[Light(row["light"])]
    known = estimate is not None and not row["not_collected"]
    bounded = known and estimate["low"] is not None
    size = f"{row['n']}/{row['of']}" if row["of"] else str(row["n"] or "")
    return IndicatorRow(
        domain=names.get(domain, domain),
        label=names.get(row["label"], row["label"]),
        size=size if known else "",
        value=number(estimate["value"], row["kind"]) if known else _("not collected"),
        interval=interval(estimate["low"], estimate["high"], row["kind"]) if bounded else "",
        word=word,
        tone=tone,
    )
