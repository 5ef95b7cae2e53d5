"""How well the scales measured: reliability, the rule that drops a scale, and normality described."""

from __future__ import annotations

from pilotage.analysis.results import ReliabilityDecision
from pilotage.formatting import counted, listed
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, NotCollected, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context


def measurement(context: Context) -> Section:
    """Return the section on reliability and normality."""
    blocks: list[Block] = []
    if context.results.reliability:
        blocks.append(_reliability(context))
    if context.results.reliability_decisions:
        blocks.append(Bullets(tuple(decision_sentence(context, d) for d in context.results.reliability_decisions)))
    if context.results.keying:
        blocks.append(keying_paragraph(context))
    if context.results.normality:
        words = "A test that is not significant does not show a normal distribution; in small samples it says little."
        blocks += [_normality(context), Paragraph(words, "note")]
    return Section("measurement", "Reliability and distributions", tuple(blocks))


def decision_sentence(context: Context, decision: ReliabilityDecision) -> str:
    """Say whether a scale is compared, and by which number."""
    rule = context.protocol.analysis.reliability
    limit = f"the limit of {number(decision.at_least, 'coefficient')} fixed beforehand"
    scale = context.scale(decision.scale)
    if decision.alpha is None:
        return f"{scale}: alpha could not be computed at {context.assessment(rule.at)}, so the scale is not compared."
    alpha = f"alpha at “{context.assessment(rule.at)}” was {number(decision.alpha, 'coefficient')}"
    if decision.compared:
        return f"{scale}: {alpha}, at or above {limit}; the scale is compared."
    return f"{scale}: {alpha}, below {limit}; the scale is not compared."


def keying_paragraph(context: Context) -> Paragraph:
    """Say whether the answers look as if items had been reversed before they came here, or not at all."""
    against = [context.scale(k.scale) for k in context.results.keying if k.favours == "unreversed"]
    if against:
        words = (
            f"The answers to {listed(against)} hang together better without the reversal that the key declares. "
            "Perhaps they were reversed before they came here; check the file before reading these scales. "
            "In small samples this also happens by chance."
        )
        return Paragraph(words, "warning")
    checked = counted(len(context.results.keying), "scale")
    return Paragraph(f"In none of the {checked} that reverse some items do the answers speak against the key.")


def _reliability(context: Context) -> TableBlock:
    columns = (
        text("scale", "Scale"),
        text("assessment", "Assessment"),
        numbers("items", "Items"),
        numbers("n", "n"),
        numbers("left_out", "Left out"),
        numbers("alpha", "Cronbach's α [95 %]"),
        numbers("omega", "McDonald's ω"),
    )
    rows: list[tuple[Cell, ...]] = []
    for r in sorted(context.results.reliability, key=lambda r: _order(context, r.scale)):
        alpha: Cell = NotCollected(r.why_not)
        if r.alpha is not None:
            alpha = Estimated(r.alpha.value, r.alpha.low, r.alpha.high, "coefficient")
        omega: Cell = Quantity(r.omega, "coefficient") if r.omega is not None else f"none: {r.omega_note}"
        sizes = (Quantity(r.items, "count"), Quantity(r.n, "count"), Quantity(r.left_out, "count"))
        rows.append((context.scale(r.scale), context.assessment(r.assessment), *sizes, alpha, omega))
    notes = [
        "Over all arms. People with a blank in a scale are left out of it here. α with Feldt's interval; ω from one "
        "factor by maximum likelihood.",
    ]
    warned = {(context.scale(r.scale), r.omega_note) for r in context.results.reliability if r.omega and r.omega_note}
    notes += [f"ω of {scale}: {warning}." for scale, warning in sorted(warned)]
    return table("reliability", "Internal consistency", columns, rows, notes=notes, place="supplement")


def _order(context: Context, scale: str) -> int:
    outcomes = context.protocol.analysis.outcomes
    names = [o.scale for o in (*outcomes.main, *outcomes.secondary, *outcomes.if_reliable)]
    return names.index(scale)


def _normality(context: Context) -> TableBlock:
    columns = (
        text("scale", "Variable"),
        text("variable", "At"),
        text("group", "Arm"),
        numbers("n", "n"),
        numbers("w", "Shapiro-Wilk W"),
        numbers("p", "p"),
        numbers("d", "Lilliefors D"),
        numbers("p_lilliefors", "p"),
    )
    derived = {d.id: d.label for d in context.protocol.derived}
    rows: list[tuple[Cell, ...]] = []
    for n in context.results.normality:
        name = derived.get(n.scale) or context.scale(n.scale)
        if n.w is None:
            rows.append((name, n.variable, context.arm(n.group), Quantity(n.n, "count"), n.why_not, "", "", ""))
            continue
        tests = (
            Quantity(n.w, "eta"),
            Quantity(n.p, "p"),
            Quantity(n.lilliefors_d, "eta"),
            Quantity(n.lilliefors_p, "p"),
        )
        rows.append((name, n.variable, context.arm(n.group), Quantity(n.n, "count"), *tests))
    notes = ("The paper names a “Kolmogorov-Wilk” test, which does not exist; Shapiro-Wilk is meant for its n, and "
             "Lilliefors' version of Kolmogorov-Smirnov stands beside it.",)  # fmt: skip
    return table("normality", "Distributions", columns, rows, notes=notes, place="supplement")
