"""Change of single people: how many changed by more than the measure's error, for the better and for the worse."""

from __future__ import annotations

from pilotage.analysis.recommended.supplementary_results import CountedShare, IndividualChange
from pilotage.formatting import listed, sentence
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, Quantity, Suppressed
from pilotage.report.sections.context import Context


def individual(context: Context) -> Section | None:
    """Return the section on reliable change by arm of the first comparison; None where there is none."""
    results = context.results.recommended
    if results is None or not results.individual:
        return None
    members = [i for i in results.individual if i.comparison == results.individual[0].comparison]
    blocks: list[Block] = [Bullets(tuple(worse_sentences(context, members)))]
    blocks += [_table(context, members)]
    blocks += [Paragraph(sentence(why), "note") for why in _reasons(members)]
    return Section("individual", "Change of single people", tuple(blocks))


def worse_sentences(context: Context, members: list[IndividualChange]) -> list[str]:
    """Say in which outcomes anyone got worse by more than error, arm by arm: as important as who got better."""
    lines = []
    for arm in dict.fromkeys(m.arm for m in members):
        judged = [m for m in members if m.arm == arm and m.deteriorated is not None]
        worse = [_worse(m) for m in judged if m.deteriorated and m.deteriorated.people != 0]
        # None is a count that the shared edition withholds, so it is not known to be 0.
        hidden = any(m.deteriorated and m.deteriorated.people is None for m in judged)
        who = context.arm(arm)
        if worse:
            lines.append(f"{who}: reliably worse in {listed(worse)}{'; small numbers are withheld' if hidden else ''}.")
        elif judged:
            lines.append(f"{who}: nobody got reliably worse in any main outcome.")
    return lines


def _worse(change: IndividualChange) -> str:
    counted = change.deteriorated
    if counted is None or counted.people is None:
        return change.label.lower()
    return f"{change.label.lower()} ({counted.people} of {change.n})"


def _reasons(members: list[IndividualChange]) -> list[str]:
    return list(dict.fromkeys(why for m in members for why in (m.why_not, m.clinical_why_not) if why))


def _table(context: Context, members: list[IndividualChange]) -> TableBlock:
    recovered = any(m.recovered for m in members)
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), numbers("n", "n"),
               numbers("reliability", "Reliability"), numbers("threshold", "Least change"),
               numbers("improved", "Reliably better [95 %]"), numbers("unchanged", "Unchanged [95 %]"),
               numbers("deteriorated", "Reliably worse [95 %]")]  # fmt: skip
    columns += [numbers("recovered", "Recovered [95 %]")] if recovered else []
    rows: list[tuple[Cell, ...]] = []
    for m in members:
        shares = [_cell(context, c) for c in (m.improved, m.unchanged, m.deteriorated)]
        shares += [_cell(context, m.recovered)] if recovered else []
        sizes = (Quantity(m.n, "count"), Quantity(m.reliability, "coefficient"), Quantity(m.threshold, "score"))
        rows.append((m.label, context.arm(m.arm), *sizes, *shares))
    whose = dict.fromkeys(m.whose.partition(" (n = ")[0] for m in members if m.whose)
    notes = (
        "Better or worse by more than the measure's error (Jacobson and Truax, 1991): 1.96 √2 SD √(1 − reliability), "
        "with the SD of the first scores. Intervals are exact.",
        *(f"Reliability: {source}." for source in whose),
    )
    return table("reliable-change", "Reliable change by arm", columns, rows, notes, place="supplement")


def _cell(context: Context, counted: CountedShare | None) -> Cell:
    if counted is None:
        return Quantity(None, "share")
    if counted.people is None or counted.share is None:
        return Suppressed(context.small)
    return Estimated(counted.share.value, counted.share.low, counted.share.high, "share")
