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
    def still_there(self) -> bool:
        """Whether they are in the room while the session goes on: they came, and have not left."""
        return self in (AttendanceStatus.PRESENT, AttendanceStatus.LATE)

    @property
    def counts_as_attended(self) -> bool:
        """Whether the session counts for them: in the room, or made up on another day."""
        return self.in_room or self is AttendanceStatus.MADE_UP


IN_ROOM: tuple[str, ...] = tuple(s.value for s in AttendanceStatus if s.in_room)
ATTENDED: tuple[str, ...] = tuple(s.value for s in AttendanceStatus if s.counts_as_attended)


class SessionState(StrEnum):
    """What became of a planned session. Whether it took place is said by the day on which it was held."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    TRUNCATED = "truncated"
    POSTPONED = "postponed"
    REPLACED = "replaced"

    @property
    def called_off(self) -> bool:
        """Whether nothing takes place at the planned time."""
        return self in (SessionState.CANCELLED, SessionState.POSTPONED)

    @property
    def to_be_held(self) -> bool:
        """Whether something takes place at the planned time, as far as nobody has held it yet."""
        return self in (SessionState.PLANNED, SessionState.REPLACED)

    @property
    def has_a_day(self) -> bool:
        """Whether the session took place by its state alone, so that the day on which it was held is known."""
        return self in (SessionState.HELD, SessionState.TRUNCATED)

    @property
    def as_planned(self) -> bool:
        """Whether nothing departs from the plan: still to come, or held as planned."""
        return self in (SessionState.PLANNED, SessionState.HELD)


CALLED_OFF: tuple[str, ...] = tuple(s.value for s in SessionState if s.called_off)


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


class AuditAction(StrEnum):
    """What the log of the web records says happened, as a noun and what was done to it.

    The words stand in chained entries for good, so none of them is ever changed: one that is given up stays here.
    """

    # The study and its files
    STUDY_REGISTERED = "study registered"
    STUDY_OPENED_FOR_ENROLMENT = "study opened for enrolment"
    PROTOCOL_AMENDED = "protocol amended"
    WORDING_IMPORTED = "wording imported"
    WORDING_SIGNED_OFF = "wording signed off"
    OPENING_WITHOUT_WORDING_CHOSEN = "opening without wording chosen"
    SEQUENCE_DRAWN = "sequence drawn"
    PLAN_LOCKED = "plan locked"
    REHEARSAL_LOADED = "rehearsal loaded"
    DEMONSTRATION_GROUP_MADE = "demonstration group made"
    GUARDS_MADE_AGAIN = "guards made again"
    # Accounts and roles
    ACCOUNT_MADE = "account made"
    ACCOUNT_DISABLED = "account disabled"
    ACCOUNT_ENABLED = "account enabled"
    ROLE_GIVEN = "role given"
    ROLE_ENDED = "role ended"
    SIGN_IN_LINK_MADE = "sign-in link made"
    SIGN_IN_LINK_USED = "sign-in link used"
    PASSWORD_SET = "password set"
    SIGNED_IN = "signed in"
    SESSIONS_ENDED = "sessions ended"
    SECOND_FACTOR_FORGOTTEN = "second factor forgotten"
    LANGUAGE_CHOSEN = "language chosen"
    # People, before and while they take part
    PERSON_APPROACHED = "person approached"
    CONTACT_CHANGED = "contact changed"
    NOTED_APPROACHED = "noted approached"
    NOTED_INTERESTED = "noted interested"
    NOTED_NO_REPLY = "noted no reply"
    NOTED_DECLINED = "noted declined"
    NOTED_ELIGIBLE = "noted eligible"
    NOTED_NOT_ELIGIBLE = "noted not eligible"
    NOTED_WAITING_LIST = "noted waiting list"
    NOTED_PROMOTED = "noted promoted"
    CRITERION_JUDGED = "criterion judged"
    CRITERION_JUDGED_ANEW = "criterion judged anew"
    CONSENT_GIVEN = "consent given"
    CONSENT_GIVEN_ON_PAPER = "consent given on paper"
    ARM_ENTERED = "arm entered"
    PLACE_GIVEN = "place given"
    COURSE_LEFT = "course left"
    STUDY_LEFT = "study left"
    ANSWERS_ERASED = "answers erased"
    PERSON_ERASED = "person erased"
    SOMEONE_REMOVED_FROM_FROZEN_DATA = "someone removed from frozen data"
    CONTACT_DATA_REMOVED = "contact data removed"
    # Links, codes and letters
    PERSONAL_LINK_MADE = "personal link made"
    PERSONAL_LINK_SHOWN = "personal link shown"
    PERSONAL_LINK_USED = "personal link used"
    PERSONAL_LINK_ENDED = "personal link ended"
    COLLEAGUE_AGREED = "colleague agreed"
    CODE_MADE = "code made"
    CODE_USED = "code used"
    LETTER_ASKED_FOR = "letter asked for"
    LETTER_SENT = "letter sent"
    LETTER_CAME_BACK = "letter came back"
    ADDRESS_TRUSTED_AGAIN = "address trusted again"
    CALENDAR_ADDRESS_MADE = "calendar address made"
    CALENDAR_ADDRESS_ENDED = "calendar address ended"
    # Questionnaires, forms and the diary
    ADMINISTRATION_BEGUN = "administration begun"
    ANSWERS_SAVED = "answers saved"
    ANSWERS_CLEARED = "answers cleared"
    ADMINISTRATION_FINISHED = "administration finished"
    ANSWER_CORRECTED = "answer corrected"
    PAPER_FORM_KEYED = "paper form keyed"
    PAPER_FORM_TAKEN_OVER = "paper form taken over"
    COMMENT_REDACTED = "comment redacted"
    COMMENT_CODED = "comment coded"
    PRACTICE_NOTED = "practice noted"
    PRACTICE_TAKEN_BACK = "practice taken back"
    # Groups and sessions
    GROUP_MADE = "group made"
    GROUP_CLOSED = "group closed"
    TEACHERS_SET = "teachers set"
    COURSE_PLANNED = "course planned"
    SESSION_PLANNED_ANEW = "session planned anew"
    SESSION_CANCELLED = "session cancelled"
    SESSION_POSTPONED = "session postponed"
    SESSION_REPLACED = "session replaced"
    SESSION_BEGUN = "session begun"
    SESSION_BEGINNING_UNDONE = "session beginning undone"
    SESSION_ENDED = "session ended"
    ATTENDANCE_MARKED = "attendance marked"
    ATTENDANCE_CHANGED = "attendance changed"
    APOLOGY_GIVEN = "apology given"
    APOLOGY_TAKEN_BACK = "apology taken back"
    KEPT_APART = "kept apart"
    NO_LONGER_KEPT_APART = "no longer kept apart"
    PEOPLE_PAIRED = "people paired"
    PAIRS_CHANGED = "pairs changed"
    PAIRING_TAKEN_BACK = "pairing taken back"
    MATERIAL_RELEASED = "material released"
    # What was delivered
    BLOCK_MARKED = "block marked"
    BLOCK_OPEN_AGAIN = "block open again"
    BLOCKS_RATED = "blocks rated"
    ADHERENCE_RATED = "adherence rated"
    DEBRIEF_KEPT = "debrief kept"
    DEPARTURE_NOTED = "departure noted"
    DEPARTURE_NOTED_ANEW = "departure noted anew"
    RECORDING_ADDED = "recording added"
    RECORDING_REMOVED = "recording removed"
    RECORDING_AGREED_TO = "recording agreed to"
    AGREEMENT_TO_RECORDING_TAKEN_BACK = "agreement to recording taken back"
    # Safety
    HARM_REPORTED = "harm reported"
    ALERT_RAISED = "alert raised"
    WHO_MAY_KNOW_OF_A_REPORT_CHANGED = "who may know of a report changed"
    TOLD_THAT_A_REPORT_WAITS = "told that a report waits"
    REPORT_OPENED = "report opened"
    REPORT_PASSED_ON_UNREAD = "report passed on unread"
    NOTE_ON_A_REPORT_ADDED = "note on a report added"
    REPORT_CLOSED = "report closed"
    REPORT_OPENED_AGAIN = "report opened again"
    IDENTITY_LOOKED_UP = "identity looked up"
    REPORT_JUDGED = "report judged"
    RELATION_TO_THE_COURSE_JUDGED = "relation to the course judged"
    REPORT_ACTED_ON = "report acted on"
    # Data, analysis and release
    DATA_FROZEN = "data frozen"
    DATA_EXPORTED = "data exported"
    ANALYSIS_ASKED_FOR = "analysis asked for"
    ANALYSIS_DONE = "analysis done"
    ANALYSIS_FAILED = "analysis failed"
    REPORT_RELEASED = "report released"
    RELEASED_REPORT_READ = "released report read"

    @property
    def changes_access(self) -> bool:
        """Whether it changes who may sign in, or do what."""
        return self in (
            AuditAction.ROLE_GIVEN,
            AuditAction.ROLE_ENDED,
            AuditAction.ACCOUNT_MADE,
            AuditAction.ACCOUNT_DISABLED,
            AuditAction.ACCOUNT_ENABLED,
        )

    @property
    def changes_a_session(self) -> bool:
        """Whether it changes the plan of a session, of which people are told."""
        return self in (
            AuditAction.SESSION_PLANNED_ANEW,
            AuditAction.SESSION_CANCELLED,
            AuditAction.SESSION_POSTPONED,
            AuditAction.SESSION_REPLACED,
        )
