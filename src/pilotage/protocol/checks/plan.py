"""The analysis plan: outcomes that exist and are compared where they were asked, families, rules, presets."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.problems import kind
from pilotage.protocol.checks.assessments import NOT_OF_THE_STUDY, UNKNOWN_ASSESSMENT
from pilotage.protocol.checks.forms import NOT_NUMERIC, UNKNOWN_ITEM
from pilotage.protocol.checks.people import UNKNOWN_ARM
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.plan import Outcome
from pilotage.yaml_file import Path_

UNKNOWN_SCALE = kind("PROTOCOL-070", "An outcome is a scale that does not exist")
DIRECTION = kind("PROTOCOL-071", "An outcome's direction contradicts its instrument")
OUTCOME_TWICE = kind("PROTOCOL-072", "A scale is an outcome twice")
EMPTY_FAMILY = kind("PROTOCOL-073", "A family of tests is empty")
COMPARISON_ORDER = kind("PROTOCOL-074", "A comparison is not in the order of the assessments")
NOT_ASKED_THERE = kind("PROTOCOL-075", "Something is analysed at an assessment that does not ask it")
PRESET_MISSING = kind("PROTOCOL-076", "The handling of missed occasions and the presets do not fit")
UNKNOWN_SWITCH = kind("PROTOCOL-077", "A choice of a disputed key does not exist")
NOT_IN_BASELINE = kind("PROTOCOL-078", "An item is compared at the start, but not among what describes people")
NOT_COMPARED = kind("PROTOCOL-079", "An outcome is asked at the assessments of no comparison")
RECOMMENDED = kind("PROTOCOL-084", "The preset 'recommended' and its settings do not fit together")
NOT_AT_START = kind("PROTOCOL-085", "A covariate is not asked at the first assessment compared, in every arm")


def scales(written: WrittenProtocol) -> Problems:
    """Check that outcomes are scales of the study's instruments, each once, and better in their direction."""
    seen: set[str] = set()
    for path, outcome in _outcomes(written):
        if outcome.scale in seen:
            message = f"'{outcome.scale}' is already an outcome."
            yield written.problem(OUTCOME_TWICE, (*path, "scale"), message, "Remove one of the two.")
        seen.add(outcome.scale)
        yield from _scale_exists(written, (*path, "scale"), outcome.scale)
        better = written.scales.get(outcome.scale)
        if better not in (None, "neither", outcome.better):
            message = f"For '{outcome.scale}' {outcome.better} is said to be better; its instrument says {better}."
            yield written.problem(DIRECTION, (*path, "better"), message, f"Write 'better: {better}'.")


def _scale_exists(written: WrittenProtocol, path: Path_, scale: str) -> Problems:
    name = scale.partition(".")[0]
    if name not in written.protocol.instruments:
        yield from written.unknown(NOT_OF_THE_STUDY, path, name, "instrument", written.protocol.instruments)
    elif name in written.instruments:
        of_it = [known for known in written.scales if known.startswith(f"{name}.")]
        yield from written.unknown(UNKNOWN_SCALE, path, scale, "scale", of_it)


def families(written: WrittenProtocol) -> Problems:
    """Check that families hold outcomes."""
    outcomes = written.protocol.analysis.outcomes
    for f, family in enumerate(written.protocol.analysis.families):
        for i, group in enumerate(family.outcomes):
            if not getattr(outcomes, group):
                message = f"The family '{family.id}' takes the {group} outcomes, and there are none."
                path = ("analysis", "families", f, "outcomes", i)
                yield written.problem(EMPTY_FAMILY, path, message, "Add such outcomes, or remove the name here.")


def comparisons(written: WrittenProtocol) -> Problems:
    """Check that comparisons name assessments in order, and that each outcome is asked at all those of one."""
    known = [assessment.id for assessment in written.protocol.assessments]
    for c, comparison in enumerate(written.protocol.analysis.comparisons):
        path: Path_ = ("analysis", "comparisons", c, "assessments")
        for i, name in enumerate(comparison.assessments):
            yield from written.unknown(UNKNOWN_ASSESSMENT, (*path, i), name, "assessment", known)
        places = [known.index(name) for name in comparison.assessments if name in known]
        if places != sorted(places):
            message = f"'{comparison.id}' compares {', '.join(comparison.assessments)}, which is not their order."
            yield written.problem(COMPARISON_ORDER, path, message, f"Their order is {', '.join(known)}.")
    for path, outcome in _outcomes(written):
        name = outcome.scale.partition(".")[0]
        wanted = [set(c.assessments) for c in written.protocol.analysis.comparisons]
        if name in written.protocol.instruments and not any(w <= _asking(written, name) for w in wanted):
            message = f"'{name}' is not asked at all assessments of any comparison."
            yield written.problem(NOT_COMPARED, (*path, "scale"), message, "Ask it there, or remove the outcome.")


def reliability(written: WrittenProtocol) -> Problems:
    """Check that reliability is judged at an assessment that asks the outcomes' instruments."""
    at = written.protocol.analysis.reliability.at
    path: Path_ = ("analysis", "reliability", "at")
    known = [assessment.id for assessment in written.protocol.assessments]
    yield from written.unknown(UNKNOWN_ASSESSMENT, path, at, "assessment", known)
    if at in known and not written.protocol.instruments_at(written.protocol.assessment(at)):
        message = f"Reliability is judged at '{at}', which asks no instrument."
        yield written.problem(NOT_ASKED_THERE, path, message, "Choose an assessment that asks the instruments.")


def baseline(written: WrittenProtocol) -> Problems:
    """Check that items describe people at the start, and that those compared are among them and numbers."""
    plan = written.protocol.analysis.baseline
    for name in ("items", "compared"):
        for i, item in enumerate(getattr(plan, name)):
            path = ("analysis", "baseline", name, i)
            yield from written.unknown(UNKNOWN_ITEM, path, item, "item", written.items)
    for i, name in enumerate(plan.compared):
        path = ("analysis", "baseline", "compared", i)
        if name in written.items and name not in plan.items:
            yield written.problem(NOT_IN_BASELINE, path, f"'{name}' is not among 'items'.", "Add it there.")
        if name in written.items and not written.items[name].numeric:
            message = f"'{name}' is compared by a t test, but is a {written.items[name].kind} item."
            yield written.problem(NOT_NUMERIC, path, message, "Compare numbers only; the others are described.")


def practice(written: WrittenProtocol) -> Problems:
    """Check that home practice against change is a derived variable of an arm, at an assessment that asks it."""
    relation = written.protocol.analysis.practice
    if relation is None:
        return
    derived = {variable.id: variable for variable in written.protocol.derived}
    known = [assessment.id for assessment in written.protocol.assessments]
    path: Path_ = ("analysis", "practice")
    yield from written.unknown(UNKNOWN_ITEM, (*path, "variable"), relation.variable, "derived variable", derived)
    yield from written.unknown(UNKNOWN_ARM, (*path, "arm"), relation.arm, "arm", written.arms)
    yield from written.unknown(UNKNOWN_ASSESSMENT, (*path, "assessment"), relation.assessment, "assessment", known)
    if relation.variable not in derived or relation.assessment not in known:
        return
    forms = {name.partition(".")[0] for name in derived[relation.variable].sum}
    if not forms <= set(written.protocol.assessment(relation.assessment).forms):
        message = f"'{relation.variable}' is made of {', '.join(sorted(forms))}, not asked at '{relation.assessment}'."
        yield written.problem(NOT_ASKED_THERE, (*path, "assessment"), message, "Choose the assessment that asks it.")


def presets(written: WrittenProtocol) -> Problems:
    """Check that each preset says what becomes of people with a missed occasion, and no other is named."""
    plan = written.protocol.analysis
    path: Path_ = ("analysis", "missing", "occasions")
    for name in plan.missing.occasions:
        yield from written.unknown(PRESET_MISSING, (*path, name), name, "preset", plan.presets)
    for preset in plan.presets:
        if preset not in plan.missing.occasions:
            message = f"What the preset '{preset}' does with missed occasions is not said."
            yield written.problem(PRESET_MISSING, path, message, f"Add '{preset}: ...'.")


def recommended(written: WrittenProtocol) -> Problems:
    """Check that the preset recommended has an arm to compare with, and covariates known beforehand."""
    plan = written.protocol.analysis
    if ("recommended" in plan.presets) != (plan.recommended is not None):
        present, missing = ("presets", "recommended") if plan.recommended is None else ("recommended", "presets")
        message = f"'recommended' is given under '{present}', but not under '{missing}'."
        remedy = "Add 'recommended: {reference: ..., estimand: ..., set_on: ...}' to the plan, or leave both out."
        yield written.problem(RECOMMENDED, ("analysis",), message, remedy)
    if plan.recommended is None:
        return
    path: Path_ = ("analysis", "recommended")
    yield from written.unknown(UNKNOWN_ARM, (*path, "reference"), plan.recommended.reference, "arm", written.arms)
    for i, name in enumerate(plan.recommended.covariates):
        place = (*path, "covariates", i)
        yield from written.unknown(UNKNOWN_ITEM, place, name, "item", written.items)
        if name in written.items and not written.items[name].numeric:
            message = f"'{name}' is a covariate, but is a {written.items[name].kind} item."
            yield written.problem(NOT_NUMERIC, place, message, "Adjust for numbers only.")
        elif name in written.items and not _asked_at_start(written, name):
            message = f"'{name}' is not asked of every arm at the first assessment of a comparison."
            yield written.problem(NOT_AT_START, place, message, "What is asked later may be an effect; leave it out.")


def _asked_at_start(written: WrittenProtocol, item: str) -> bool:
    """Return whether an item is asked of every arm no later than the outcomes first are."""
    form, first = item.partition(".")[0], {c.assessments[0] for c in written.protocol.analysis.comparisons}
    return any(
        a.id in first and form in a.forms and set(written.arms) <= set(a.arms) for a in written.protocol.assessments
    )


def switches(written: WrittenProtocol) -> Problems:
    """Check that choices of disputed keys exist; notes are on instruments of the study."""
    plan = written.protocol.analysis
    listed = written.protocol.instruments
    for key in ("instrument_notes", "stands_in"):
        for name in getattr(plan, key):
            path: Path_ = ("analysis", key, name)
            yield from written.unknown(NOT_OF_THE_STUDY, path, name, "instrument", listed)
    for name, chosen in plan.switches.items():
        path = ("analysis", "switches", name)
        yield from written.unknown(NOT_OF_THE_STUDY, path, name, "instrument", listed)
        if name not in written.instruments:
            continue
        known = {switch.id: [c.id for c in switch.choices] for switch in written.instruments[name].switches}
        for switch, choice in chosen.items():
            yield from written.unknown(UNKNOWN_SWITCH, (*path, switch), switch, f"switch of {name}", known)
            if switch in known:
                yield from written.unknown(UNKNOWN_SWITCH, (*path, switch), choice, "choice", known[switch])


def _asking(written: WrittenProtocol, instrument: str) -> set[str]:
    return {a.id for a in written.protocol.assessments if instrument in written.protocol.instruments_at(a)}


def _outcomes(written: WrittenProtocol) -> Iterator[tuple[Path_, Outcome]]:
    for group in ("main", "secondary", "if_reliable"):
        for i, outcome in enumerate(getattr(written.protocol.analysis.outcomes, group)):
            yield ("analysis", "outcomes", group, i), outcome
