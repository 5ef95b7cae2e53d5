"""What each person may see: every view asks here first, so that what they may not see is not found."""

from pilotage.web.records.reads.access import (
    centres_of,
    link_of_session,
    live_link,
    live_sign_in_link,
    may,
    roles_of,
    shortest_idle,
    studies_of,
    study_for,
    study_of_dead_link,
)
from pilotage.web.records.reads.changes import changes
from pilotage.web.records.reads.cohorts import cohorts_of, has_sequence, places_taken, teachers_of
from pilotage.web.records.reads.answers import administration_of, answers_given, one_due
from pilotage.web.records.reads.comments import agreement, comments_of, question_of
from pilotage.web.records.reads.due import Due, asked_of, asked_of_all, valid_consent
from pilotage.web.records.reads.flow import ArmFlow, Passage, approached, flow, passages
from pilotage.web.records.reads.freezes import (
    freezes_of,
    latest_release,
    outcomes_collected,
    plan_lock,
    runs_of,
    sees_all_data,
)
from pilotage.web.records.reads.home import AtHome, Round, at_home, consent_text, materials, token_of
from pilotage.web.records.reads.keying import paper_form, paper_forms
from pilotage.web.records.reads.log import events, kinds_of_event, lines
from pilotage.web.records.reads.monitoring import (
    Closing,
    Completion,
    Enrolment,
    closing_soon,
    completion,
    contact_data_until,
    enrolment,
    waited_for,
)
from pilotage.web.records.reads.people import (
    consent_texts_for,
    earlier_reasons,
    known_by,
    people_of,
    person_for,
    standings,
    waiting,
)
from pilotage.web.records.reads.standing import Standing, criteria_for
from pilotage.web.records.reads.studies import standing_between, studies_in_folder, title_of
from pilotage.web.records.reads.wordings import kept_wording, wording_of, wording_row, wording_states

__all__ = [
    "ArmFlow",
    "AtHome",
    "Closing",
    "Completion",
    "Due",
    "Enrolment",
    "Passage",
    "Round",
    "Standing",
    "administration_of",
    "agreement",
    "answers_given",
    "approached",
    "asked_of",
    "asked_of_all",
    "at_home",
    "centres_of",
    "changes",
    "closing_soon",
    "cohorts_of",
    "comments_of",
    "completion",
    "consent_text",
    "consent_texts_for",
    "contact_data_until",
    "criteria_for",
    "earlier_reasons",
    "enrolment",
    "events",
    "flow",
    "freezes_of",
    "has_sequence",
    "kept_wording",
    "kinds_of_event",
    "known_by",
    "latest_release",
    "lines",
    "link_of_session",
    "live_link",
    "live_sign_in_link",
    "materials",
    "may",
    "one_due",
    "outcomes_collected",
    "paper_form",
    "paper_forms",
    "passages",
    "people_of",
    "person_for",
    "places_taken",
    "plan_lock",
    "question_of",
    "roles_of",
    "runs_of",
    "sees_all_data",
    "shortest_idle",
    "standing_between",
    "standings",
    "studies_in_folder",
    "studies_of",
    "study_for",
    "study_of_dead_link",
    "teachers_of",
    "title_of",
    "token_of",
    "valid_consent",
    "waited_for",
    "waiting",
    "wording_of",
    "wording_row",
    "wording_states",
]
