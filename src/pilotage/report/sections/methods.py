"""What was done: design, measures, the analysis and what it leaves out, and who can be taken to have an interest."""

from __future__ import annotations

from pilotage.formatting import listed
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.model.protocol_labels import known
from pilotage.report.model.values import Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.methods_text import methods_text
from pilotage.yaml_file import Unknown


def methods(context: Context) -> Section:
    """Return the section on design, measures and analysis."""
    plan = context.protocol.analysis
    blocks: list[Block] = [
        Paragraph(_arms(context)),
        Paragraph(_ethics(context)),
        _measures(context),
        *methods_text(context),
    ]
    if plan.benchmarks:
        blocks.append(Paragraph(f"Effect sizes are called by these rules of thumb: {plan.benchmarks}."))
    blocks.append(Paragraph(_locked(plan.locked)))
    if plan.not_done:
        blocks += [Paragraph("What the plan says is left out:"), Bullets(tuple(plan.not_done))]
    disclosed = [f"{p.name}: {'; '.join(p.discloses)}." for p in context.protocol.study.people if p.discloses]
    if disclosed:
        blocks += [Paragraph("Disclosed interests:"), Bullets(tuple(disclosed))]
    if context.protocol.gaps:
        blocks += [Paragraph("Known gaps of this protocol:"), Bullets(tuple(context.protocol.gaps))]
    return Section("methods", "Methods", tuple(blocks))


def _arms(context: Context) -> str:
    arms = [f"{a.label} (receives {a.receives}; {a.allocation})" for a in context.protocol.arms]
    return f"Arms: {listed(arms)}."


def _locked(when: str | Unknown) -> str:
    if isinstance(when, Unknown):
        return f"When the plan was locked is not known: {when.unknown}."
    return f"The plan is locked {when}."


def _ethics(context: Context) -> str:
    e = context.protocol.ethics
    values = (e.outcome, e.committee, e.number, e.reference, e.grounds)
    facts = [known(fact) for fact in values if not isinstance(fact, Unknown)]
    gaps = "" if len(facts) == len(values) else " The rest is not known."
    return f"Ethics: {'; '.join(facts)}.{gaps}" if facts else "Ethics: not known."


def _measures(context: Context) -> TableBlock:
    columns = (text("instrument", "Instrument"), text("measures", "Measures"), numbers("items", "Items"),
               text("answers", "Answers"), text("blanks", "Rule for blanks"), text("key", "Key"))  # fmt: skip
    rows = [
        (
            i.abbreviation,
            i.measures,
            Quantity(i.items, "count"),
            f"{i.response.minimum} to {i.response.maximum}",
            _rule(i.missing.rule, i.missing.at_most, i.missing.whose),
            i.key.status,
        )
        for i in context.loaded.instruments.values()
    ]
    return table("instruments", "Instruments", columns, rows, notes=instrument_notes(context), place="supplement")


def instrument_notes(context: Context) -> list[str]:
    """Return what the protocol says of the instruments it uses, such as one that stands in for another."""
    known_here = context.loaded.instruments
    notes = context.protocol.analysis.instrument_notes
    return [f"{known_here[i].abbreviation}: {note}" for i, note in notes.items() if i in known_here]


def _rule(rule: str, at_most: float, whose: str) -> str:
    if rule == "complete":
        return f"complete answers only ({whose})"
    return f"up to {number(at_most, 'share')} of a scale blank: the person's mean stands in ({whose})"
