"""The estimand in words, from the plan and the design: what the difference is a difference of."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.supplementary_results import Estimand
from pilotage.protocol.plan import AssessmentComparison

AS_IT_WAS = (
    "Missing sessions, leaving the course or not practising: people stay in their arm, with the scores they gave "
    "(treatment policy)",
    "Leaving the study or missing an assessment: the score is missing, and what it would have been is of interest",
)
SUMMARY = "the difference in mean change, the other arm less the reference"
BY_CHANCE = "Chance decided who was in which arm, so the difference is one of the arms"
NOT_BY_CHANCE = (
    "Chance did not decide who was in which arm. The difference is one between people who came into the arms as they "
    "did, and shows what the programme does only as far as the arms would have changed alike without it"
)


def estimand(study: AnalysisInput, comparison: AssessmentComparison) -> Estimand:
    """Return the estimand of a comparison by its five attributes (ICH E9 R1), and what it cannot be read as."""
    first, last = (study.assessment_label(a) for a in (comparison.assessments[0], comparison.assessments[-1]))
    sizes = ", ".join(f"{study.sizes[arm]} in {_label(study, arm)}" for arm in study.arms)
    return Estimand(
        said=plan_of(study).estimand,
        population=f"everyone who was in an arm: {sizes}",
        variable=f"change in each outcome from “{first}” to “{last}”",
        treatments=_treatments(study),
        intercurrent=AS_IT_WAS,
        summary=SUMMARY,
        caution=BY_CHANCE if study.protocol.study.randomised else NOT_BY_CHANCE,
    )


def _label(study: AnalysisInput, arm: str) -> str:
    return study.protocol.arm(arm).label


def _treatments(study: AnalysisInput) -> str:
    reference = study.protocol.arm(plan_of(study).reference)
    named = "; ".join(f"{a.label} ({a.receives})" for a in map(study.protocol.arm, others(study)))
    return f"{named}, compared with {reference.label} ({reference.receives})"
