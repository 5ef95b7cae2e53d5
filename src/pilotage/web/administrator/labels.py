"""The administrator's words: what the log's events are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.vocabulary import AuditAction
from pilotage.web.administrator.log_details import detail_words, names_in
from pilotage.web.records.models import Study
from pilotage.web.records.queries.log import LogEntry

Words = str | Promise

EVENTS: dict[AuditAction, Words] = {
    AuditAction.STUDY_REGISTERED: _("Study added"),
    AuditAction.STUDY_OPENED_FOR_ENROLMENT: _("Study opened for enrolment"),
    AuditAction.PROTOCOL_AMENDED: _("Protocol amended"),
    AuditAction.WORDING_IMPORTED: _("Questionnaire text imported"),
    AuditAction.WORDING_SIGNED_OFF: _("Questionnaire text signed off"),
    AuditAction.OPENING_WITHOUT_WORDING_CHOSEN: _("Questionnaire opened without its texts"),
    AuditAction.SEQUENCE_DRAWN: _("Allocation sequence generated"),
    AuditAction.PLAN_LOCKED: _("Analysis plan locked"),
    AuditAction.REHEARSAL_LOADED: _("Simulated data loaded"),
    AuditAction.DEMONSTRATION_GROUP_MADE: _("Demonstration group created"),
    AuditAction.GUARDS_MADE_AGAIN: _("Database guards restored"),
    AuditAction.ACCOUNT_MADE: _("Account created"),
    AuditAction.ACCOUNT_DISABLED: _("Account closed"),
    AuditAction.ACCOUNT_ENABLED: _("Account opened again"),
    AuditAction.ROLE_GIVEN: _("Role assigned"),
    AuditAction.ROLE_ENDED: _("Role ended"),
    AuditAction.SIGN_IN_LINK_MADE: _("Sign-in link created"),
    AuditAction.SIGN_IN_LINK_USED: _("Sign-in link used"),
    AuditAction.PASSWORD_SET: _("Password set"),
    AuditAction.SIGNED_IN: _("Signed in"),
    AuditAction.SESSIONS_ENDED: _("Signed out everywhere"),
    AuditAction.SECOND_FACTOR_FORGOTTEN: _("Second step reset"),
    AuditAction.LANGUAGE_CHOSEN: _("Language chosen"),
    AuditAction.PERSON_APPROACHED: _("Person added"),
    AuditAction.CONTACT_CHANGED: _("Contact details changed"),
    AuditAction.NOTED_APPROACHED: _("Approached"),
    AuditAction.NOTED_INTERESTED: _("Interested"),
    AuditAction.NOTED_NO_REPLY: _("No reply"),
    AuditAction.NOTED_DECLINED: _("Declined"),
    AuditAction.NOTED_ELIGIBLE: _("Found eligible"),
    AuditAction.NOTED_NOT_ELIGIBLE: _("Found not eligible"),
    AuditAction.NOTED_WAITING_LIST: _("Put on the waiting list"),
    AuditAction.NOTED_PROMOTED: _("Admitted from the waiting list"),
    AuditAction.CRITERION_JUDGED: _("Eligibility criterion assessed"),
    AuditAction.CRITERION_JUDGED_ANEW: _("Eligibility criterion reassessed"),
    AuditAction.CONSENT_GIVEN: _("Consent given"),
    AuditAction.CONSENT_GIVEN_ON_PAPER: _("Consent given on paper"),
    AuditAction.ARM_ENTERED: _("Arm assigned"),
    AuditAction.PLACE_GIVEN: _("Place in a group given"),
    AuditAction.COURSE_LEFT: _("Left the course"),
    AuditAction.STUDY_LEFT: _("Left the study"),
    AuditAction.ANSWERS_ERASED: _("Answers erased"),
    AuditAction.PERSON_ERASED: _("Person erased"),
    AuditAction.SOMEONE_REMOVED_FROM_FROZEN_DATA: _("Person removed from frozen data"),
    AuditAction.CONTACT_DATA_REMOVED: _("Contact data removed"),
    AuditAction.PERSONAL_LINK_MADE: _("Personal link created"),
    AuditAction.PERSONAL_LINK_SHOWN: _("Personal link shown"),
    AuditAction.PERSONAL_LINK_USED: _("Personal link used"),
    AuditAction.PERSONAL_LINK_ENDED: _("Personal link ended"),
    AuditAction.COLLEAGUE_AGREED: _("Colleague agreed"),
    AuditAction.CODE_MADE: _("Sign-in code created"),
    AuditAction.CODE_USED: _("Sign-in code used"),
    AuditAction.LETTER_ASKED_FOR: _("Message requested"),
    AuditAction.LETTER_SENT: _("Message sent"),
    AuditAction.LETTER_CAME_BACK: _("Message returned as undeliverable"),
    AuditAction.ADDRESS_TRUSTED_AGAIN: _("E-mail address used again"),
    AuditAction.CALENDAR_ADDRESS_MADE: _("Calendar address created"),
    AuditAction.CALENDAR_ADDRESS_ENDED: _("Calendar address ended"),
    AuditAction.ADMINISTRATION_BEGUN: _("Questionnaire started"),
    AuditAction.ANSWERS_SAVED: _("Answers saved"),
    AuditAction.ANSWERS_CLEARED: _("Answers cleared"),
    AuditAction.ADMINISTRATION_FINISHED: _("Questionnaire completed"),
    AuditAction.ANSWER_CORRECTED: _("Answer corrected"),
    AuditAction.PAPER_FORM_KEYED: _("Paper form entered"),
    AuditAction.PAPER_FORM_TAKEN_OVER: _("Paper form completed"),
    AuditAction.COMMENT_REDACTED: _("Comment redacted"),
    AuditAction.COMMENT_CODED: _("Comment coded"),
    AuditAction.PRACTICE_NOTED: _("Home practice recorded"),
    AuditAction.PRACTICE_TAKEN_BACK: _("Home practice removed"),
    AuditAction.GROUP_MADE: _("Group created"),
    AuditAction.GROUP_CLOSED: _("Group closed"),
    AuditAction.TEACHERS_SET: _("Teachers assigned"),
    AuditAction.COURSE_PLANNED: _("Course planned"),
    AuditAction.SESSION_PLANNED_ANEW: _("Session rescheduled"),
    AuditAction.SESSION_CANCELLED: _("Session cancelled"),
    AuditAction.SESSION_POSTPONED: _("Session postponed"),
    AuditAction.SESSION_REPLACED: _("Session replaced"),
    AuditAction.SESSION_BEGUN: _("Session started"),
    AuditAction.SESSION_BEGINNING_UNDONE: _("Start of session undone"),
    AuditAction.SESSION_ENDED: _("Session ended"),
    AuditAction.ATTENDANCE_MARKED: _("Attendance recorded"),
    AuditAction.ATTENDANCE_CHANGED: _("Attendance changed"),
    AuditAction.APOLOGY_GIVEN: _("Apology sent"),
    AuditAction.APOLOGY_TAKEN_BACK: _("Apology withdrawn"),
    AuditAction.KEPT_APART: _("Two people kept apart"),
    AuditAction.NO_LONGER_KEPT_APART: _("Two people no longer kept apart"),
    AuditAction.PEOPLE_PAIRED: _("Pairs formed"),
    AuditAction.PAIRS_CHANGED: _("Pairs changed"),
    AuditAction.PAIRING_TAKEN_BACK: _("Pairs withdrawn"),
    AuditAction.MATERIAL_RELEASED: _("Material released"),
    AuditAction.BLOCK_MARKED: _("Session block recorded"),
    AuditAction.BLOCK_OPEN_AGAIN: _("Session block reopened"),
    AuditAction.BLOCKS_RATED: _("Session blocks rated"),
    AuditAction.ADHERENCE_RATED: _("Adherence rated"),
    AuditAction.DEBRIEF_KEPT: _("Session debrief saved"),
    AuditAction.DEPARTURE_NOTED: _("Protocol deviation recorded"),
    AuditAction.DEPARTURE_NOTED_ANEW: _("Protocol deviation changed"),
    AuditAction.RECORDING_ADDED: _("Recording added"),
    AuditAction.RECORDING_REMOVED: _("Recording removed"),
    AuditAction.RECORDING_AGREED_TO: _("Consent to recording given"),
    AuditAction.AGREEMENT_TO_RECORDING_TAKEN_BACK: _("Consent to recording withdrawn"),
    AuditAction.HARM_REPORTED: _("Adverse event reported"),
    AuditAction.ALERT_RAISED: _("Safety alert raised"),
    AuditAction.WHO_MAY_KNOW_OF_A_REPORT_CHANGED: _("Access to safety report changed"),
    AuditAction.TOLD_THAT_A_REPORT_WAITS: _("Notified of a waiting safety report"),
    AuditAction.REPORT_OPENED: _("Safety report opened"),
    AuditAction.REPORT_PASSED_ON_UNREAD: _("Safety report passed on unread"),
    AuditAction.NOTE_ON_A_REPORT_ADDED: _("Note added to safety report"),
    AuditAction.REPORT_CLOSED: _("Safety report closed"),
    AuditAction.REPORT_OPENED_AGAIN: _("Safety report reopened"),
    AuditAction.IDENTITY_LOOKED_UP: _("Identity looked up"),
    AuditAction.REPORT_JUDGED: _("Safety report assessed"),
    AuditAction.RELATION_TO_THE_COURSE_JUDGED: _("Relatedness to the course assessed"),
    AuditAction.REPORT_ACTED_ON: _("Action on safety report recorded"),
    AuditAction.DATA_FROZEN: _("Data frozen"),
    AuditAction.DATA_EXPORTED: _("Data exported"),
    AuditAction.ANALYSIS_ASKED_FOR: _("Analysis requested"),
    AuditAction.ANALYSIS_DONE: _("Analysis completed"),
    AuditAction.ANALYSIS_FAILED: _("Analysis failed"),
    AuditAction.REPORT_RELEASED: _("Report released"),
    AuditAction.RELEASED_REPORT_READ: _("Released report read"),
}
"""What each event of the log is called; a test holds that none is missing."""


SUBJECTS: dict[str, Words] = {
    "adherencerating": pgettext_lazy("row", "adherence rating"),
    "administration": pgettext_lazy("row", "questionnaire"),
    "adverseevent": pgettext_lazy("row", "safety report"),
    "adverseeventnote": pgettext_lazy("row", "note on a safety report"),
    "allocation": pgettext_lazy("row", "allocation"),
    "analysisrun": pgettext_lazy("row", "analysis"),
    "answer": pgettext_lazy("row", "answer"),
    "apology": pgettext_lazy("row", "apology"),
    "attendance": pgettext_lazy("row", "attendance"),
    "blockdelivered": pgettext_lazy("row", "session block"),
    "calendarfeed": pgettext_lazy("row", "calendar address"),
    "centre": pgettext_lazy("row", "centre"),
    "chainhead": pgettext_lazy("row", "log head"),
    "clockseen": pgettext_lazy("row", "clock reading"),
    "cohort": pgettext_lazy("row", "group"),
    "cohortteacher": pgettext_lazy("row", "teacher of a group"),
    "comment": pgettext_lazy("row", "comment"),
    "commentreading": pgettext_lazy("row", "reading of a comment"),
    "consent": pgettext_lazy("row", "consent"),
    "consenttext": pgettext_lazy("row", "consent text"),
    "dataentrypass": pgettext_lazy("row", "entry of a paper form"),
    "debrief": pgettext_lazy("row", "debrief"),
    "deviation": pgettext_lazy("row", "protocol deviation"),
    "emailcode": pgettext_lazy("row", "sign-in code"),
    "event": pgettext_lazy("row", "log entry"),
    "freeze": pgettext_lazy("row", "frozen copy"),
    "frozencode": pgettext_lazy("row", "code in a frozen copy"),
    "homepractice": pgettext_lazy("row", "home practice"),
    "identity": pgettext_lazy("row", "contact details"),
    "keepapart": pgettext_lazy("row", "restriction on pairs"),
    "leaving": pgettext_lazy("row", "leaving"),
    "materialreleased": pgettext_lazy("row", "material"),
    "message": pgettext_lazy("row", "message"),
    "pairing": pgettext_lazy("row", "pairing"),
    "pairinggroup": pgettext_lazy("row", "pair"),
    "pairingmember": pgettext_lazy("row", "person in a pair"),
    "participant": pgettext_lazy("row", "person"),
    "personallink": pgettext_lazy("row", "personal link"),
    "personkey": pgettext_lazy("row", "key of a person"),
    "place": pgettext_lazy("row", "place in a group"),
    "planlock": pgettext_lazy("row", "lock of the analysis plan"),
    "protocolversion": pgettext_lazy("row", "protocol version"),
    "randomisationslot": pgettext_lazy("row", "place in the allocation sequence"),
    "recording": pgettext_lazy("row", "recording"),
    "recordingconsent": pgettext_lazy("row", "consent to a recording"),
    "release": pgettext_lazy("row", "release of a report"),
    "roleheld": pgettext_lazy("row", "role"),
    "safetynotice": pgettext_lazy("row", "notice of a safety report"),
    "screening": pgettext_lazy("row", "screening"),
    "secretcheck": pgettext_lazy("row", "check of the secret"),
    "session": pgettext_lazy("row", "session"),
    "sessionheld": pgettext_lazy("row", "session held"),
    "signature": pgettext_lazy("row", "signature"),
    "signinlink": pgettext_lazy("row", "sign-in link"),
    "step": pgettext_lazy("row", "step"),
    "study": pgettext_lazy("row", "study"),
    "tap": pgettext_lazy("row", "mark in a session"),
    "user": pgettext_lazy("row", "account"),
    "withoutwording": pgettext_lazy("row", "questionnaire without texts"),
    "wordingtext": pgettext_lazy("row", "questionnaire text"),
}
"""What each kind of row is called that an event of the log can be about."""


_KNOWN = frozenset(action.value for action in AuditAction)


def event_words(event: str) -> Words:
    """Say what an event of the log is called; one of an older server, that has no words here, by its own name."""
    return EVENTS[AuditAction(event)] if event in _KNOWN else event


def subject_words(subject: str) -> str:
    """Say which row an event is about: "personallink:2" is personal link 2."""
    kind, _colon, key = subject.partition(":")
    return f"{SUBJECTS.get(kind, kind)} {key}".strip()


@dataclass(frozen=True)
class LogRow:
    """A line of the log in words."""

    entry: LogEntry
    event: Words
    subject: str
    details: tuple[tuple[str, str], ...]


def log_rows(entries: Iterable[LogEntry], study: Study | None) -> list[LogRow]:
    """Put entries of a study's log, or of the server's, in words."""
    names = names_in(study) if study else {}
    return [
        LogRow(
            entry,
            event_words(entry.what),
            subject_words(entry.subject),
            tuple(detail_words(entry.what, detail, names) for detail in entry.details),
        )
        for entry in entries
    ]
