"""Limitations of the study's design, its plan and those who made it."""

from __future__ import annotations

from datetime import date
from statistics import median

from pilotage.formatting import counted, listed
from pilotage.protocol.study import TeamMember
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.yaml_file import Unknown


def simulated(context: Context) -> str:
    """Say that nobody gave these answers."""
    return (
        "The people are simulated: nothing here tells anything about the programme."
        if context.results.provenance.simulated
        else ""
    )


def not_randomised(context: Context) -> str:
    """Say that the arms were not formed by chance, or that there is only one."""
    if len(context.results.people) < 2:
        return "There is one arm, so that no change can be told from what would have happened anyway."
    if context.protocol.study.randomised:
        return ""
    ways = listed(list(dict.fromkeys(a.allocation for a in context.protocol.arms)))
    return (
        f"People were not allocated to the arms at random ({ways}). Differences between the arms may come from who "
        "chose what, from what people expected, from other help they sought, and from extreme scores that return."
    )


def few_people(context: Context) -> str:
    """Say that intervals are so wide that small differences cannot be told from none."""
    widths = [
        (o.hedges_g.high - o.hedges_g.low) / 2
        for o in context.tested("main")
        if o.hedges_g and o.hedges_g.low is not None and o.hedges_g.high is not None
    ]
    people = counted(sum(context.results.people.values()), "person", "people")
    if not widths or median(widths) < 0.2:
        return ""
    return (
        f"With {people}, the 95 % intervals of standardised differences reach "
        f"{number(median(widths), 'statistic')} SD to either side: smaller differences cannot be told from none, and "
        "an effect that is found is likely to be found too large."
    )


def many_tests(context: Context) -> str:
    """Say how many tests there were, and how many would be below the limit by chance."""
    tests, limit = context.results.tests, context.protocol.analysis.significance
    if len(tests) < 2:
        return ""
    return (
        f"{counted(len(tests), 'test')} were run, all of them listed; without any effect about "
        f"{number(limit * len(tests), 'count')} would have p < {number(limit, 'coefficient')}."
    )


def criteria_afterwards(context: Context) -> str:
    """Say that the criteria of feasibility were set after the first answer."""
    plan = context.protocol.feasibility
    if plan is None or not any(i.criterion for d in plan.domains for i in d.indicators):
        return ""
    when = _afterwards(context, plan.set_on)
    return f"The criteria of feasibility were set {when}, so that they could have been fitted to them." if when else ""


def plan_afterwards(context: Context) -> str:
    """Say that the recommended analysis was fixed after the first answer."""
    plan = context.protocol.analysis.recommended
    when = _afterwards(context, plan.set_on) if plan else ""
    return f"The recommended analysis was fixed {when}; the paper's plan is told apart from it." if when else ""


def _afterwards(context: Context, day: date | Unknown) -> str:
    """Say when a day was that comes after the first answer, or is not known; nothing when it came before."""
    first = context.results.provenance.first_answer
    if isinstance(day, Unknown):
        return "on a day not known, perhaps after the first answers"
    return "after the first answers were given" if first and day.isoformat() > first else ""


def teachers_write(context: Context) -> str:
    """Say that people who taught the programme had a hand in the study beyond teaching."""
    teachers = [p.name for p in context.protocol.study.people if _taught(p) and (p.discloses or _judged(p))]
    if not teachers:
        return ""
    return (
        f"{listed(teachers)} taught the programme and are among those who made the study: they have an interest in "
        "what is found."
    )


def _taught(person: TeamMember) -> bool:
    return "teacher" in person.roles


def _judged(person: TeamMember) -> bool:
    return len(person.roles) > 1


def one_analyst(context: Context) -> str:
    """Say that one person analysed alone."""
    analysts = [p.name for p in context.protocol.study.people if "researcher" in p.roles]
    if len(analysts) != 1:
        return ""
    return (
        f"One person, {analysts[0]}, holds the role of researcher: nobody else is known to have repeated the analysis."
    )
