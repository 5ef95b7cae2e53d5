"""Both analyses of the same data in one table: intervals first, p values last."""

from __future__ import annotations

from pilotage.analysis.recommended.effect_results import (
    ComparisonEffects,
    Difference,
    OutcomeEffects,
    RecommendedResults,
)
from pilotage.analysis.results import ComparisonResult, OutcomeResult
from pilotage.formatting import counted, listed, uncapitalised
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock, TableColumn, TableRow
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.sections.context import Context
from pilotage.report.sections.outcome_labels import ROLES
from pilotage.stats.contrast import Contrast
from pilotage.stats.estimate import Estimate


def side_by_side(context: Context) -> Section | None:
    """Return the section with both analyses side by side; None where the plan asks for one of them."""
    results = context.results.recommended
    if results is None or not results.comparisons:
        return None
    blocks: list[Block] = [
        Paragraph(
            "The same data, analysed twice: as the study of 2020 did (preset paper-2020), and as methodologists ask of "
            "a feasibility study (preset recommended). Differences are each other arm less "
            f"{context.arm(results.reference)}."
        )
    ]
    pairs = list(zip(context.results.comparisons, results.comparisons, strict=True))
    for k, (paper, ours) in enumerate(pairs):
        blocks += [
            Bullets(tuple(agreement_sentences(context, paper, ours))),
            _table(context, results, paper, ours, first=k == 0),
        ]
    return Section("side-by-side", "Both analyses side by side", tuple(blocks))


def agreement_sentences(context: Context, paper: ComparisonResult, ours: ComparisonEffects) -> list[str]:
    """Say on how many outcomes both analyses say the same, and what each says of the others."""
    if which_columns(ours):
        return [
            f"{paper.label}: the paper's F asks whether the arms differ at any assessment; the adjusted differences "
            "are of one arm at one assessment each, so the two need not say the same."
        ]
    limit = context.protocol.analysis.significance
    pairs = [(p, o, d) for p, o in _pairs(paper, ours) if p.time_by_group and (d := last(o)) and d.ancova]
    shown = {o.scale: (p.time_by_group.p < limit, excludes_zero(d.ancova)) for p, o, d in pairs if p.time_by_group}
    agree = [o for _, o, _ in pairs if shown[o.scale][0] == shown[o.scale][1]]
    sentences = [
        f"{paper.label}: both analyses tell a difference from none, or neither does, in "
        f"{len(agree)} of {counted(len(pairs), 'outcome')}."
    ]
    only_paper = [o.label.lower() for _, o, _ in pairs if shown[o.scale] == (True, False)]
    only_ours = [o.label.lower() for _, o, _ in pairs if shown[o.scale] == (False, True)]
    if only_paper:
        sentences.append(
            f"Only the change scores of the paper's analysis tell a difference from none: {listed(only_paper)}."
        )
    if only_ours:
        sentences.append(
            f"Only the difference adjusted for the first score can be told from none: {listed(only_ours)}."
        )
    return sentences


def _pairs(paper: ComparisonResult, ours: ComparisonEffects) -> list[tuple[OutcomeResult, OutcomeEffects]]:
    by_scale = {o.scale: o for o in ours.outcomes}
    return [(p, by_scale[p.scale]) for p in paper.outcomes if p.scale in by_scale]


def last(outcome: OutcomeEffects) -> Difference | None:
    """Return the first arm's difference at the last assessment; None where nothing was compared."""
    if not outcome.differences:
        return None
    arm = outcome.differences[0].arm
    return [d for d in outcome.differences if d.arm == arm][-1]


def excludes_zero(contrast: Contrast | None) -> bool:
    """Return whether an interval excludes zero."""
    return bool(contrast and contrast.low is not None and contrast.high is not None) and (
        contrast.low > 0 or contrast.high < 0  # type: ignore[union-attr, operator]
    )


def _table(
    context: Context, results: RecommendedResults, paper: ComparisonResult, ours: ComparisonEffects, *, first: bool
) -> TableBlock:
    columns = [
        text("outcome", "Outcome"),
        *which_columns(ours),
        numbers("f", "F (paper)"),
        numbers("partial_eta_squared", "Partial η² [90 %] (paper)"),
        numbers("adjusted_difference", "Adjusted difference [95 %]"),
        numbers("hedges_g", "g of change [95 %]"),
        numbers("better", "P(better)"),
        numbers("p_paper", "p (paper)"),
        numbers("p_recommended", "p (adj.)"),
    ]
    rows: list[TableRow] = []
    for role, title in ROLES.items():
        members = [(p, o) for p, o in _pairs(paper, ours) if p.role == role]
        rows += [group(title), *(row for p, o in members for row in _rows(context, ours, p, o))] if members else []
    notes = (
        "Paper: time by group in a mixed analysis of variance. Adjusted, the recommended one: analysis of covariance, "
        f"for the first score{covariate_words(context)}; the interval carries the result, and p stands last.",
        "g divides by the SD of change, so it belongs to the change score and not to the adjusted difference. "
        "P(better): the probability, with a flat prior, that the adjusted difference is for the better.",
    )
    suffix = "" if first else f"-{ours.id}"
    title = f"Both analyses: {uncapitalised(paper.label)}"
    return table(f"side-by-side{suffix}", title, columns, rows, notes=notes, place="supplement")


def which_columns(ours: ComparisonEffects) -> list[TableColumn]:
    """Return columns that say which arm and which assessment, where there is more than one."""
    arms = {d.arm for o in ours.outcomes for d in o.differences}
    columns = [text("arm", "Arm")] if len(arms) > 1 else []
    return columns + ([text("assessment", "At")] if len(ours.assessments) > 2 else [])


def which_cells(context: Context, ours: ComparisonEffects, d: Difference) -> list[Cell]:
    """Return the cells of those columns."""
    by_id = {"arm": context.arm(d.arm), "assessment": context.assessment(d.assessment)}
    return [by_id[column.id] for column in which_columns(ours)]


def covariate_words(context: Context) -> str:
    """Say what else the differences are adjusted for, at the end of a sentence."""
    plan = context.protocol.analysis.recommended
    names = [name.partition(".")[2].replace("-", " ") for name in plan.covariates] if plan else []
    return f" and for {listed(names)}" if names else ""


def _rows(context: Context, ours: ComparisonEffects, paper: OutcomeResult, outcome: OutcomeEffects) -> list[TableRow]:
    blank: list[Cell] = [""] * len(which_columns(ours))
    if not outcome.differences:
        return [TableRow((paper.label, *blank, "", "", "not compared", "", "", "", ""))]
    rows = []
    for k, d in enumerate(outcome.differences):
        effect = paper.time_by_group if k == 0 else None
        tested: tuple[Cell, ...] = ("", "")
        if effect is not None:
            limits = paper.intervals[effect.name]
            eta = Estimated(effect.partial_eta_squared, limits.low, limits.high, "eta")
            tested = (Quantity(effect.f, "statistic"), eta)
        rows.append(TableRow((paper.label if k == 0 else "", *which_cells(context, ours, d), *tested,
                         contrast_cell(d.ancova), estimate_cell(d.hedges_g), _better(d),
                         Quantity(effect.p, "p") if effect else "",
                         Quantity(d.ancova.p, "p") if d.ancova else "")))  # fmt: skip
    return rows


def _better(difference: Difference) -> Cell:
    flat = next((b for b in difference.beliefs if b.prior == "flat"), None)
    return Quantity(flat.better, "probability") if flat else None


def contrast_cell(contrast: Contrast | None) -> Cell:
    """Return a contrast with its interval; a dash where there is none."""
    if contrast is None:
        return Quantity(None, "score")
    return Estimated(contrast.estimate, contrast.low, contrast.high, "score")


def estimate_cell(estimate: Estimate | None) -> Cell:
    """Return an estimate with its interval; a dash where there is none."""
    if estimate is None:
        return Quantity(None, "score")
    return Estimated(estimate.value, estimate.low, estimate.high, "score")
