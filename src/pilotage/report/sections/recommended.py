"""The recommended analysis: differences by several methods, what to believe of them, and what could not be had."""

from __future__ import annotations

from pilotage.analysis.recommended.effect_results import ComparisonEffects, Difference, OutcomeEffects
from pilotage.formatting import counted, listed
from pilotage.report.model.document import Block, Bullets, Paragraph, Section
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.recommended_tables import beliefs, by_method, corrected, differences, standardised
from pilotage.report.sections.side_by_side import excludes_zero, last

NAMES = {
    "change": "Change scores",
    "ancova": "Analysis of covariance",
    "mixed_model": "Mixed model",
    "constrained": "Mixed model with equal means at the start (cLDA)",
    "robust": "Robust errors (HC3)",
    "permutation": "Exact permutation test",
    "rank": "Ranks",
    "ordinal": "Proportional odds",
    "standardised": "Standardised differences",
    "all": "Everything",
}


def recommended(context: Context) -> Section | None:
    """Return the section of the preset `recommended`; None where the plan does not ask for it."""
    results = context.results.recommended
    if results is None:
        return None
    parts = [tuple(_comparison(context, c, first=k == 0)) for k, c in enumerate(results.comparisons)]
    title = "The recommended analysis"
    if len(parts) == 1:
        return Section("recommended", title, parts[0])
    titled = (Section(f"recommended-{c.id}", c.label, p) for c, p in zip(results.comparisons, parts, strict=True))
    return Section("recommended", title, (), tuple(titled))


def _comparison(context: Context, ours: ComparisonEffects, *, first: bool) -> list[Block]:
    suffix = "" if first else f"-{ours.id}"
    blocks: list[Block] = [Bullets(tuple(effect_sentence(context, o) for o in ours.outcomes if o.role == "main"))]
    blocks += [Paragraph(lord_sentence(context, ours)), Paragraph(slopes_sentence(context, ours))]
    blocks += [draw(context, ours, suffix) for draw in (differences, standardised, beliefs, corrected, by_method)]
    blocks += [Paragraph(joint_sentence(context, ours)), Bullets(tuple(reasons(context, ours)))]
    return [block for block in blocks if block not in (Paragraph(""), Bullets(()))]


def effect_sentence(context: Context, outcome: OutcomeEffects) -> str:
    """Put into words an outcome's adjusted difference with its interval, and how sure one can be of its direction."""
    difference = last(outcome)
    if difference is None or difference.ancova is None:
        why = outcome.why_not.get("all") or outcome.why_not.get("ancova", "nobody was compared")
        return f"{outcome.label}: no adjusted difference; {why}."
    a = difference.ancova
    value = f"{number(a.estimate, 'score')} [{number(a.low, 'score')}, {number(a.high, 'score')}]"
    arms = f"{context.arm(difference.arm)} less {context.arm(difference.reference)}"
    which = f"{arms}, {context.assessment(difference.assessment)}"
    reading = "the interval leaves out nought" if excludes_zero(a) else "the interval holds differences both ways"
    return f"{outcome.label}: adjusted difference {value} ({which}; n = {a.n}); {reading}{_sure(outcome, difference)}."


def _sure(outcome: OutcomeEffects, difference: Difference) -> str:
    beliefs = {b.prior: b for b in difference.beliefs}
    if "flat" not in beliefs or "sceptical" not in beliefs:
        return ""
    flat, sceptical = beliefs["flat"], beliefs["sceptical"]
    sentence = (
        f"; the probability that it is for the better is {number(flat.better, 'probability')}, "
        f"and {number(sceptical.better, 'probability')} for a sceptic"
    )
    if flat.important is None or sceptical.important is None:
        return sentence
    return (
        f"{sentence}; that it is at least the {outcome.important:g} that matters, "
        f"{number(flat.important, 'probability')} and {number(sceptical.important, 'probability')}"
    )


def lord_sentence(context: Context, ours: ComparisonEffects) -> str:
    """Say what it means that change scores and adjusted scores differ, by how people came into the arms."""
    if context.protocol.study.randomised:
        return (
            "Change scores and adjusted scores estimate the same difference here, as people were allocated at random; "
            "adjusting makes it more precise."
        )
    # Lord (1967): without randomisation the two questions have two answers, and neither is an effect.
    both = [(o, d) for o in ours.outcomes if (d := last(o)) and d.change and d.ancova]
    apart = [o.label.lower() for o, d in both if excludes_zero(d.change) != excludes_zero(d.ancova)]
    sentence = (
        "As the arms were not formed by chance, change scores and adjusted scores answer different questions (Lord's "
        "paradox): whether the arms changed by different amounts, and whether people of both arms who began alike "
        "ended alike. Neither is proof of an effect"
    )
    return f"{sentence}. They part over {listed(apart)}." if apart else f"{sentence}; here they say alike."


def slopes_sentence(context: Context, ours: ComparisonEffects) -> str:
    """Say for which outcomes one adjusted difference does not hold for everyone."""
    limit = context.protocol.analysis.significance
    tested = [(o, s) for o in ours.outcomes for s in o.slopes]
    if not tested:
        return ""
    uneven = list(dict.fromkeys(o.label.lower() for o, s in tested if s.p < limit))
    beginning = (
        f"Whether the first score foretells the later one alike in every arm was asked {counted(len(tested), 'time')}"
    )
    if not uneven:
        return f"{beginning}; nothing speaks against it, which in so few people is not much."
    return f"{beginning}. It seems otherwise for {listed(uneven)}: there the difference depends on where people began."


def joint_sentence(context: Context, ours: ComparisonEffects) -> str:
    """Say what is left when all outcomes are tested together."""
    if ours.joint.why_not:
        return f"All outcomes were not tested together: {ours.joint.why_not}."
    limit = context.protocol.analysis.significance
    left = [
        o.label.lower()
        for o in ours.outcomes
        if any(d.joint_p is not None and d.joint_p < limit for d in o.differences)
    ]
    tested = f"Tested together ({counted(ours.joint.tests, 'difference')}, maxT), "
    below = f"below p = {number(limit, 'coefficient')}"
    return f"{tested}{listed(left)} stayed {below}." if left else f"{tested}none stayed {below}."


def reasons(context: Context, ours: ComparisonEffects) -> list[str]:
    """Return what could not be had, and why; outcomes of the same reason together."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for outcome in ours.outcomes:
        for method, why in outcome.why_not.items():
            by_reason.setdefault((method, why), []).append(outcome.label.lower())
    total = len(ours.outcomes)
    compared = total - sum("all" in o.why_not for o in ours.outcomes)
    lines = []
    for (method, why), labels in by_reason.items():
        whom = "any outcome" if len(labels) in (total, compared) and len(labels) > 1 else listed(labels)
        lines.append(f"{NAMES.get(method, method)}: not done for {whom}; {why}.")
    edge = [o.label.lower() for o in ours.outcomes if o.fit and o.fit.boundary]
    if edge:
        lines.append(f"Mixed model: the covariance lies at an edge for {listed(edge)}, so its errors are less certain.")
    return lines
