"""The analysis plan: outcomes with direction, families, the rules for reliability and missing data, presets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Day, Id, Label, ScaleName
from pilotage.yaml_file import OrUnknown, Part

OutcomeRole = Literal["main", "secondary", "if_reliable"]
Preset = Literal["paper-2020", "recommended"]
Adjustment = Literal["holm", "hochberg", "hommel", "benjamini-hochberg"]


class ImportantDifference(Part):
    """The smallest difference that would matter to the people it is about, with the reason."""

    value: float = Field(gt=0, description="in the units of the scale, and always above nought")
    why: str = Field(min_length=1, description="who says so, and on what ground")


class Outcome(Part):
    """A scale that is compared between arms, and which way is better."""

    scale: ScaleName = Field(description="instrument.scale, such as ffmq-39.observing")
    label: Label = Field(description="its name, as tables print it")
    better: Literal["higher", "lower"] = Field(description="which way is better")
    minimal_important_difference: ImportantDifference | None = Field(
        None, description="the smallest difference that would matter, where one can be justified"
    )


class Outcomes(Part):
    """Main outcomes, secondary ones, and those that are compared only when reliable."""

    main: list[Outcome] = Field(min_length=1, description="the main outcomes")
    secondary: list[Outcome] = Field([], description="further outcomes")
    if_reliable: list[Outcome] = Field(
        [], description="outcomes compared only when they fulfil the rule under reliability"
    )


class OutcomeFamily(Part):
    """Tests whose multiplicity is judged together."""

    id: Id
    outcomes: list[OutcomeRole] = Field(description="the groups of outcomes it holds")
    adjust: list[Adjustment] = Field([], description="the corrections shown")


class AssessmentComparison(Part):
    """The assessments compared; people need a score at every one of them."""

    id: Id
    label: Label = Field(description="its name, as tables print it")
    assessments: list[Id] = Field(min_length=2, description="the assessments compared, in their order")


class Reliability(Part):
    """The rule by which a scale is dropped, decided before outcomes are compared."""

    at_least: float = Field(ge=0, le=1, description="the lowest coefficient that is enough")
    at: Id = Field(description="the assessment at which it is judged")
    statistic: Literal["alpha"] = Field("alpha", description="the coefficient")
    decides: Literal["if_reliable", "all"] = Field("if_reliable", description="which outcomes the rule is for")
    why: str = Field("", description="why this rule")


class PracticeRelation(Part):
    """Home practice against change: a derived variable of one arm."""

    variable: Id = Field(description="a derived variable")
    arm: Id = Field(description="the arm whose people practised")
    assessment: Id = Field(description="the assessment at which it was asked")


class Baseline(Part):
    """What describes people at the start: items of forms."""

    items: list[str] = Field([], description="items of forms, each written form.item")
    compared: list[str] = Field([], description="items whose arms are compared by a t test")


class MissingDataPlan(Part):
    """How blanks and missed occasions are handled."""

    items: str = Field(description="what becomes of blanks within a questionnaire")
    occasions: dict[str, str] = Field(description="what becomes of people who missed an assessment, by preset")


class ScepticalPrior(Part):
    """What somebody believes who expects little: a normal distribution around no difference."""

    large: float = Field(
        0.5, gt=0, description="a difference that this person would hardly expect, in SDs of the first scores"
    )
    chance: float = Field(0.05, gt=0, lt=0.5, description="the chance this person grants to a larger one")
    why: str = Field("half an SD is Cohen's (1988) medium difference", description="why this difference")


class RecommendedPlan(Part):
    """What the preset `recommended` must know before the data are seen."""

    reference: Id = Field(description="the arm that the others are compared with; a difference is the other less this")
    estimand: str = Field(description="what is estimated, in words: in whom, of what, whatever happened to them")
    covariates: list[str] = Field(
        [], description="numbers asked at the start, each written form.item, that differences are adjusted for"
    )
    strata: Literal["none", "cohort"] = Field(
        "none", description="within what people are relabelled: cohorts only where each holds people of both arms"
    )
    sceptical_prior: ScepticalPrior = Field(ScepticalPrior(), description="the prior of somebody who expects little")
    resamples: int = Field(10_000, ge=1_000, le=1_000_000, description="how many relabellings the joint test draws")
    seed: int = Field(1, ge=0, description="makes everything that is drawn repeatable")
    set_on: OrUnknown[Day] = Field(description="the day on which this was fixed")


class AnalysisPlan(Part):
    """The plan, whole."""

    locked: OrUnknown[str] = Field(description="when the plan may no longer be changed")
    outcomes: Outcomes = Field(description="what is compared")
    families: list[OutcomeFamily] = Field([], description="which tests are judged together")
    comparisons: list[AssessmentComparison] = Field(min_length=1, description="the assessments compared")
    reliability: Reliability = Field(description="the rule by which a scale is dropped")
    baseline: Baseline = Field(Baseline(), description="what describes people at the start")
    practice: PracticeRelation | None = Field(None, description="home practice against change")
    missing: MissingDataPlan = Field(description="how blanks and missed occasions are handled")
    presets: list[Preset] = Field(
        min_length=1,
        description="the analyses made; paper-2020 is that of the published study, recommended is ours",
    )
    recommended: RecommendedPlan | None = Field(None, description="what the preset recommended must know")
    significance: float = Field(0.05, gt=0, lt=1, description="the level of significance")
    benchmarks: str = Field("", description="the rule of thumb applied to effect sizes, where one is")
    switches: dict[str, dict[str, str]] = Field({}, description="choices of disputed keys, by instrument")
    instrument_notes: dict[str, str] = Field({}, description="what the report says of an instrument used")
    stands_in: dict[str, str] = Field(
        {}, description="instruments that stand in for another one, with the one they stand in for"
    )
    not_done: list[str] = Field([], description="what the analysis leaves out, stated in the report")

    def outcomes_by_role(self) -> list[tuple[OutcomeRole, Outcome]]:
        """Return every outcome with its role: the main ones first, then the secondary, then those under the rule."""
        outcomes = self.outcomes
        by_role: dict[OutcomeRole, list[Outcome]] = {
            "main": outcomes.main,
            "secondary": outcomes.secondary,
            "if_reliable": outcomes.if_reliable,
        }
        return [(role, outcome) for role, members in by_role.items() for outcome in members]

    def all_outcomes(self) -> list[Outcome]:
        """Return every outcome, whatever its role."""
        return [outcome for _, outcome in self.outcomes_by_role()]


class ReportSettings(Part):
    """What the report shows and to whom."""

    title: str = Field("", description="the report's title; the study's when empty")
    small_cells: int = Field(5, ge=1, description="counts below this are suppressed in the shared edition")
    language: str = Field("en", description="the language of labels in the report")
    authors: list[str] = Field([], description="the report's authors")
    professions: str = Field("", description="the form item tabled by arm as Table 3, such as about-you.profession")
    learned: str = Field("", description="the form item whose comments make Table 4: what people learned")
    missed: str = Field("", description="the form item whose comments make Table 6: what people missed")
