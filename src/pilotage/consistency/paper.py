"""What a person writes down from a paper: its numbers as printed, and what each is said to be."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from pilotage.consistency.printed import Coefficient, Number, Percent, PValue, Share, Size
from pilotage.yaml_file import Part

Count = Annotated[int, Field(ge=0, le=1_000_000)]
People = Annotated[int, Field(ge=2, le=1_000_000)]
Span = Annotated[list[int], Field(min_length=2, max_length=2, description="the lowest and the highest")]
Alpha = Annotated[float, Field(gt=0, lt=1)]
Answer = Annotated[str, BeforeValidator(str)]  # a grade may be the name of an answer
Name = Annotated[str, Field(min_length=1, max_length=80)]


class Test(Part):
    """An F or t test, by any of its numbers."""

    name: Name
    df: list[Annotated[float, Field(gt=0)]] = Field(
        min_length=1, max_length=2, description="[df1, df2] of F, or [df] of t"
    )
    F: Size | None = None
    t: Number | None = None
    p: PValue | None = None
    partial_eta_squared: Share | None = None
    d: Number | None = Field(None, description="standardised difference by the pooled SD")
    g: Number | None = Field(None, description="Hedges's g: d times the small-sample factor")
    significant: bool | None = Field(None, description="what the paper says of it")
    alpha: Alpha = 0.05
    between: list[People] = Field([], max_length=2, description="people in the two groups it compares")

    @property
    def df1(self) -> float:
        """Degrees of freedom of the effect; 1 for a t test."""
        return self.df[0] if len(self.df) == 2 else 1.0

    @property
    def df2(self) -> float:
        """Degrees of freedom of the error."""
        return self.df[-1]

    @property
    def people(self) -> float:
        """People analysed: the two groups', or else df1 + df2 + 1."""
        return sum(self.between) or self.df1 + self.df2 + 1

    @model_validator(mode="after")
    def _sound(self) -> Test:
        if not any((self.F, self.t, self.p, self.partial_eta_squared, self.d, self.g)):
            raise ValueError(f"'{self.name}' has no number to check.\nGive F, t, p, partial_eta_squared, d or g.")
        if self.df1 != 1 and (self.t or self.d or self.g):
            raise ValueError(f"'{self.name}' has {self.df1:g} df of effect, so it has no t, d or g.\nCorrect df.")
        if self.between and (len(self.between) != 2 or self.df1 != 1):
            raise ValueError(f"'{self.name}': 'between' is for a test of two groups.\nGive two sizes, or leave it out.")
        if (self.d or self.g) and not self.between:
            raise ValueError(f"'{self.name}': d or g needs the groups' sizes.\nAdd between: [n1, n2].")
        if self.df2 <= 1 and self.between:
            raise ValueError(f"'{self.name}' has no more than 1 df of error.\nCorrect df.")
        return self


class PrintedFamily(Part):
    """Tests that are to be judged together."""

    name: Name
    tests: list[Name] = Field(min_length=1, description="those whose numbers are known")
    size: Annotated[int, Field(ge=1, le=1000)] = Field(
        description="how many tests there were; those not listed were not significant"
    )
    alpha: Alpha = 0.05

    @model_validator(mode="after")
    def _large_enough(self) -> PrintedFamily:
        if self.size < len(self.tests):
            raise ValueError(f"'{self.name}' lists {len(self.tests)} tests, but its size is {self.size}.\nCorrect one.")
        return self


class Power(Part):
    """A power that was computed after the fact, from effects that were observed."""

    name: Name
    reported: Share
    tests: list[Name] = Field(min_length=1, description="the tests it may be about")
    alpha: Alpha = 0.05
    occasions: Annotated[int, Field(ge=2, le=2)] | None = Field(
        None, description="2 where the same people were measured twice; adds the conventions for that"
    )


class Breakdown(Part):
    """How the answers to one question divide: counts or percentages that exclude one another and leave nobody out."""

    name: Name
    n: Annotated[int, Field(ge=1, le=1_000_000)] = Field(description="who answered, as far as the paper says")
    n_between: Span | None = Field(None, description="how many could have answered, to see what else would fit")
    asked: Count | None = None
    percentages: dict[Answer, Percent] = {}
    counts: dict[Answer, Count] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Breakdown:
        if bool(self.percentages) == bool(self.counts):
            raise ValueError(f"'{self.name}' needs either percentages or counts.\nMake a row of each.")
        _check_span(self.name, "n_between", self.n_between, 1, 1000)
        return self


class Proportion(Part):
    """So many of so many."""

    name: Name
    count: Count
    of: Annotated[int, Field(ge=1, le=1_000_000)]
    of_between: Span | None = Field(None, description="other denominators to try")
    percent: Percent | None = None

    @model_validator(mode="after")
    def _part_of_whole(self) -> Proportion:
        if self.count > self.of:
            raise ValueError(f"'{self.name}': {self.count} of {self.of} is more than all.\nCorrect one of them.")
        _check_span(self.name, "of_between", self.of_between, 1, 1000)
        return self


class Sample(Part):
    """One group's mean and SD (n - 1), of whole numbers unless said."""

    name: Name
    n: People
    n_between: Span | None = Field(None, description="how many could have answered, to see what else would fit")
    mean: Number
    sd: Size | None = None
    range: Span | None = Field(None, description="the lowest and highest value that occurred")
    scale: Span | None = Field(None, description="the lowest and highest value that could occur")
    never_below: int | None = Field(None, description="the lowest value possible, where there is no highest")
    items: Annotated[int, Field(ge=1, le=500)] = Field(1, description="a person's value is the mean of so many items")
    whole_numbers: bool = True
    multiples_of: Annotated[int, Field(ge=2, le=1000)] | None = Field(
        None, description="what answers may be rounded to"
    )

    @model_validator(mode="after")
    def _sound(self) -> Sample:
        _check_span(self.name, "range", self.range)
        _check_span(self.name, "scale", self.scale)
        _check_span(self.name, "n_between", self.n_between, 2, 50)
        if self.range and self.scale and not self.scale[0] <= self.range[0] <= self.range[1] <= self.scale[1]:
            raise ValueError(
                f"'{self.name}': the range {self.range} lies outside the scale {self.scale}.\nCorrect one."
            )
        return self


class PrintedMoments(Part):
    """A group's size, mean and SD."""

    n: People
    mean: Number
    sd: Size


class PrintedComparison(Part):
    """Two or more groups by mean and SD, with what is printed of all together and of their difference."""

    name: Name
    groups: dict[Answer, PrintedMoments] = Field(min_length=2, max_length=12)
    total: PrintedMoments | None = None
    whole_numbers: bool = True
    t: Number | None = None
    p: PValue | None = None
    significant: bool | None = None
    alpha: Alpha = 0.05

    @model_validator(mode="after")
    def _whole(self) -> PrintedComparison:
        people = sum(group.n for group in self.groups.values())
        if self.total and self.total.n != people:
            raise ValueError(f"'{self.name}': the groups have {people} people, the total {self.total.n}.\nCorrect one.")
        return self


class Correlations(Part):
    """Correlations among so many people, with or without their values."""

    name: Name
    n: Annotated[int, Field(ge=4, le=1_000_000)]
    r: Coefficient | None = None
    p: PValue | None = None
    significant: bool | None = None
    alpha: Alpha = 0.05


class Paper(Part):
    """Numbers from one publication; see docs/reference/recheck.md."""

    pilotage: Annotated[int, Field(ge=1, le=1)] = 1
    title: str
    source: str = ""
    assumes: list[str] = Field([], description="what the paper does not say and this file takes for granted")
    tests: list[Test] = []
    families: list[PrintedFamily] = []
    power: list[Power] = []
    breakdowns: list[Breakdown] = []
    proportions: list[Proportion] = []
    samples: list[Sample] = []
    comparisons: list[PrintedComparison] = []
    correlations: list[Correlations] = []


def _check_span(name: str, what: str, span: list[int] | None, least: int = -(10**9), widest: int = 10**9) -> None:
    if span and span[0] > span[1]:
        raise ValueError(f"'{name}': {what} runs down, from {span[0]} to {span[1]}.\nWrite the lower end first.")
    if span and not least <= span[0] <= span[1] <= span[0] + widest:
        raise ValueError(f"'{name}': {what} should begin at {least} or more and span at most {widest}.\nCorrect it.")
