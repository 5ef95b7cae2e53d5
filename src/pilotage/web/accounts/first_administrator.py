"""The first administrator of a server: made by the server, and let in by a link of its own."""

from __future__ import annotations

from django.urls import reverse

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import User

PLACEHOLDER = "administrator@localhost"
"""The address of an administrator who has not said yet who they are."""


def first_administrator_link() -> str | None:
    """Return the path of a new link for the first administrator; None once an administrator has a password."""
    administrators = queries.active_administrators()
    if any(user.has_usable_password() for user in administrators):
        return None
    user = administrators[0] if administrators else _add_administrator()
    return reverse("sign-in-link", args=[actions.make_sign_in_link(audit.SERVER, user)])


def _add_administrator() -> User:
    return actions.add_staff(audit.SERVER, email=PLACEHOLDER, name="Administrator", is_administrator=True)
