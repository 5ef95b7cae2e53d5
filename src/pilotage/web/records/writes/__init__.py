"""Everything that can happen in a study: one function each, one transaction, its entry in the log inside it."""

from pilotage.web.records.writes.accounts import (
    add_staff,
    disable,
    enable,
    end_role,
    give_role,
    make_sign_in_link,
    use_sign_in_link,
)
from pilotage.web.records.writes.links import make_link, revoke_link, revoke_links
from pilotage.web.records.writes.studies import amend, open_for_enrolment, register

__all__ = [
    "add_staff",
    "amend",
    "disable",
    "enable",
    "end_role",
    "give_role",
    "make_link",
    "make_sign_in_link",
    "open_for_enrolment",
    "register",
    "revoke_link",
    "revoke_links",
    "use_sign_in_link",
]
