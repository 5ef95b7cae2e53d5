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
from pilotage.web.records.reads.keying import paper_form, paper_forms
from pilotage.web.records.reads.monitoring import (
    Closing,
    Completion,
    Enrolment,
    closing_soon,
    completion,
    enrolment,
    waited_for,
)
from pilotage.web.records.reads.people import (
    cohorts_of,
    earlier_reasons,
    known_by,
    people_of,
    person_for,
    standings,
    waiting,
)
from pilotage.web.records.reads.standing import Standing, criteria_for
from pilotage.web.records.reads.studies import title_of
from pilotage.web.records.reads.wordings import wording_of

__all__ = [
    "ArmFlow",
    "Closing",
    "Completion",
    "Due",
    "Enrolment",
    "Passage",
    "Standing",
    "agreement",
    "approached",
    "asked_of",
    "asked_of_all",
    "centres_of",
    "closing_soon",
    "cohorts_of",
    "comments_of",
    "completion",
    "criteria_for",
    "earlier_reasons",
    "enrolment",
    "flow",
    "freezes_of",
    "known_by",
    "latest_release",
    "link_of_session",
    "live_link",
    "live_sign_in_link",
    "may",
    "outcomes_collected",
    "paper_form",
    "paper_forms",
    "passages",
    "people_of",
    "person_for",
    "plan_lock",
    "question_of",
    "roles_of",
    "runs_of",
    "sees_all_data",
    "shortest_idle",
    "standings",
    "studies_of",
    "study_for",
    "study_of_dead_link",
    "title_of",
    "valid_consent",
    "waited_for",
    "waiting",
    "wording_of",
]
