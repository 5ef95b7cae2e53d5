"""Everything that can happen in a study: one function each, one transaction, its entry in the log inside it."""

from pilotage.web.records.actions.accounts import (
    add_staff,
    choose_first_password,
    choose_language,
    disable,
    enable,
    end_role,
    end_sessions,
    forget_second_factor,
    give_role,
    make_sign_in_link,
    note_sign_in,
    set_password,
    use_sign_in_link,
)
from pilotage.web.records.actions.alerts import raise_from_answers
from pilotage.web.records.actions.allocation import allocate, make_sequence
from pilotage.web.records.actions.analysis import (
    ask_for_analysis,
    begin_analysis,
    end_analysis,
    end_lost_analyses,
    release,
)
from pilotage.web.records.actions.answers import (
    Saved,
    Sent,
    Unfinished,
    begin_administration,
    finish,
    save_answers,
)
from pilotage.web.records.actions.attendance import (
    There,
    apologise,
    mark_attendance,
    mark_others_present,
    take_back_apology,
)
from pilotage.web.records.actions.calendars import end_calendar_address, make_calendar_address, plan_course
from pilotage.web.records.actions.codes import make_code, use_code
from pilotage.web.records.actions.cohorts import add_cohort, close_cohort, give_place, set_teachers
from pilotage.web.records.actions.consent import decline_study, give_consent
from pilotage.web.records.actions.contact_data import remove_contact_data
from pilotage.web.records.actions.correcting import correct_answer
from pilotage.web.records.actions.data_entry import enter_paper_form, settle_double_entry
from pilotage.web.records.actions.erasing import erase_answers, erase_person
from pilotage.web.records.actions.fidelity import (
    NotedDeviation,
    Tapped,
    keep_debrief,
    keep_taps,
    rate_adherence,
    rate_blocks,
)
from pilotage.web.records.actions.freezing import freeze, note_export, note_reading, remove_from_freezes
from pilotage.web.records.actions.guards import make_guards_again
from pilotage.web.records.actions.handling import (
    Judgement,
    Relation,
    act_on_report,
    add_note,
    close_report,
    judge_relation,
    judge_report,
    look_up_identity,
    open_report,
    pass_on_report,
    reopen_report,
)
from pilotage.web.records.actions.keep_apart import keep_apart, lift_keep_apart
from pilotage.web.records.actions.leaving import Left, leave
from pilotage.web.records.actions.links import (
    colleague_agrees,
    hand_out_link,
    make_link,
    revoke_link,
    revoke_links,
    use_link,
)
from pilotage.web.records.actions.materials import release_material
from pilotage.web.records.actions.messages import (
    ask_for_letter,
    claim_message,
    mark_bounced,
    mark_failed,
    mark_sent,
    mark_unsure,
    send_new_link,
    trust_address,
)
from pilotage.web.records.actions.pairing import (
    joins_again,
    pair_them,
    put_pairs_right,
    sits_out,
    swap_two,
    take_pairing_back,
)
from pilotage.web.records.actions.paper_consent import consent_on_paper
from pilotage.web.records.actions.people import Contact, approach, approach_several, change_contact, note_answer
from pilotage.web.records.actions.plan import lock_plan
from pilotage.web.records.actions.practice import Practised, keep_practice
from pilotage.web.records.actions.reading import code_comment, redact_comment
from pilotage.web.records.actions.recordings import (
    add_recording,
    agree_to_recording,
    disagree_with_recording,
    remove_recording,
)
from pilotage.web.records.actions.safety import let_know, note_safety_told, report_event
from pilotage.web.records.actions.screening import CriterionJudgement, promote, put_on_waiting_list, screen
from pilotage.web.records.actions.sessions import (
    begin_session,
    cancel_session,
    end_session,
    plan_session,
    postpone_session,
    replace_session,
    undo_beginning,
)
from pilotage.web.records.actions.studies import amend, open_for_enrolment, register
from pilotage.web.records.actions.wordings import go_without_wording, import_wording, sign_off_wording

__all__ = [
    "Contact",
    "CriterionJudgement",
    "Judgement",
    "Left",
    "NotedDeviation",
    "Practised",
    "Relation",
    "Saved",
    "Sent",
    "Tapped",
    "There",
    "Unfinished",
    "act_on_report",
    "add_cohort",
    "add_note",
    "add_recording",
    "add_staff",
    "agree_to_recording",
    "allocate",
    "amend",
    "apologise",
    "approach",
    "approach_several",
    "ask_for_analysis",
    "ask_for_letter",
    "begin_administration",
    "begin_analysis",
    "begin_session",
    "cancel_session",
    "change_contact",
    "choose_first_password",
    "choose_language",
    "claim_message",
    "close_cohort",
    "close_report",
    "code_comment",
    "colleague_agrees",
    "consent_on_paper",
    "correct_answer",
    "decline_study",
    "disable",
    "disagree_with_recording",
    "enable",
    "end_analysis",
    "end_calendar_address",
    "end_lost_analyses",
    "end_role",
    "end_session",
    "end_sessions",
    "enter_paper_form",
    "erase_answers",
    "erase_person",
    "finish",
    "forget_second_factor",
    "freeze",
    "give_consent",
    "give_place",
    "give_role",
    "go_without_wording",
    "hand_out_link",
    "import_wording",
    "joins_again",
    "judge_relation",
    "judge_report",
    "keep_apart",
    "keep_debrief",
    "keep_practice",
    "keep_taps",
    "leave",
    "let_know",
    "lift_keep_apart",
    "lock_plan",
    "look_up_identity",
    "make_calendar_address",
    "make_code",
    "make_guards_again",
    "make_link",
    "make_sequence",
    "make_sign_in_link",
    "mark_attendance",
    "mark_bounced",
    "mark_failed",
    "mark_others_present",
    "mark_sent",
    "mark_unsure",
    "note_answer",
    "note_export",
    "note_reading",
    "note_safety_told",
    "note_sign_in",
    "open_for_enrolment",
    "open_report",
    "pair_them",
    "pass_on_report",
    "plan_course",
    "plan_session",
    "postpone_session",
    "promote",
    "put_on_waiting_list",
    "put_pairs_right",
    "raise_from_answers",
    "rate_adherence",
    "rate_blocks",
    "redact_comment",
    "register",
    "release",
    "release_material",
    "remove_contact_data",
    "remove_from_freezes",
    "remove_recording",
    "reopen_report",
    "replace_session",
    "report_event",
    "revoke_link",
    "revoke_links",
    "save_answers",
    "screen",
    "send_new_link",
    "set_password",
    "set_teachers",
    "settle_double_entry",
    "sign_off_wording",
    "sits_out",
    "swap_two",
    "take_back_apology",
    "take_pairing_back",
    "trust_address",
    "undo_beginning",
    "use_code",
    "use_link",
    "use_sign_in_link",
]
