"""The analysis plan: outcomes with their direction, comparisons, rules, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import listed
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.plan import AnalysisPlan, Outcome, RecommendedPlan
from pilotage.protocol.protocol import Protocol
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Bullets, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.protocol_labels import known, sentence

_ROLES = {"main": "Main outcomes", "secondary": "Secondary outcomes", "if_reliable": "Compared only when reliable"}


def analysis_plan(loaded: LoadedProtocol) -> Section:
    """The plan, whole."""
    protocol, plan = loaded.protocol, loaded.protocol.analysis
    left_out = (Section("not-done", "What the analysis leaves out", (Bullets(tuple(plan.not_done)),)),)
    blocks = (Paragraph(sentence(f"The plan is locked {known(plan.locked)}")), _outcomes(loaded),
              Bullets(tuple(map(sentence, _rules(protocol, plan)))))  # fmt: skip
    return Section("analysis", "Analysis plan", blocks, left_out if plan.not_done else ())


def _outcomes(loaded: LoadedProtocol) -> TableBlock:
    columns = (text("outcome", "Outcome"), text("scale", "Scale"), text("better", "Better"))
    outcomes = loaded.protocol.analysis.outcomes
    rows: list[TableRow] = []
    for role, title in _ROLES.items():
        found: list[Outcome] = getattr(outcomes, role)
        rows += (
            [group(title), *(TableRow((o.label, _scale(loaded, o.scale), o.better)) for o in found)] if found else []
        )
    return table("outcomes", "Outcomes and the direction that is better", columns, rows)


def _scale(loaded: LoadedProtocol, name: str) -> str:
    instrument, _, scale = name.partition(".")
    if instrument not in loaded.instruments:
        return name
    definition = loaded.instruments[instrument]
    return f"{definition.abbreviation}, {definition.scale(scale).label or scale.replace('_', ' ')}"


def _rules(protocol: Protocol, plan: AnalysisPlan) -> Iterator[str]:
    for comparison in plan.comparisons:
        at = listed([protocol.assessment(a).label for a in comparison.assessments])
        yield f"Comparison '{comparison.label}': {at}; people need a score at every one of them"
    for family in plan.families:
        of = listed([_ROLES[role].lower() for role in family.outcomes])
        yield f"Multiplicity, family '{family.id}' ({of}): {listed(family.adjust) or 'no adjustment'}"
    rule = plan.reliability
    of = "every outcome" if rule.decides == "all" else "the outcomes compared only when reliable"
    limit = f"{rule.statistic} of at least {rule.at_least:g} at '{rule.at}'"
    yield f"Reliability: {limit} decides on {of}. {rule.why}".strip()
    yield f"Blank items: {plan.missing.items}"
    for preset, said in plan.missing.occasions.items():
        yield f"Missed assessments ({preset}): {said}"
    yield from _important(plan)
    yield from _described(protocol, plan)


def _described(protocol: Protocol, plan: AnalysisPlan) -> Iterator[str]:
    if plan.baseline.items:
        yield f"Described at the start: {listed(plan.baseline.items)}"
    if plan.baseline.compared:
        yield f"Compared between arms at the start: {listed(plan.baseline.compared)}"
    if plan.practice:
        yield f"Change is related to {plan.practice.variable} in the arm '{plan.practice.arm}'"
    yield f"Tests are two-sided at {plan.significance:g}"
    if plan.benchmarks:
        yield f"Rule of thumb: {plan.benchmarks}"
    for instrument, choices in plan.switches.items():
        yield f"Disputed key of {instrument}: {listed([f'{k} read as {v}' for k, v in choices.items()])}"
    yield f"Presets: {listed(plan.presets)}"
    if plan.recommended:
        yield from _recommended(protocol, plan.recommended)


def _recommended(protocol: Protocol, plan: RecommendedPlan) -> Iterator[str]:
    yield f"Estimand (recommended): {plan.estimand}"
    yield f"Differences (recommended) are each other arm less {protocol.arm(plan.reference).label}"
    if plan.covariates:
        yield f"Differences (recommended) are adjusted for the first score and {listed(plan.covariates)}"
    prior = plan.sceptical_prior
    large = f"more than {prior.large:g} SD of the first scores"
    yield f"Sceptical prior: no difference expected, and a chance of {prior.chance:g} for {large}; {prior.why}"
    yield f"What is drawn uses the seed {plan.seed}; fixed on {known(plan.set_on)}"


def _important(plan: AnalysisPlan) -> Iterator[str]:
    outcomes = plan.outcomes
    for outcome in (*outcomes.main, *outcomes.secondary, *outcomes.if_reliable):
        if least := outcome.minimal_important_difference:
            yield f"Smallest difference that matters, {outcome.label.lower()}: {least.value:g}; {least.why}"
