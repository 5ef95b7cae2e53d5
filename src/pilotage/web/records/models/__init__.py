"""Every table of the records, by what it is about."""

from pilotage.web.records.models.accounts import ROLES, RoleHeld, SignInLink, User
from pilotage.web.records.models.asking import Administration, Answer, Comment, CommentReading, Keying
from pilotage.web.records.models.audit import ChainHead, Event, PersonKey
from pilotage.web.records.models.consent import Allocation, Consent, Leaving, Place, RandomisationSlot
from pilotage.web.records.models.delivery import (
    AdherenceRating,
    Apology,
    Attendance,
    BlockDelivered,
    CalendarFeed,
    Cohort,
    CohortTeacher,
    Debrief,
    Deviation,
    KeepApart,
    MaterialReleased,
    Pairing,
    PairingGroup,
    PairingMember,
    Recording,
    RecordingConsent,
    Session,
    SessionHeld,
)
from pilotage.web.records.models.freezing import AnalysisRun, Freeze, FrozenCode, PlanLock, Release
from pilotage.web.records.models.identity import Identity, Signature
from pilotage.web.records.models.messages import EmailCode, Message, PersonalLink
from pilotage.web.records.models.people import Participant, Screening, Step
from pilotage.web.records.models.practice import HomePractice
from pilotage.web.records.models.safety import AdverseEvent, AdverseEventNote, SafetyNotice
from pilotage.web.records.models.studies import Centre, ConsentText, ProtocolVersion, Study, WordingText

__all__ = [
    "ROLES",
    "AdherenceRating",
    "Administration",
    "AdverseEvent",
    "AdverseEventNote",
    "Allocation",
    "AnalysisRun",
    "Answer",
    "Apology",
    "Attendance",
    "BlockDelivered",
    "CalendarFeed",
    "Centre",
    "ChainHead",
    "Cohort",
    "CohortTeacher",
    "Comment",
    "CommentReading",
    "Consent",
    "ConsentText",
    "Debrief",
    "Deviation",
    "EmailCode",
    "Event",
    "Freeze",
    "FrozenCode",
    "HomePractice",
    "Identity",
    "KeepApart",
    "Keying",
    "Leaving",
    "MaterialReleased",
    "Message",
    "Pairing",
    "PairingGroup",
    "PairingMember",
    "Participant",
    "PersonKey",
    "PersonalLink",
    "Place",
    "PlanLock",
    "ProtocolVersion",
    "RandomisationSlot",
    "Recording",
    "RecordingConsent",
    "Release",
    "RoleHeld",
    "SafetyNotice",
    "Screening",
    "Session",
    "SessionHeld",
    "SignInLink",
    "Signature",
    "Step",
    "Study",
    "User",
    "WordingText",
]
