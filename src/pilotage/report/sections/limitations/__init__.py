"""What this study cannot tell, as rules: each looks for one fact, and returns a sentence where the fact is there."""

from __future__ import annotations

from collections.abc import Callable

from pilotage.report.model.document import Bullets, Paragraph, Section
from pilotage.report.sections.context import Context
from pilotage.report.sections.limitations import measures, people, study

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


def limitations(context: Context) -> Section:
    """Return the limitations whose facts are there; a reader will know of others."""
    sentences = limitations_that_hold(context)
    lead = "Each point stands here because its fact was found in the protocol or the data. There may be others."
    if not sentences:
        return Section("limitations", "Limitations", (Paragraph("None of the facts that are looked for was found."),))
    return Section("limitations", "Limitations", (Paragraph(lead, "note"), Bullets(sentences)))


def limitations_that_hold(context: Context) -> tuple[str, ...]:
    """Return the sentences of the rules whose facts are there."""
    return tuple(sentence for rule in RULES if (sentence := rule(context)))
