"""Accounts and roles, as the administrators of a server and of a study see them."""

from __future__ import annotations

from django.db.models import QuerySet

from pilotage.web.records.models import Centre, RoleHeld, Study, User


def accounts() -> QuerySet[User]:
    """Return everyone with an account, those that are open first."""
    return User.objects.order_by("-is_active", "name").prefetch_related("roles__study")


def open_accounts() -> QuerySet[User]:
    """Return everyone whose account is open."""
    return accounts().filter(is_active=True)


def current_roles(user: User) -> list[RoleHeld]:
    """Return the roles that someone holds now."""
    return [held for held in user.roles.all() if held.until is None]


def roles_ever_held(user: User) -> QuerySet[RoleHeld]:
    """Return the roles that someone holds or held, those that go on first."""
    return RoleHeld.objects.filter(user=user).select_related("study", "centre").order_by("until", "since")


def current_roles_of(user: int) -> QuerySet[RoleHeld]:
    """Return the roles that the account of this key holds now."""
    return RoleHeld.objects.filter(user=user, until=None)


def roles_in(study: Study) -> QuerySet[RoleHeld]:
    """Return who holds which role in a study now."""
    return RoleHeld.objects.filter(study=study, until=None).select_related("user", "centre").order_by("role")


def all_studies() -> QuerySet[Study]:
    """Return every study of the server."""
    return Study.objects.order_by("key")


def all_centres() -> QuerySet[Centre]:
    """Return the centres of every study, by study."""
    return Centre.objects.select_related("study").order_by("study__key", "name")
