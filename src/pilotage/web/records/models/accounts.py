"""Staff, the roles they hold in which study and centre, and the links by which they first sign in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pilotage.vocabulary import Role, values


class User(AbstractBaseUser):
    """A member of staff; participants have no account, but a link of their own."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False, help_text="of the whole server")
    created_at = models.DateTimeField(default=timezone.now)
    disabled_at = models.DateTimeField(null=True)
    sessions_ended_at = models.DateTimeField(null=True, help_text="who signed in before this is signed out")

    objects = BaseUserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, as the frame of a page asks for it."""
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session must hold to go on: another password, or ending all sessions, ends it."""
        text = f"{self.password}|{self.sessions_ended_at.isoformat() if self.sessions_ended_at else ''}"
        return salted_hmac("pilotage.session", text, algorithm="sha256").hexdigest()


class RoleHeld(models.Model):
    """A role that someone holds in a study, at one centre or at all of them."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    study = models.ForeignKey("records.Study", models.PROTECT, related_name="roles")
    centre = models.ForeignKey("records.Centre", models.PROTECT, null=True, help_text="all centres when empty")
    role = models.CharField(max_length=20)
    reason = models.TextField(default="", help_text="where the protocol asks for one")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "study", "centre", "role"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="a_role_is_held_once",
            ),
            models.CheckConstraint(condition=Q(role__in=values(Role)), name="a_role_is_one_we_know"),
        ]


class SignInLink(models.Model):
    """A one-time link by which a member of staff sets a password, or tries the demonstration."""

    user = models.ForeignKey(User, models.CASCADE)
    purpose = models.CharField(max_length=20, choices=[("password", "password"), ("demonstration", "demonstration")])
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
