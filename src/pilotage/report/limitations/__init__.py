"""Limitations as rules: each looks for one fact, and says a sentence where it finds it."""

from collections.abc import Callable

from pilotage.report.limitations import measures, people, study
from pilotage.report.model.context import Context

Rule = Callable[[Context], str]

RULES: tuple[Rule, ...] = (
    study.simulated,
    study.not_randomised,
    study.few_people,
    people.one_gender,
    people.missing,
    people.groups,
    measures.unreliable,
    measures.ceiling,
    measures.stands_in,
    measures.self_report,
    measures.practice_recalled,
    people.harm,
    study.many_tests,
    study.criteria_afterwards,
    study.plan_afterwards,
    study.teachers_write,
    study.one_analyst,
)
"""In the order in which a reader should meet them."""


def limitations_found(context: Context) -> tuple[str, ...]:
    """The sentences whose facts were found."""
    return tuple(said for rule in RULES if (said := rule(context)))
