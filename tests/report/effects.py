"""What the recommended preset found, typed by hand, so that one fact can be flipped at a time."""

from dataclasses import replace

from pilotage.analysis.recommended.effect_results import (
    ComparisonEffects,
    Difference,
    Joint,
    ModelFit,
    OutcomeEffects,
    PosteriorSummary,
    RecommendedResults,
    Slopes,
)
from pilotage.analysis.recommended.supplementary_results import (
    AtTheEnds,
    CountedShare,
    FloorAndCeiling,
    IndividualChange,
    PracticeAndChange,
)
from pilotage.report.sections.context import Context
from pilotage.stats.contrast import Contrast
from tests.report.facts import context, estimate


def contrast(estimate: float = 0.4, low: float = 0.1, high: float = 0.7, p: float = 0.01) -> Contrast:
    return Contrast("training", "control", 1, estimate, 0.15, 44, 2.7, p, low, high, 0.95, 47, "typed by hand")


def belief(prior: str, better: float, important: float | None = None) -> PosteriorSummary:
    sd = 0.3 if prior == "sceptical" else None
    return PosteriorSummary(prior, sd, 0.3, 0.1, 0.1, 0.5, better, important, "by hand")  # type: ignore[arg-type]


DIFFERENCE = Difference(
    "training", "control", "post", change=contrast(), ancova=contrast(), mixed_model=contrast(), robust=contrast(),
    permutation=contrast(), rank_p=0.02, hedges_g=estimate(0.7, 0.1, 1.3), joint_p=0.03,
    adjusted={"main:holm": 0.04}, beliefs=(belief("flat", 0.99), belief("sceptical", 0.95)),
)  # fmt: skip
EFFECTS = OutcomeEffects(
    "scs-26.total", "Self-compassion", "main", "higher", None, 47, 47, 47, (DIFFERENCE,),
    (Slopes("post", 0.6, 0.5, 0.48),), ModelFit("MMRM", 47, 94, True, False),
    {"constrained": "people were not allocated by chance"},
)  # fmt: skip
ENDS = AtTheEnds(
    "scs-26.total", "Self-compassion", "higher", "training", "pre", 25, (1.0, 5.0), estimate(0.0, 0.0, 0.137),
    estimate(0.0, 0.0, 0.137), False, False, 2.5, "Terwee",
)  # fmt: skip
SHARE = CountedShare(5, estimate(0.2, 0.068, 0.407, 25))
NOBODY = CountedShare(0, estimate(0.0, 0.0, 0.137, 25))
INDIVIDUAL = IndividualChange(
    "pre-post",
    "scs-26.total",
    "Self-compassion",
    "higher",
    "training",
    25,
    0.9,
    "alpha",
    0.6,
    0.5,
    SHARE,
    SHARE,
    NOBODY,
)
DOSE = PracticeAndChange(
    "pre-post", "scs-26.total", "Self-compassion", "higher", "training", "diary", "formal", "Formal", 24,
    estimate(0.1, -0.3, 0.5), 0.6, 0.404,
)  # fmt: skip


def ours(*outcomes: OutcomeEffects) -> ComparisonEffects:
    return ComparisonEffects("pre-post", "Before and after", ("pre", "post"), outcomes or (EFFECTS,),
                             Joint(47, 1, 10_000, 1, 0.002))  # fmt: skip


def found(*outcomes: OutcomeEffects, ends: AtTheEnds = ENDS) -> RecommendedResults:
    ceiling = FloorAndCeiling("pre-post", (ends,), (), None)
    return RecommendedResults("control", (ours(*outcomes),), individual=(INDIVIDUAL,), ceiling=(ceiling,), dose=(DOSE,))


def with_effects(*outcomes: OutcomeEffects, ends: AtTheEnds = ENDS) -> Context:
    return context(recommended=found(*outcomes, ends=ends))


def differing(outcome: OutcomeEffects = EFFECTS, **facts: object) -> OutcomeEffects:
    """The outcome with facts of its one difference replaced."""
    return replace(outcome, differences=(replace(outcome.differences[0], **facts),))  # type: ignore[arg-type]
