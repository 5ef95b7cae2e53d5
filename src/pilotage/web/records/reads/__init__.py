"""What each person may see: every view asks here first, so that what they may not see is not found."""

from pilotage.web.records.reads.access import centres_of, live_link, may, roles_of, studies_of, study_for
from pilotage.web.records.reads.due import Due, asked_of, asked_of_all, valid_consent
from pilotage.web.records.reads.wordings import wording_of

__all__ = [
    "Due",
    "asked_of",
    "asked_of_all",
    "centres_of",
    "live_link",
    "may",
    "roles_of",
    "studies_of",
    "study_for",
    "valid_consent",
    "wording_of",
]
