"""Limitations of how things were measured."""

from __future__ import annotations

from pilotage.formatting import listed
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.floor_and_ceiling import at_better_end


def unreliable(context: Context) -> str:
    """Say which scales lie below the plan's limit of reliability, whether or not they are compared."""
    rule = context.protocol.analysis.reliability
    below = [
        f"{context.scale(r.scale)} ({number(r.alpha.value, 'coefficient')})"
        for r in context.results.reliability
        if r.assessment == rule.at and r.alpha is not None and r.alpha.value < rule.at_least
    ]
    if not below:
        return ""
    limit = number(rule.at_least, "coefficient")
    return f"Scales with an alpha below {limit} at “{context.assessment(rule.at)}”: {listed(below)}."


def ceiling(context: Context) -> str:
    """Say on which scales many people had no room to improve at the start."""
    results = context.results.recommended
    if results is None or not results.ceiling:
        return ""
    starts = {c.id: c.assessments[0] for c in context.results.comparisons}
    crowded = [
        e.label.lower()
        for c in results.ceiling
        for e in c.ends
        if e.assessment == starts.get(c.comparison) and at_better_end(e)
    ]
    if not crowded:
        return ""
    return f"At the start many people had the best score there is in {listed(list(dict.fromkeys(crowded)))}."


def stands_in(context: Context) -> str:
    """Say which instruments are not the ones that the study used or would use."""
    named = context.protocol.analysis.stands_in
    replacements = [f"the {context.loaded.instruments[i].abbreviation} stands in for {other}"
            for i, other in named.items() if i in context.loaded.instruments]  # fmt: skip
    return f"Not every instrument is the one meant: {listed(replacements)}." if replacements else ""


def self_report(context: Context) -> str:
    """Say that everything is people's own word about themselves."""
    if any(a.by == "someone who knows them" for a in context.protocol.assessments):
        return ""
    return (
        "Everything is what people say of themselves, and those who followed the programme know that they did: nobody "
        "else's view, no behaviour and no task was observed."
    )


def practice_recalled(context: Context) -> str:
    """Say that home practice was recalled at the end, without a diary."""
    if not context.results.practice or context.results.diary:
        return ""
    return "Home practice was recalled at the end and not noted day by day; such memories are poor."
