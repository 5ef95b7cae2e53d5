"""Staff come and go, take up roles and give them up."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pilotage.web.records import audit, protocols
from pilotage.web.records.models import ROLES, Centre, RoleHeld, SignInLink, Study, User
from pilotage.web.records.refused import Refused
from pilotage.web.records.tokens import hashed, new_token

NEVER_ONE_PERSON = frozenset({frozenset({"teacher", "researcher"})})
"""Refused in every study, whatever its protocol says."""


@transaction.atomic
def add_staff(by: audit.By, *, email: str, name: str, language: str = "en", is_administrator: bool = False) -> User:
    """An account without a password: the first link sets it."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(f"There is an account for {email} already.")
    user = User(email=email.strip(), name=name.strip(), language=language, is_administrator=is_administrator)
    user.set_unusable_password()
    user.save()
    audit.record(by, "account made", user, after={"administrator": is_administrator})
    return user


@transaction.atomic
def disable(by: audit.By, user: User) -> None:
    """End an account; whoever is signed in with it is signed out by their next request."""
    User.objects.filter(pk=user.pk).update(is_active=False, disabled_at=timezone.now())
    SignInLink.objects.filter(user=user, used_at=None).update(expires_at=timezone.now())
    audit.record(by, "account disabled", user)


@transaction.atomic
def enable(by: audit.By, user: User) -> None:
    """Let an account in again."""
    User.objects.filter(pk=user.pk).update(is_active=True, disabled_at=None)
    audit.record(by, "account enabled", user)


@transaction.atomic
def give_role(
    by: audit.By, user: User, study: Study, role: str, centre: Centre | None = None, reason: str = ""
) -> RoleHeld:
    """A role in a study, unless its protocol keeps it from someone who holds another."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
    User.objects.select_for_update().get(pk=user.pk)  # two roles given at once must see each other
    _refuse_together(user, study, role, reason)
    held, new = RoleHeld.objects.get_or_create(
        user=user, study=study, role=role, centre=centre, until=None, defaults={"reason": reason}
    )
    if new:
        after = {"role": role, "user": user.pk, "centre": centre.key if centre else "all"}
        audit.record(by, "role given", held, study=study, after=after, reason=reason)
    return held


@transaction.atomic
def end_role(by: audit.By, held: RoleHeld, reason: str = "") -> None:
    """From now on the person sees nothing more by this role."""
    RoleHeld.objects.filter(pk=held.pk, until=None).update(until=timezone.now())
    audit.record(by, "role ended", held, study=held.study, before={"role": held.role}, reason=reason)


@transaction.atomic
def make_sign_in_link(by: audit.By, user: User, purpose: str = "password", lasts: timedelta = timedelta(days=3)) -> str:
    """The token of a new link for a member of staff; those made before end."""
    now = timezone.now()
    SignInLink.objects.filter(user=user, purpose=purpose, used_at=None, expires_at__gt=now).update(expires_at=now)
    token = new_token()
    link = SignInLink.objects.create(
        user=user, purpose=purpose, token_hash=hashed(token), created_at=now, expires_at=now + lasts
    )
    audit.record(by, "sign-in link made", link, after={"user": user.pk, "purpose": purpose})
    return token


@transaction.atomic
def use_sign_in_link(link: SignInLink) -> None:
    """A link for a password is used once; those of a demonstration as often as one likes."""
    used = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=timezone.now())
    if link.purpose == "password" and not used.update(used_at=timezone.now()):
        raise Refused("This link was used already, or its time is over. Ask an administrator for another.")
    audit.record(link.user, "sign-in link used", link, after={"purpose": link.purpose})


def _refuse_together(user: User, study: Study, role: str, reason: str) -> None:
    roles = protocols.of(study).protocol.roles
    never = NEVER_ONE_PERSON | {frozenset(pair) for pair in roles.never_one_person}
    for other in RoleHeld.objects.filter(user=user, study=study, until=None).exclude(role=role):
        pair = frozenset({role, other.role})
        if pair in never:
            raise Refused(f"{user.name} is {other.role} here, and nobody is both {other.role} and {role} in a study.")
        if pair == {"coordinator", "researcher"} and not roles.reason_for("coordinator", "researcher"):
            raise Refused(
                f"{user.name} is {other.role} here. For one person to be both, the protocol must say why: "
                "add the reason under roles, one_person_with_reason, and amend the protocol."
            )
