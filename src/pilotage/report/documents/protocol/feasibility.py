"""How feasibility will be judged: domains, indicators, and the limits set beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotage.formatting import counted, listed, sentence
from pilotage.protocol.feasibility import Domain, Indicator, Limit, ProgressionCriterion
from pilotage.protocol.load import LoadedProtocol
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Bullets, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.protocol_labels import known

_STATUS = {
    "presumed": "Assumed, not measured",
    "not applicable": "Not applicable",
    "from the analysis": "Judged from the analysis",
}


def feasibility(loaded: LoadedProtocol) -> Section | None:
    """Return the section on domains, indicators and criteria; None where the study judges none."""
    plan = loaded.protocol.feasibility
    if plan is None:
        return None
    by, on = known(plan.set_by), known(plan.set_on)
    introduction = f"Framework: {plan.framework}. The criteria were set by {by} on {on}. {sentence(plan.criteria_are)}"
    blocks = (Paragraph(introduction.strip()), Bullets(tuple(_domains(plan.domains))), _indicators(loaded))
    return Section("feasibility", "Feasibility criteria", blocks, new_page=True)


def _indicators(loaded: LoadedProtocol) -> TableBlock:
    plan = loaded.protocol.feasibility
    labels = {assessment.id: assessment.label for assessment in loaded.protocol.assessments}
    rows = [row for domain in plan.domains for row in _rows(domain, labels)] if plan else []
    columns = (text("indicator", "Indicator"), text("measured", "Measured as"), text("of", "Out of"),
               text("green", "Green"), text("red", "Red"), text("why", "Why"))  # fmt: skip
    notes = ["Amber lies between green and red. An indicator without limits is described, not judged."]
    return table("criteria", "Domains, indicators and progression criteria", columns, rows, notes)


def _rows(domain: Domain, labels: Mapping[str, str]) -> Iterator[TableRow]:
    yield group(domain.label)
    if domain.status != "assessed":
        yield TableRow((_STATUS[domain.status], sentence(domain.why), "", "", "", ""))
    for indicator in domain.indicators:
        yield TableRow(
            (indicator.label, _measured(indicator, labels), indicator.denominator, *_limits(indicator.criterion))
        )


def _limits(criterion: ProgressionCriterion | None) -> tuple[str, str, str]:
    if criterion is None:
        return "none", "none", ""
    set_by = f" Set by {criterion.set_by}." if criterion.set_by else ""
    set_on = f" Set on {known(criterion.set_on)}." if criterion.set_on else ""
    return _limit(criterion.green), _limit(criterion.red), sentence(criterion.why) + set_by + set_on


def _limit(limit: Limit) -> str:
    return str(limit).replace(">=", "≥").replace("<=", "≤")


def _measured(indicator: Indicator, labels: Mapping[str, str]) -> str:
    description = f"{indicator.measure} of {indicator.of}"
    if indicator.counts:
        description += f": {listed(indicator.counts)}"
    if indicator.out_of:
        description += f", out of {indicator.out_of}"
    if indicator.at_least is not None:
        description += f", at least {counted(indicator.at_least, 'session')}"
    if indicator.assessment:
        description += f" at '{labels[indicator.assessment]}'"
    if indicator.relative_to:
        description += f", as a share of {indicator.relative_to.value:g} {indicator.relative_to.unit}"
    return description + (f"; {indicator.not_counted} are not counted" if indicator.not_counted else "")


def _domains(domains: list[Domain]) -> Iterator[str]:
    for domain in domains:
        parts = [domain.asks, f"Measured here as: {domain.operationalised}" if domain.operationalised else ""]
        if any(parts):
            yield f"{domain.label}. {' '.join(sentence(part) for part in parts if part)}"
