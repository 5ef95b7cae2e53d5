"""The analysis plan: outcomes with their direction, comparisons, rules, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotage.formatting import listed, sentence, uncapitalised
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.plan import AnalysisPlan, Outcome, RecommendedPlan
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Bullets, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.protocol_labels import known
from pilotage.report.sections.outcome_labels import METHODS, ROLES

PRESETS = {"paper-2020": "the analysis of the 2020 study", "recommended": "the recommended analysis"}


def analysis_plan(loaded: LoadedProtocol) -> Section:
    """Return the section on the analysis plan."""
    plan = loaded.protocol.analysis
    left_out = (Section("not-done", "What the analysis does not include", (Bullets(tuple(plan.not_done)),)),)
    blocks = (Paragraph(sentence(f"The plan is locked {known(plan.locked)}")), _outcomes(loaded),
              Bullets(tuple(map(sentence, _rules(loaded)))))  # fmt: skip
    return Section("analysis", "Analysis plan", blocks, left_out if plan.not_done else ())


def _outcomes(loaded: LoadedProtocol) -> TableBlock:
    columns = (text("outcome", "Outcome"), text("scale", "Scale"), text("better", "Better"))
    outcomes = loaded.protocol.analysis.outcomes
    rows: list[TableRow] = []
    for role, title in ROLES.items():
        members: list[Outcome] = getattr(outcomes, role)
        rows += (
            [group(title), *(TableRow((o.label, _scale(loaded, o.scale), o.better)) for o in members)]
            if members
            else []
        )
    return table("outcomes", "Outcomes and the better direction of each", columns, rows)


def _scale(loaded: LoadedProtocol, name: str) -> str:
    instrument, _, scale = name.partition(".")
    if instrument not in loaded.instruments:
        return name
    definition = loaded.instruments[instrument]
    return f"{definition.abbreviation}, {definition.scale(scale).name}"


def _rules(loaded: LoadedProtocol) -> Iterator[str]:
    protocol, plan = loaded.protocol, loaded.protocol.analysis
    for comparison in plan.comparisons:
        at = listed([protocol.assessment(a).label for a in comparison.assessments])
        yield f"Comparison '{comparison.label}': {at}; for people with a score at each of these assessments"
    for family in plan.families:
        of = listed([ROLES[role].lower() for role in family.outcomes])
        adjusted = listed((METHODS[method] for method in family.adjust), empty="no adjustment")
        yield f"Multiplicity, family '{family.id}' ({of}): {adjusted}"
    rule = plan.reliability
    of = "every outcome" if rule.decides == "all" else "the outcomes compared only if reliable"
    limit = f"{rule.statistic} of at least {rule.at_least:g} at '{protocol.assessment(rule.at).label}'"
    yield f"Reliability: {limit} is required of {of}. {rule.why}".strip()
    yield f"Missing items: {plan.missing.items}"
    for preset, rule_text in plan.missing.occasions.items():
        yield f"Missed assessments ({PRESETS[preset]}): {rule_text}"
    yield from _important(plan)
    yield from _described(loaded)


def _described(loaded: LoadedProtocol) -> Iterator[str]:
    protocol, plan = loaded.protocol, loaded.protocol.analysis
    if plan.baseline.items:
        yield f"Described at baseline: {listed(_items(protocol, plan.baseline.items))}"
    if plan.baseline.compared:
        yield f"Compared between arms at baseline: {listed(_items(protocol, plan.baseline.compared))}"
    if plan.practice:
        variable = next((d.label for d in protocol.derived if d.id == plan.practice.variable), plan.practice.variable)
        yield f"Change is correlated with {uncapitalised(variable)} in the arm {protocol.arm(plan.practice.arm).label}"
    yield f"Tests are two-sided, at {plan.significance:g}"
    if plan.benchmarks:
        yield f"Effect sizes are labelled by: {plan.benchmarks}"
    for instrument, choices in plan.switches.items():
        readings = [f"{item.replace('-', ' ')} is scored as {reading}" for item, reading in choices.items()]
        yield f"Disputed scoring key of the {_instrument(loaded, instrument)}: {listed(readings)}"
    yield f"Analyses: {listed([PRESETS[preset] for preset in plan.presets])}"
    if plan.recommended:
        yield from _recommended(protocol, plan.recommended)


def _recommended(protocol: Protocol, plan: RecommendedPlan) -> Iterator[str]:
    yield f"Estimand (recommended analysis): {plan.estimand}"
    yield f"Differences (recommended analysis): each other arm minus {protocol.arm(plan.reference).label}"
    if plan.covariates:
        yield f"Adjusted (recommended analysis): for the baseline score and {listed(_items(protocol, plan.covariates))}"
    prior = plan.sceptical_prior
    large = f"a difference above {prior.large:g} SD of the baseline scores has a probability of {prior.chance:g}"
    yield f"Sceptical prior: no difference is expected, and {large}; {prior.why}"
    yield f"Random draws use the seed {plan.seed}. This plan was fixed on {known(plan.set_on)}"


def _important(plan: AnalysisPlan) -> Iterator[str]:
    outcomes = plan.outcomes
    for outcome in (*outcomes.main, *outcomes.secondary, *outcomes.if_reliable):
        if least := outcome.minimal_important_difference:
            yield f"Minimal important difference, {outcome.label.lower()}: {least.value:g}; {least.why}"


def _items(protocol: Protocol, names: Iterable[str]) -> list[str]:
    """Return the questions of items, in quotes: a reader does not know their ids."""
    language = protocol.report.language
    return [f"“{say(protocol.item(name).ask, language)}”" for name in names]


def _instrument(loaded: LoadedProtocol, name: str) -> str:
    return loaded.instruments[name].abbreviation if name in loaded.instruments else name
