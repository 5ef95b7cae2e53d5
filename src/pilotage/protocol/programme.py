"""What is delivered: the programme as its manual has it, as this study delivers it, and the difference."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Duration, Id, Label, Text
from pilotage.yaml_file import OrUnknown, Part

BlockKind = Literal["meditation", "plenary", "teaching", "practice", "pause", "silence"]
MinutesAre = Literal["published", "ours", "the site's"]


class Manual(Part):
    """The manual the teachers follow; its text stays with its authors."""

    id: Id
    title: str = Field(description="its title")
    authors: str = Field(description="its authors")
    year: int = Field(description="the year it appeared")
    language: str = Field(description="the language it is used in, as a code")
    adaptations: list[str] = Field([], description="how it was adapted")
    licence: OrUnknown[str] | None = Field(None, description="on what terms its text may be used")


class Teachers(Part):
    """How many teach, and what they must bring."""

    number: int = Field(description="how many teach a group")
    qualification: str = Field(description="what they must have")
    experience: OrUnknown[str] | None = Field(None, description="the experience they bring")
    discloses: list[str] = Field([], description="what readers should know of them")


class GroupSize(Part):
    """Smallest and largest number of participants in a training group."""

    minimum: int = Field(ge=2, description="the smallest number of participants")
    maximum: int = Field(ge=2, description="the largest number")


class PracticeDay(Part):
    """A longer day between two sessions of the canonical programme."""

    after: int = Field(description="the canonical session it follows")
    minutes: int = Field(description="how long it lasts")


class Shape(Part):
    """How many sessions of how many minutes."""

    sessions: int = Field(ge=1, description="how many weekly or other meetings, a practice day not counted")
    minutes: OrUnknown[int] = Field(description="how long a session lasts")
    minutes_are: MinutesAre = Field("published", description="whose number that is")
    every: Duration = Field(description="how far apart sessions are")
    practice_day: PracticeDay | None = Field(None, description="a longer day between two sessions")
    booster: OrUnknown[str] | None = Field(None, description="a comeback session afterwards, in words")


class Adaptation(Part):
    """One difference between the canonical and the delivered programme, as FRAME asks for it."""

    id: Id
    what: Label = Field(description="what differs")
    why: OrUnknown[str] = Field(description="why")
    by: OrUnknown[str] = Field(description="who decided")
    on: OrUnknown[date] = Field(description="when it was decided")
    kind: OrUnknown[Literal["core", "flexible"]] = Field(description="whether it touches a core part of the programme")
    planned: OrUnknown[bool] = Field(description="whether it was planned")


class Block(Part):
    """A part of an average session, in order."""

    id: Id
    label: Label = Field(description="its name, as a run-sheet prints it")
    kind: BlockKind = Field(description="what kind of thing is done")
    minutes: int = Field(ge=0, description="how long it lasts; the blocks together fill the session")
    describe: Text = Field("", description="what is done")
    in_: Literal["plenary", "pairs", "small groups", "alone"] = Field(
        "plenary", alias="in", description="whether people are together, in pairs, in small groups or alone"
    )
    rounds: Id | None = Field(None, description="the rounds it follows, of those under rounds")
    main: bool = Field(False, description="whether it is the main part")
    optional: bool = Field(False, description="whether it may be left out")
    core: bool | None = Field(
        None, description="whether the programme is no longer itself without it; not said when nobody knows"
    )


class Round(Part):
    """One turn within a practice in pairs or small groups."""

    who: Label = Field(description="who has the turn")
    does: Label = Field(description="what they do")


class PairingPlan(Part):
    """How people are divided into pairs or small groups."""

    size: int = Field(2, ge=2, description="how many people practise together: 2 for pairs")
    pairings_a_session: int = Field(1, ge=1, description="how many times a session people are divided anew")
    odd: Literal["triad", "teacher", "observer"] = Field(description="what is done when the number of people is odd")
    teacher_may_join: bool = Field(description="whether a teacher may make up a pair")
    small_groups_from_session: OrUnknown[int] | None = Field(
        None, description="the delivered session from which small groups are formed too"
    )


class SessionPlan(Part):
    """A planned meeting, with its number in the delivered and in the canonical order."""

    delivered: int = Field(description="its number as delivered, from 1")
    canonical: int | None = Field(
        None, description="its number in the manual; none for one that replaces something else"
    )
    replaces: str | None = Field(None, description="what it replaces")
    title: Label = Field("", description="a short title")
    theme: OrUnknown[Label] = Field(description="its theme")
    guidelines: OrUnknown[list[Id] | Literal["all"]] = Field(description="the guidelines practised, or all")
    contemplations: OrUnknown[list[Label]] = Field(description="what is contemplated")
    planned_replacement: bool = Field(False, description="whether the replacement was planned, and so is no departure")
    note: str = Field("", description="what to know of it")


class PracticePrescription(Part):
    """The home practice asked for, as a range of minutes a day."""

    minutes_a_day: tuple[int, int] = Field(description="least and most minutes a day")
    days_a_week: int = Field(7, ge=1, le=7, description="on how many days")

    @property
    def minutes_a_week(self) -> tuple[int, int]:
        """The range of minutes a week."""
        low, high = self.minutes_a_day
        return low * self.days_a_week, high * self.days_a_week


class PracticeKind(Part):
    """A kind of home practice."""

    id: Id
    label: Label = Field(description="its name")
    title: Text | None = Field(
        None, description="its name as participants read it, in their language; the label otherwise"
    )
    examples: list[Label] = Field([], description="examples")
    asks: list[Literal["times", "minutes"]] = Field(
        ["minutes"],
        min_length=1,
        description="what the diary asks of it: times, minutes, or both; minutes when not said",
    )
    quick: list[int] = Field([], description="minutes that the diary offers as buttons")


class HomePracticePlan(Part):
    """What people are asked to do at home."""

    prescribed: PracticePrescription = Field(alias="asked", description="how much is asked for")
    kinds: list[PracticeKind] = Field(description="the kinds of practice")
    diary: Literal["none", "daily", "weekly"] = Field("none", description="how often people note what they did")
    editable_for: Duration = Field(
        timedelta(days=7), description="how long after its day an entry of the diary can be made and changed"
    )


class Material(Part):
    """Something participants receive, and when."""

    id: Id
    title: Label = Field(description="its title")
    kind: Literal["manual", "handout", "audio", "text", "video"] = Field(description="what it is")
    language: str = Field(description="its language, as a code")
    source: str = Field(description="where it comes from")
    licence: OrUnknown[str] = Field(description="on what terms it may be used")
    released: int | Literal["each session"] = Field(description="the session in which it is given out, or each session")
    version: OrUnknown[str] | None = Field(None, description="its version")
    adaptation: str = Field("", description="how it was adapted")
    file: str | None = Field(
        None,
        description="where it lies in the study's folder ({language} is the language's code); given out as it is",
    )


class Programme(Part):
    """The programme, whole."""

    name: Label = Field(description="its name")
    describe: Text = Field("", description="what it is, in some sentences")
    manual: Manual = Field(description="the manual that teachers follow")
    guidelines: list[Id] = Field([], description="the guidelines practised, by id")
    themes: list[Label] = Field([], description="the themes explored, in words")
    group: GroupSize = Field(description="how large a group is")
    teachers: Teachers = Field(description="who teaches")
    canonical: Shape = Field(description="the programme as its manual has it")
    delivered: Shape = Field(description="the programme as this study delivers it")
    tolerance: int = Field(
        5, ge=0, description="by how many minutes a session may be shorter than planned and not count as truncated"
    )
    difference: list[Adaptation] = Field([], description="each difference between the two")
    completion: int = Field(description="sessions attended that count as completing the programme")
    completion_why: str = Field("", description="why that number")
    blocks: list[Block] = Field([], description="the parts of an average session, in order")
    block_minutes_are: MinutesAre = Field("ours", description="whose numbers the blocks' minutes are")
    rounds: dict[str, list[Round]] = Field(
        {}, description="the turns of a pair (dyad) and of three people (triad), and others by name"
    )
    pairing: PairingPlan | None = Field(None, description="how people are divided")
    sessions: list[SessionPlan] = Field(description="the sessions as delivered, in order")
    home_practice: HomePracticePlan | None = Field(None, description="what is asked for at home")
    materials: list[Material] = Field([], description="what participants receive")
