"""Missing people: what is estimated, who is missing and why, and how far it could be wrong before it mattered."""

from __future__ import annotations

from pilotage.analysis.recommended.supplementary_results import Lost, MissingData, RetainedAndLost, TippingPointResult
from pilotage.formatting import listed
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, MeanSd, Quantity, ShareOf
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context

SHOWN = 5
"""Shifts of the missing that the table shows."""


def missing(context: Context) -> Section | None:
    """Return the section on missing data: estimand, who is missing, tipping points; None where nothing is known."""
    results = context.results.recommended
    if results is None or not results.missing:
        return None
    blocks = [block for k, m in enumerate(results.missing) for block in _comparison(context, m, first=k == 0)]
    return Section("missing", "Missing people", tuple(blocks))


def _comparison(context: Context, missing: MissingData, *, first: bool) -> list[Block]:
    suffix = "" if first else f"-{missing.comparison}"
    blocks: list[Block] = [*_estimand(missing)] if first else []
    blocks += [Paragraph(lost_sentence(context, missing)), _lost(context, missing, suffix)]
    if any(b.lost.n for b in missing.baseline):
        blocks.append(_baseline(context, missing, suffix))
    blocks.append(Bullets(tuple(tipping_sentences(context, missing))))
    if any(t.shifts for t in missing.tipping_points):
        blocks.append(_tipping(context, missing, suffix))
    return blocks


def _estimand(missing: MissingData) -> list[Block]:
    e = missing.estimand
    points = (
        f"Of whom: {e.population}.",
        f"Of what: {e.variable}.",
        f"Compared: {e.treatments}.",
        *(f"{event}." for event in e.intercurrent),
        f"Summed up as {e.summary}.",
    )
    return [Paragraph(f"What is estimated: {e.said}."), Bullets(points), Paragraph(f"{e.caution}.", "note")]


def lost_sentence(context: Context, missing: MissingData) -> str:
    """Say how many people have no answers at some assessment."""
    gone = [lost for lost in missing.lost if lost.assessed < lost.people]
    if not gone:
        return "Everyone in the study answered at every assessment compared."
    arms = [
        f"{lost.people - lost.assessed} of {lost.people} in {context.arm(lost.arm)} at "
        f"“{context.assessment(lost.assessment)}”"
        for lost in gone
    ]
    return f"Without answers: {listed(arms)}."


def _lost(context: Context, missing: MissingData, suffix: str) -> TableBlock:
    columns = [text("arm", "Arm"), text("assessment", "Assessment"), numbers("assessed", "Answered")]
    some = any(lost.reasons for lost in missing.lost)
    columns += [text("reasons", "Why not, where not")] if some else []
    rows: list[tuple[Cell, ...]] = []
    for lost in missing.lost:
        why = (_reasons(lost),) if some else ()
        where = (context.arm(lost.arm), context.assessment(lost.assessment))
        rows.append((*where, ShareOf(lost.assessed, lost.people), *why))
    return table(f"missing{suffix}", "Who answered, and why others did not", columns, rows,
                 place="supplement")  # fmt: skip


def _reasons(lost: Lost) -> str:
    return "; ".join(f"{why}: {'withheld' if n is None else n}" for why, n in lost.reasons.items())


def _baseline(context: Context, missing: MissingData, suffix: str) -> TableBlock:
    columns = (text("outcome", "Outcome"), text("arm", "Arm"), numbers("n_retained", "n, stayed"),
               numbers("retained", "Stayed, mean (SD)"), numbers("n_lost", "n, lost"),
               numbers("lost", "Lost, mean (SD)"),
               numbers("difference", "Lost less stayed, SD"))  # fmt: skip
    rows = [_kept_and_lost(context, b) for b in missing.baseline if b.lost.n]
    notes = ("First scores of people with and without a last score: described, not tested.",)
    return table(
        f"retained-and-lost{suffix}",
        "First scores of those who stayed and of those lost",
        columns,
        rows,
        notes,
        place="supplement",
    )


def _kept_and_lost(context: Context, b: RetainedAndLost) -> tuple[Cell, ...]:
    return (
        b.label,
        context.arm(b.arm),
        Quantity(b.retained.n, "count"),
        MeanSd(b.retained.mean, b.retained.sd),
        Quantity(b.lost.n, "count"),
        MeanSd(b.lost.mean, b.lost.sd),
        Quantity(b.difference, "statistic"),
    )


def tipping_sentences(context: Context, missing: MissingData) -> list[str]:
    """Say how different missing scores would have to be before an outcome's conclusion turned, each case once."""
    by_words: dict[str, list[str]] = {}
    for point in missing.tipping_points:
        by_words.setdefault(_tipping_words(context, point), []).append(point.label)
    return [f"{listed(labels)}: {words}." for words, labels in by_words.items()]


def _tipping_words(context: Context, point: TippingPointResult) -> str:
    if point.why_not:
        return point.why_not
    ends = sorted(s.delta_sd for s in point.shifts)
    flips = [f"{number(f, 'statistic')} SD" for f in (point.flips_below, point.flips_above) if f is not None]
    who = f"the missing last scores of {context.arm(point.arm)}"
    if not flips:
        return (
            f"with {who} anywhere from {number(ends[0], 'statistic')} to {number(ends[-1], 'statistic')} SD beside "
            "what was expected, the interval stands to nought as it does without a shift"
        )
    return f"the conclusion turns once {who} lie {' or '.join(flips)} beside what was expected"


def _tipping(context: Context, missing: MissingData, suffix: str) -> TableBlock:
    points = [p for p in missing.tipping_points if p.shifts]
    deltas = _spread([shift.delta_sd for shift in points[0].shifts])
    columns = [text("outcome", "Outcome"), text("arm", "Arm")]
    columns += [numbers(f"shift_{k}", f"{number(delta, 'statistic')} SD") for k, delta in enumerate(deltas)]
    rows = [(p.label, context.arm(p.arm), *_differences(p, deltas)) for p in points]
    notes = (
        "The difference in change [95 %] if the missing last scores lie so many SDs of the first scores beside what "
        "was expected. They are imputed many times from the first score and the arm, then shifted; results are joined "
        f"by Rubin's rules ({points[0].imputations} imputations, seed {points[0].seed}). All shifts: results.json.",
    )
    return table(f"tipping-points{suffix}", "If the missing differ from what was expected", columns, rows, notes,
                 place="supplement")  # fmt: skip


def _spread(deltas: list[float]) -> list[float]:
    """Return five shifts that span the grid, its middle among them."""
    if len(deltas) <= SHOWN:
        return deltas
    return [deltas[round(k * (len(deltas) - 1) / (SHOWN - 1))] for k in range(SHOWN)]


def _differences(point: TippingPointResult, deltas: list[float]) -> list[Cell]:
    by_delta = {shift.delta_sd: shift.difference for shift in point.shifts}
    return [Estimated(e.value, e.low, e.high, "score") if (e := by_delta.get(delta)) else None for delta in deltas]
