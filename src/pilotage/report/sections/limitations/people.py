"""Limitations of who took part, who is missing, how they were taught, and how harm was asked for."""

from __future__ import annotations

from pilotage.analysis.results import Described
from pilotage.formatting import counted, listed
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.stats.clusters import FEWEST_GROUPS

GENDER = ("gender", "sex")
FEW = 0.15
"""A gender with a smaller share than this is too few to speak of."""


def one_gender(context: Context) -> str:
    """Say that one gender has so few people that nothing can be said of it."""
    groups = _by_gender(context)
    if not groups:
        return ""
    counts: dict[str, int] = {}
    withheld = False
    for described in groups:
        for name, n in described.counts.items():
            counts[name] = counts.get(name, 0) + (n or 0)
            withheld |= n is None
    if withheld:
        return "One gender has so few people that their number is withheld; nothing can be said of them by themselves."
    total = sum(counts.values())
    few = [f"{n} of {total} people are {name}" for name, n in counts.items() if 0 < n < FEW * total]
    none = [name for name in counts if counts[name] == total]
    if none:
        return f"All {total} people are {none[0]}: whether it is so for others is not known."
    return f"Only {listed(few)}: nothing can be said of them by themselves." if few else ""


def _by_gender(context: Context) -> list[Described]:
    return [d for d in context.results.baseline if d.item.partition(".")[2] in GENDER and d.group != "all" and d.counts]


def missing(context: Context) -> str:
    """Say how many people lack a score, in the outcome that lost most."""
    lost = [(len(o.excluded), o) for o in context.first_comparison.outcomes if o.excluded]
    if not lost:
        return ""
    most, outcome = max(lost, key=lambda pair: pair[0])
    share = number(most / outcome.people, "share") if outcome.people else ""
    return (
        f"Up to {most} of {outcome.people} people ({share}) lack a score that is compared; who answers to the end may "
        "differ from who does not."
    )


def groups(context: Context) -> str:
    """Say that too few groups were taught to know how alike people of one group become."""
    taught = [a for a in context.results.flow if a.cohorts and context.protocol.arm(a.arm).programme]
    number_of = sum(len(a.cohorts) for a in taught)
    if not taught or number_of >= FEWEST_GROUPS:
        return ""
    return (
        f"People were taught in {counted(number_of, 'group')}: too few to estimate how alike people of one group "
        "become, or to tell the programme from its teachers. The intervals take people as independent, and are too "
        "narrow if they are not."
    )


def harm(context: Context) -> str:
    """Say that harm was not asked for systematically, or not in every arm."""
    plan = context.protocol.safety
    reactions = context.results.reactions
    if plan is None or not reactions:
        return "Harm was not asked for, so that none having been reported says nothing."
    unasked = [context.arm(r.arm) for r in reactions if not r.asked]
    parts = []
    if plan.ascertainment != "systematic":
        ways = {"spontaneous": "told by some and asked of nobody", "both": "partly left to people to tell"}
        parts.append(ways[plan.ascertainment])
    if unasked:
        parts.append(f"not asked for in {listed(unasked)}")
    if not parts:
        return ""
    return f"Harm was {listed(parts)}: the numbers are the least there was, and the arms cannot be compared in it."
