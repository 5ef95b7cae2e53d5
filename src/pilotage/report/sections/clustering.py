"""Taught in groups: what it does to the errors if people of a group grow alike, and whether that could be estimated."""

from __future__ import annotations

from pilotage.analysis.recommended.supplementary_results import ClusteredOutcome, Clustering
from pilotage.formatting import listed, sentence
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.context import Context


def clustering(context: Context) -> Section | None:
    """Return the section on clustering: design effects and what they do to each main outcome; None without groups."""
    results = context.results.recommended
    if results is None or not results.clustering:
        return None
    first = results.clustering[0]
    if first.why_not:
        return Section("clustering", "Taught in groups", (Paragraph(sentence(first.why_not)),))
    blocks: list[Block] = [
        Paragraph(groups_sentence(context, first)),
        _effects(context, first),
        _outcomes(context, first),
    ]
    blocks += [Bullets(tuple(icc_sentences(context, first))), Paragraph(robust_sentence(context, first))]
    return Section("clustering", "Taught in groups", tuple(blocks))


def groups_sentence(context: Context, clustering: Clustering) -> str:
    """Say how many groups there were, and why that matters."""
    arms = [
        f"{context.arm(arm)} was taught in {len(sizes)} groups (of {listed([str(n) for n in sizes.values()])})"
        if len(sizes) > 1
        else f"{context.arm(arm)} was taught in one group (of {next(iter(sizes.values()))})"
        for arm, sizes in clustering.groups.items()
    ]
    return (
        f"{listed(arms)}. People taught together may grow alike, so that they tell less than as many people taught "
        "alone. How alike is the intraclass correlation (ICC); the tables show what an assumed one would do."
    )


def _effects(context: Context, clustering: Clustering) -> TableBlock:
    columns = (text("arm", "Arm"), numbers("icc", "Assumed ICC"), numbers("by_mean_size", "Design effect, mean size"),
               numbers("by_weighted_size", "Design effect, sizes as they were"))  # fmt: skip
    rows = [
        (context.arm(arm), Quantity(e.icc, "statistic"), Quantity(e.by_mean_size, "statistic"),
         Quantity(e.by_weighted_size, "statistic"))
        for arm, effects in clustering.design_effects.items()
        for e in effects
    ]  # fmt: skip
    return table("design-effects", "Design effects", columns, rows, ("1 + (size − 1) ICC.",), place="supplement")


def _outcomes(context: Context, clustering: Clustering) -> TableBlock:
    several = list(dict.fromkeys(u.icc for o in clustering.outcomes for u in o.under))
    columns = [text("outcome", "Outcome"), text("arm", "Arm")]
    columns += [numbers(f"icc_{icc:g}", f"ICC {number(icc, 'coefficient')}: difference [95 %]") for icc in several]
    columns += [numbers("holds_up_to", "p reaches the limit at ICC")]
    rows: list[tuple[Cell, ...]] = []
    for o in clustering.outcomes:
        under = {u.icc: u.difference for u in o.under}
        cells = [Estimated(d.value, d.low, d.high, "score") if (d := under.get(icc)) else None for icc in several]
        rows.append((o.label, context.arm(o.arm), *cells, Quantity(o.holds_up_to, "p")))
    methods = dict.fromkeys(o.method for o in clustering.outcomes if o.method)
    notes = (
        *(f"{m}." for m in methods),
        "An ICC is not known, so even these flatter. A dash in the last column: p is above the limit without any.",
    )
    return table(
        "under-assumed-icc", "Difference in change under assumed ICCs", columns, rows, notes, place="supplement"
    )


def icc_sentences(context: Context, clustering: Clustering) -> list[str]:
    """Say what the ICC is where it could be estimated, and why not elsewhere, outcomes of the same reason together."""
    by_reason: dict[str, list[str]] = {}
    lines = []
    for o in clustering.outcomes:
        if o.why_not:
            lines.append(f"{o.label}: nothing assumed could be tried; {o.why_not}.")
        elif o.icc_anova is None:
            by_reason.setdefault(o.icc_why_not, []).append(o.label.lower())
        else:
            limits = interval(o.icc_anova.low, o.icc_anova.high, "coefficient")
            lines.append(f"{o.label}: ICC {number(o.icc_anova.value, 'coefficient')} {limits}.")
    for why, labels in by_reason.items():
        whom = "any main outcome" if len(labels) == len(clustering.outcomes) else listed(labels)
        lines.append(f"The ICC is not estimated for {whom}: {why}.")
    return lines


def robust_sentence(context: Context, clustering: Clustering) -> str:
    """Put into words the differences with errors robust to groups (CR2), or why there are none, each reason once."""
    by_reason: dict[str, list[str]] = {}
    for o in clustering.outcomes:
        if o.robust is None:
            by_reason.setdefault(o.robust_why_not, []).append(o.label.lower())
    parts = [_robust_words(context, o) for o in clustering.outcomes if o.robust]
    for why, labels in by_reason.items():
        whom = "any main outcome" if len(labels) == len(clustering.outcomes) else listed(list(dict.fromkeys(labels)))
        parts.append(f"not given for {whom}, as {why}")
    return f"Differences in change with errors robust to groups (CR2): {'; '.join(parts)}." if parts else ""


def _robust_words(context: Context, outcome: ClusteredOutcome) -> str:
    contrast = outcome.robust
    if contrast is None:
        return ""
    value = f"{number(contrast.estimate, 'score')} {interval(contrast.low, contrast.high, 'score')}"
    return f"{outcome.label.lower()} {value} ({context.arm(outcome.arm)}; df = {number(contrast.df, 'statistic')})"
