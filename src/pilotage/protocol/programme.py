"""What is delivered: the programme as its manual has it, as this study delivers it, and the difference."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Duration, Id, Text
from pilotage.yaml_file import Part, Said

BlockKind = Literal["meditation", "plenary", "teaching", "practice", "pause", "silence"]
MinutesAre = Literal["published", "ours", "the site's"]


class Manual(Part):
    """The manual the teachers follow; its text stays with its authors."""

    id: Id
    title: str
    authors: str
    year: int
    language: str
    adaptations: list[str] = []
    licence: Said[str] | None = None


class Teachers(Part):
    """How many teach, and what they must bring."""

    number: int
    qualification: str
    experience: Said[str] | None = None
    discloses: list[str] = []


class GroupSize(Part):
    """Smallest and largest number of participants in a training group."""

    minimum: int = Field(ge=2)
    maximum: int = Field(ge=2)


class PracticeDay(Part):
    """A longer day between two sessions of the canonical programme."""

    after: int
    minutes: int


class Shape(Part):
    """How many sessions of how many minutes."""

    sessions: int = Field(ge=1)
    minutes: Said[int]
    minutes_are: MinutesAre = "published"
    every: Duration
    practice_day: PracticeDay | None = None
    booster: Said[str] | None = None


class Adaptation(Part):
    """One difference between the canonical and the delivered programme, as FRAME asks for it."""

    id: Id
    what: str
    why: Said[str]
    by: Said[str]
    on: Said[date]
    kind: Said[Literal["core", "flexible"]]
    planned: Said[bool]


class Block(Part):
    """A part of an average session, in order."""

    id: Id
    label: str
    kind: BlockKind
    minutes: int = Field(ge=0)
    describe: Text = ""
    in_: Literal["plenary", "pairs", "small groups", "alone"] = Field("plenary", alias="in")
    rounds: Id | None = None
    main: bool = False
    optional: bool = False


class Round(Part):
    """One turn within a practice in pairs or small groups."""

    who: str
    does: str


class Pairing(Part):
    """How people are divided into pairs."""

    odd: Literal["triad", "teacher", "observer"]
    teacher_may_join: bool
    small_groups_from_session: Said[int] | None = None


class Session(Part):
    """A planned meeting, with its number in the delivered and in the canonical order."""

    delivered: int
    canonical: int | None = None
    replaces: str | None = None
    title: str = ""
    theme: Said[str]
    guidelines: Said[list[Id] | Literal["all"]]
    contemplations: Said[list[str]]
    planned_replacement: bool = False
    note: str = ""


class Asked(Part):
    """The home practice asked for, as a range of minutes a day."""

    minutes_a_day: tuple[int, int]
    days_a_week: int = Field(7, ge=1, le=7)

    @property
    def minutes_a_week(self) -> tuple[int, int]:
        """The range of minutes a week."""
        low, high = self.minutes_a_day
        return low * self.days_a_week, high * self.days_a_week


class PracticeKind(Part):
    """A kind of home practice."""

    id: Id
    label: str
    examples: list[str] = []


class HomePractice(Part):
    """What people are asked to do at home."""

    asked: Asked
    kinds: list[PracticeKind]
    diary: Literal["none", "daily", "weekly"] = "none"


class Material(Part):
    """Something participants receive, and when."""

    id: Id
    title: str
    kind: Literal["manual", "handout", "audio", "text", "video"]
    language: str
    source: str
    licence: Said[str]
    released: int | Literal["each session"]
    version: Said[str] | None = None
    adaptation: str = ""


class Programme(Part):
    """The programme, whole."""

    name: str
    describe: Text = ""
    manual: Manual
    guidelines: list[Id] = []
    themes: list[str] = []
    group: GroupSize
    teachers: Teachers
    canonical: Shape
    delivered: Shape
    difference: list[Adaptation] = []
    completion: int = Field(description="sessions attended that count as completing the programme")
    completion_why: str = ""
    blocks: list[Block] = []
    block_minutes_are: MinutesAre = "ours"
    rounds: dict[str, list[Round]] = {}
    pairing: Pairing | None = None
    sessions: list[Session]
    home_practice: HomePractice | None = None
    materials: list[Material] = []
