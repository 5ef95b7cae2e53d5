"""The analysis plan: outcomes with direction, families, the rules for reliability and missing data, presets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Id, ScaleName
from pilotage.yaml_file import Part, Said

Preset = Literal["paper-2020"]
Adjustment = Literal["holm", "hochberg", "hommel", "benjamini-hochberg"]


class Outcome(Part):
    """A scale that is compared between arms, and which way is better."""

    scale: ScaleName
    label: str
    better: Literal["higher", "lower"]


class Outcomes(Part):
    """Main outcomes, secondary ones, and those that are compared only when reliable."""

    main: list[Outcome] = Field(min_length=1)
    secondary: list[Outcome] = []
    if_reliable: list[Outcome] = []


class Family(Part):
    """Tests whose multiplicity is judged together."""

    id: Id
    outcomes: list[Literal["main", "secondary", "if_reliable"]]
    adjust: list[Adjustment] = []


class Comparison(Part):
    """The assessments compared; people need a score at every one of them."""

    id: Id
    label: str
    assessments: list[Id] = Field(min_length=2)


class Reliability(Part):
    """The rule by which a scale is dropped, decided before outcomes are compared."""

    at_least: float = Field(ge=0, le=1)
    at: Id
    statistic: Literal["alpha"] = "alpha"
    decides: Literal["if_reliable", "all"] = "if_reliable"
    why: str = ""


class PracticeRelation(Part):
    """Home practice against change: a derived variable of one arm."""

    variable: Id
    arm: Id
    assessment: Id


class Baseline(Part):
    """What describes people at the start: items of forms."""

    items: list[str] = []
    compared: list[str] = Field([], description="items whose arms are compared by a t test")


class Missing(Part):
    """How blanks and missed occasions are handled."""

    items: str
    occasions: dict[str, str]


class AnalysisPlan(Part):
    """The plan, whole."""

    locked: Said[str]
    outcomes: Outcomes
    families: list[Family] = []
    comparisons: list[Comparison] = Field(min_length=1)
    reliability: Reliability
    baseline: Baseline = Baseline()
    practice: PracticeRelation | None = None
    missing: Missing
    presets: list[Preset] = Field(min_length=1)
    significance: float = Field(0.05, gt=0, lt=1)
    benchmarks: str = Field("", description="the rule of thumb applied to effect sizes, where one is")
    switches: dict[str, dict[str, str]] = Field({}, description="choices of disputed keys, by instrument")
    instrument_notes: dict[str, str] = Field({}, description="what the report says of an instrument used")
    not_done: list[str] = Field([], description="what the analysis leaves out, stated in the report")


class ReportSettings(Part):
    """What the report shows and to whom."""

    title: str = ""
    small_cells: int = Field(5, ge=1, description="counts below this are suppressed in the shared edition")
    language: str = "en"
    authors: list[str] = []
    professions: str = Field("", description="the form item tabled by arm as Table 3, such as about-you.profession")
    learned: str = Field("", description="the form item whose comments make Table 4: what people learned")
    missed: str = Field("", description="the form item whose comments make Table 6: what people missed")
