"""Tables of the recommended analysis: by method, standardised, by belief, and p values last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pilotage.analysis.recommended.effect_results import ComparisonEffects, Difference, OutcomeEffects, PosteriorSummary
from pilotage.formatting import uncapitalised, with_commas
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import TableBlock, TableColumn, TableRow
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.sections.context import Context
from pilotage.report.sections.outcome_labels import METHODS, ROLES
from pilotage.report.sections.side_by_side import (
    contrast_cell,
    covariate_words,
    estimate_cell,
    which_cells,
    which_columns,
)


def _rows(
    context: Context, ours: ComparisonEffects, cells: Callable[[OutcomeEffects, Difference], Iterable[Cell]]
) -> list[TableRow]:
    """Return the rows of outcomes by role, a row for each difference."""
    rows: list[TableRow] = []
    for role, title in ROLES.items():
        members = [o for o in ours.outcomes if o.role == role and o.differences]
        rows += [group(title)] if members else []
        rows += [
            TableRow((o.label if k == 0 else "", *which_cells(context, ours, d), *cells(o, d)))
            for o in members
            for k, d in enumerate(o.differences)
        ]
    return rows


def _columns(ours: ComparisonEffects, *more: TableColumn) -> list[TableColumn]:
    return [text("outcome", "Outcome"), *which_columns(ours), *more]


def differences(context: Context, ours: ComparisonEffects, suffix: str) -> TableBlock:
    """Build the table of each outcome's differences, by every method that gives an interval."""
    constrained = any(d.constrained for o in ours.outcomes for d in o.differences)
    columns = [numbers("n_complete", "n"), numbers("change", "Change score"), numbers("ancova", "Adjusted (ANCOVA)"),
               numbers("n_any", "n, any score"), numbers("mixed_model", "Mixed model")]  # fmt: skip
    columns += [numbers("constrained", "Mixed model, cLDA")] if constrained else []
    columns += [numbers("robust", "HC3"), numbers("permutation", "Permutation")]

    def cells(o: OutcomeEffects, d: Difference) -> list[Cell]:
        row = [Quantity(o.n_complete, "count"), contrast_cell(d.change), contrast_cell(d.ancova)]
        row += [Quantity(o.n_any, "count"), contrast_cell(d.mixed_model)]
        row += [contrast_cell(d.constrained)] if constrained else []
        return [*row, contrast_cell(d.robust), contrast_cell(d.permutation)]

    notes = (
        "Each with its 95 % interval, in the units of the scale. Change score: Student's t. Adjusted: the later score, "
        f"for the first one{covariate_words(context)}. Mixed model: everyone with any score (REML, unstructured "
        "covariance, Kenward-Roger). HC3: the change score with errors that let people vary differently. Permutation: "
        "the shifts of change that the exact test does not reject.",
        *_exchangeable(context),
    )
    title = f"Differences between arms by method: {uncapitalised(ours.label)}"
    return table(f"differences{suffix}", title, _columns(ours, *columns), _rows(context, ours, cells), notes,
                 place="supplement")  # fmt: skip


def _exchangeable(context: Context) -> tuple[str, ...]:
    if context.protocol.study.randomised:
        return ()
    return (
        "Without randomisation a permutation test rests on exchangeability: that, were there no effect, anyone might "
        "as well have been in the other arm. Nobody drew lots, so that is an assumption.",
    )


def standardised(context: Context, ours: ComparisonEffects, suffix: str) -> TableBlock:
    """Build the table of differences without a unit, and by ranks."""
    columns = (numbers("hedges_g", "Hedges' g of change"), numbers("d_ppc2", "d on SD before"),
               numbers("shift", "Hodges-Lehmann shift"),
               numbers("superiority", "Probability of superiority"),
               numbers("odds_ratio", "Odds ratio of a higher score"))  # fmt: skip

    def cells(o: OutcomeEffects, d: Difference) -> list[Cell]:
        odds = estimate_cell(d.odds_ratio) if o.role == "main" else ""
        return [*(estimate_cell(e) for e in (d.hedges_g, d.d_ppc2, d.shift, d.superiority)), odds]

    notes = (
        "Each with its 95 % interval. The shift is the median of all differences in change between somebody of one "
        "arm and somebody of the other; the probability is that the one changes more (Brunner-Munzel), a half being "
        "no difference, whichever way is better.",
        "The odds ratio, of main outcomes only, takes nothing but the order of the scores: the odds of a higher later "
        "score for the same first one (proportional odds), 1 being no difference, whichever way is better.",
    )
    return table(f"effect-sizes{suffix}", "Differences without a unit, and by ranks", _columns(ours, *columns),
                 _rows(context, ours, cells), notes, place="supplement")  # fmt: skip


def beliefs(context: Context, ours: ComparisonEffects, suffix: str) -> TableBlock:
    """Build the table of the adjusted differences' posteriors under both priors."""
    least = any(o.important is not None for o in ours.outcomes)
    columns = [numbers("flat_better", "Flat prior: P(better)")]
    columns += [numbers("flat_important", "P(matters)")] if least else []
    columns += [numbers("sceptical", "Sceptical prior: difference [95 %]"), numbers("sceptical_better", "P(better)")]
    columns += [numbers("sceptical_important", "P(matters)")] if least else []

    def probabilities(belief: PosteriorSummary | None) -> list[Cell]:
        values = (belief.better, belief.important) if belief else (None, None)
        return [Quantity(v, "probability") for v in (values if least else values[:1])]

    def cells(_: OutcomeEffects, d: Difference) -> list[Cell]:
        by_prior = {b.prior: b for b in d.beliefs}
        sceptic = by_prior.get("sceptical")
        middle: Cell = Estimated(sceptic.mean, sceptic.low, sceptic.high, "score") if sceptic else None
        return [*probabilities(by_prior.get("flat")), middle, *probabilities(sceptic)]

    return table(f"beliefs{suffix}", "What to believe of the adjusted differences", _columns(ours, *columns),
                 _rows(context, ours, cells), prior_notes(context, least=least),
                 place="supplement")  # fmt: skip


def prior_notes(context: Context, *, least: bool) -> list[str]:
    """Return what the two priors are, and whether the plan names a difference that matters."""
    plan = context.protocol.analysis.recommended
    if plan is None:
        return []
    prior = plan.sceptical_prior
    notes = [
        "P(better): the probability that the difference is in the direction that is better. The sceptical prior "
        f"expects no difference, and gives one above {prior.large:g} SD of the first scores a chance of "
        f"{prior.chance:g}: {prior.why}."
    ]
    if least:
        return [*notes, "P(matters): that it is better by at least the difference the plan says would matter."]
    return [*notes, "The plan names no smallest difference that would matter, so the probability of that is not given."]


def corrected(context: Context, ours: ComparisonEffects, suffix: str) -> TableBlock:
    """Build the table of p values corrected for the number of tests: all outcomes together, and within families."""
    keys = list(dict.fromkeys(key for o in ours.outcomes for d in o.differences for key in d.adjusted))
    columns = [numbers("joint_p", "Change, all together (maxT)"), numbers("ancova_p", "Adjusted, by itself")]
    columns += [
        numbers(f"ancova_{key.replace(':', '_')}", f"{METHODS[key.partition(':')[2]]}, family {key.partition(':')[0]}")
        for key in keys
    ]

    def cells(_: OutcomeEffects, d: Difference) -> list[Cell]:
        families = (Quantity(d.adjusted[key], "p") if key in d.adjusted else "" for key in keys)
        return [Quantity(d.joint_p, "p"), Quantity(d.ancova.p if d.ancova else None, "p"), *families]

    notes = (
        "maxT: the p of each change score among all outcomes and assessments of this table at once, by "
        f"{with_commas(ours.joint.resamples)} relabellings (seed {ours.joint.seed}). Then the p of the adjusted "
        "difference, by itself and corrected within the families of the plan.",
    )
    return table(f"p-corrected{suffix}", "p values for the number of tests", _columns(ours, *columns),
                 _rows(context, ours, cells), notes, place="supplement")  # fmt: skip


def by_method(context: Context, ours: ComparisonEffects, suffix: str) -> TableBlock:
    """Build the table of p values of every method, corrected for nothing."""
    columns = [numbers(f"p_{name}", title) for name, title in BY_METHOD.items()]

    def cells(o: OutcomeEffects, d: Difference) -> list[Cell]:
        contrasts = (d.ancova, d.change, d.mixed_model, d.robust, d.permutation)
        odds = Quantity(d.odds_p, "p") if o.role == "main" else ""
        return [*(Quantity(c.p if c else None, "p") for c in contrasts), Quantity(d.rank_p, "p"), odds]

    notes = ("Corrected for nothing: one question asked in several ways. Odds ratio: main outcomes only.",)
    return table(f"p-by-method{suffix}", "p values by method", _columns(ours, *columns),
                 _rows(context, ours, cells), notes, place="supplement")  # fmt: skip


BY_METHOD = {"ancova": "ANCOVA", "change": "Change", "mixed_model": "Mixed model", "robust": "HC3",
      "permutation": "Permutation", "rank": "Ranks", "ordinal": "Odds ratio"}  # fmt: skip
