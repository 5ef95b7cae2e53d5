"""What each person may see: every view asks here first, so that what they may not see is not found."""

from pilotage.web.records.reads.access import centres_of, live_link, may, roles_of, studies_of, study_for

__all__ = ["centres_of", "live_link", "may", "roles_of", "studies_of", "study_for"]
