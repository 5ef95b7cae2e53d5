"""The fixed words of the domain: each said once, with what follows from it.

Everything above takes them from here: the protocol's model, the tidy tables, Django's choices, checks, simulation,
analysis and reports. A member is a string, so it is written to files and databases as it stands.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


def values(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    """Return the words of a vocabulary as plain strings, in its order."""
    return tuple(member.value for member in vocabulary)


def choices(vocabulary: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the words of a vocabulary as a database field's choices, each with itself as its label."""
    return [(member.value, member.value) for member in vocabulary]


class AttendanceStatus(StrEnum):
    """Whether someone came to a session."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left early"
    EXCUSED = "excused"
    ABSENT = "absent"
    MADE_UP = "made up"

    @property
    def in_room(self) -> bool:
        """Whether they were in the room while the session was held, and so could practise in a pair."""
        return self in (AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY)

    @property
    def counts_as_attended(self) -> bool:
        """Whether the session counts for them: in the room, or made up on another day."""
        return self.in_room or self is AttendanceStatus.MADE_UP


IN_ROOM: tuple[str, ...] = tuple(s.value for s in AttendanceStatus if s.in_room)
ATTENDED: tuple[str, ...] = tuple(s.value for s in AttendanceStatus if s.counts_as_attended)
NOT_ATTENDED: tuple[str, ...] = tuple(s.value for s in AttendanceStatus if not s.counts_as_attended)


class SessionState(StrEnum):
    """What became of a planned session. Whether it took place is said by the day on which it was held."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    TRUNCATED = "truncated"
    POSTPONED = "postponed"
    REPLACED = "replaced"

    @property
    def as_planned(self) -> bool:
        """Whether nothing departs from the plan: still to come, or held as planned."""
        return self in (SessionState.PLANNED, SessionState.HELD)


def took_place(held_on: date | None) -> bool:
    """Return whether a session took place: it has a day on which it was held, whatever its state says.

    A postponed session takes place once a new day is known and it is held then; until that it has not.
    """
    return held_on is not None


class FlowStage(StrEnum):
    """How far someone came who did not enter the study."""

    APPROACHED = "approached"
    NO_REPLY = "no reply"
    NOT_ELIGIBLE = "not eligible"
    DECLINED = "declined"
    WAITING_LIST = "waiting list"


class FlowEvent(StrEnum):
    """What happened to someone who entered the study, with the day of each in the flow table."""

    SCREENED = "screened"
    CONSENTED = "consented"
    ALLOCATED = "allocated"
    LEFT_COURSE = "left the course"
    LEFT_STUDY = "left the study"


class EntryStep(StrEnum):
    """One thing that happened to someone on the way into the study, as a coordinator notes it."""

    APPROACHED = "approached"
    INTERESTED = "interested"
    NO_REPLY = "no reply"
    DECLINED = "declined"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not eligible"
    WAITING_LIST = "waiting list"
    PROMOTED = "promoted"


class Role(StrEnum):
    """The roles of staff; a participant's is no role of a user."""

    COORDINATOR = "coordinator"
    TEACHER = "teacher"
    DATA_ENTRY = "data-entry"
    RESEARCHER = "researcher"
    SAFETY_CONTACT = "safety-contact"
    ADMINISTRATOR = "administrator"


class Light(StrEnum):
    """What a progression criterion shows (Avery et al. 2017); none where it cannot be judged."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"

    @property
    def judged(self) -> bool:
        """Whether the criterion could be judged."""
        return self is not Light.NONE


JUDGED_LIGHTS: tuple[Light, ...] = tuple(light for light in Light if light.judged)


class AllocationMethod(StrEnum):
    """How people come into their arm."""

    BY_CHOICE = "by choice"
    BY_LIST = "by list"
    BY_CHANCE = "by chance"


class DeliveryState(StrEnum):
    """How far a block of a session was done."""

    DONE = "done"
    PARTLY = "partly"
    OMITTED = "omitted"
    MOVED = "moved"


class DeviationKind(StrEnum):
    """What a deviation from the protocol touches (FRAME, Wiltsey Stirman et al. 2019, in short)."""

    CONTENT = "content"
    FORMAT = "format"
    SETTING = "setting"
    PERSONNEL = "personnel"
    PROCEDURE = "procedure"


class ProgrammePart(StrEnum):
    """Whether a deviation touches the core of the programme or what may be adapted."""

    CORE = "core"
    FLEXIBLE = "flexible"
    NOT_JUDGED = "not judged"


class DeviationPlanning(StrEnum):
    """Whether a deviation was planned beforehand."""

    PLANNED = "planned"
    AD_HOC = "ad hoc"


class Ascertainment(StrEnum):
    """How an adverse event came to be known (CONSORT Harms 2022)."""

    ASKED = "asked"
    SPONTANEOUS = "spontaneous"


class Severity(StrEnum):
    """How bad an adverse event was; severity is not seriousness (ICH E2A)."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    NOT_GRADED = "not graded"


class Relatedness(StrEnum):
    """What an adverse event has to do with the programme."""

    UNRELATED = "unrelated"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    NOT_JUDGED = "not judged"


class Expectedness(StrEnum):
    """Whether an adverse event was named in the protocol beforehand."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    NOT_JUDGED = "not judged"


class EventOutcome(StrEnum):
    """What became of an adverse event."""

    RESOLVED = "resolved"
    CONTINUING = "continuing"
    UNKNOWN = "unknown"


class AnswerMode(StrEnum):
    """How a questionnaire was answered."""

    WEB = "web"
    PAPER = "paper"
    FILE = "file"


class PracticeSource(StrEnum):
    """Where home practice was noted."""

    DIARY = "diary"
    RECALL = "recall"


class ConductKind(StrEnum):
    """What the team did or saw, as the study's report lists it."""

    ROLE_HELD = "role held"
    TWO_ROLES = "two roles in one person"
    PLAN_LOCKED = "plan locked"
    PLAN_CHANGED = "plan changed"
    DATA_FROZEN = "data frozen"
    DATA_EXPORTED = "data exported"
    REPORT_RELEASED = "report released"
    TEACHERS_SAW_RESULTS = "teachers saw results"
