"""Staff come and go, take up roles and give them up."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction, Role, values
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import Centre, Identity, Participant, RoleHeld, SignInLink, Study, User
from pilotage.web.records.refused import ActionRefused
from pilotage.web.records.tokens import hashed, new_token

NEVER_ONE_PERSON = frozenset({frozenset({"teacher", "researcher"})})
"""Refused in every study, whatever its protocol says."""


@transaction.atomic
def add_staff(by: audit.By, *, email: str, name: str, language: str = "en", is_administrator: bool = False) -> User:
    """Make an account without a password: the first link sets it."""
    if User.objects.filter(email__iexact=email).exists():
        raise ActionRefused(_("{email} already has an account.").format(email=email))
    user = User(email=email.strip(), name=name.strip(), language=language, is_administrator=is_administrator)
    user.set_unusable_password()
    user.save()
    audit.record(by, AuditAction.ACCOUNT_MADE, user, after={"administrator": is_administrator})
    return user


@transaction.atomic
def disable(by: audit.By, user: User) -> None:
    """End an account; whoever is signed in with it is signed out by their next request, and stays so."""
    now = timezone.now()
    others = User.objects.select_for_update().filter(is_administrator=True, is_active=True).exclude(pk=user.pk)
    if user.is_administrator and not others.exists():
        raise ActionRefused(_("This is the only administrator. Add another administrator first."))
    User.objects.filter(pk=user.pk).update(is_active=False, disabled_at=now, sessions_ended_at=now)
    SignInLink.objects.filter(user=user, used_at=None).update(expires_at=timezone.now())
    audit.record(by, AuditAction.ACCOUNT_DISABLED, user)


@transaction.atomic
def enable(by: audit.By, user: User) -> None:
    """Let an account in again."""
    User.objects.filter(pk=user.pk).update(is_active=True, disabled_at=None)
    audit.record(by, AuditAction.ACCOUNT_ENABLED, user)


@transaction.atomic
def note_sign_in(user: User) -> None:
    """Note that somebody came in by all the steps of signing in."""
    audit.record(user, AuditAction.SIGNED_IN, user)


@transaction.atomic
def end_sessions(by: audit.By, user: User) -> None:
    """Sign someone out wherever they are signed in."""
    User.objects.filter(pk=user.pk).update(sessions_ended_at=timezone.now())
    audit.record(by, AuditAction.SESSIONS_ENDED, user)


@transaction.atomic
def forget_second_factor(by: audit.By, user: User) -> None:
    """Reset the second step of someone who lost their telephone: they set up another at their next sign-in."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(by, user)
    audit.record(by, AuditAction.SECOND_FACTOR_FORGOTTEN, user)


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Set a password that its owner chose; sessions begun with the one before end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(user, AuditAction.PASSWORD_SET, user)


@transaction.atomic
def choose_language(by: User | Participant, language: str) -> None:
    """Set the language in which someone reads and is written to."""
    if isinstance(by, User):
        User.objects.filter(pk=by.pk).update(language=language)
        audit.record(by, AuditAction.LANGUAGE_CHOSEN, by, after={"language": language})
        return
    Identity.objects.filter(participant=by).update(language=language)
    audit.record(by, AuditAction.LANGUAGE_CHOSEN, by, about=by, after={"language": language})


@transaction.atomic
def give_role(
    by: audit.By, user: User, study: Study, role: str, centre: Centre | None = None, reason: str = ""
) -> RoleHeld:
    """Give someone a role in a study, unless its protocol keeps it from who holds another."""
    if role not in values(Role):
        raise ValueError(f"There is no role {role!r}; the roles are {', '.join(Role)}.")
    User.objects.select_for_update().get(pk=user.pk)  # two roles given at once must see each other
    _refuse_together(user, study, role, reason)
    held, new = RoleHeld.objects.get_or_create(
        user=user, study=study, role=role, centre=centre, until=None, defaults={"reason": reason}
    )
    if new:
        after = {"role": role, "user": user.pk, "centre": centre.key if centre else "all"}
        audit.record(by, AuditAction.ROLE_GIVEN, held, study=study, after=after, reason=reason)
    return held


@transaction.atomic
def end_role(by: audit.By, held: RoleHeld, reason: str = "") -> None:
    """End a role: from now on the person sees nothing more by it."""
    RoleHeld.objects.filter(pk=held.pk, until=None).update(until=timezone.now())
    audit.record(by, AuditAction.ROLE_ENDED, held, study=held.study, before={"role": held.role}, reason=reason)


@transaction.atomic
def make_sign_in_link(by: audit.By, user: User, purpose: str = "password", lasts: timedelta = timedelta(days=3)) -> str:
    """Make a new link for a member of staff and return its token; links made before end."""
    now = timezone.now()
    SignInLink.objects.filter(user=user, purpose=purpose, used_at=None, expires_at__gt=now).update(expires_at=now)
    token = new_token()
    link = SignInLink.objects.create(
        user=user, purpose=purpose, token_hash=hashed(token), created_at=now, expires_at=now + lasts
    )
    audit.record(by, AuditAction.SIGN_IN_LINK_MADE, link, after={"user": user.pk, "purpose": purpose})
    return token


@transaction.atomic
def choose_first_password(link: SignInLink, *, password: str, name: str = "", email: str = "") -> User:
    """Use a link to set a password; the first administrator also says who they are."""
    use_sign_in_link(link)
    user = User.objects.select_for_update().get(pk=link.user_id)
    if email and User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise ActionRefused(_("{email} already has an account.").format(email=email))
    user.name, user.email = name or user.name, email or user.email
    user.save(update_fields=["name", "email"])
    set_password(user, password)
    return user


@transaction.atomic
def use_sign_in_link(link: SignInLink) -> None:
    """Use a link for a password, which is possible once; those of a demonstration as often as one likes."""
    used = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=timezone.now())
    if link.purpose == "password" and not used.update(used_at=timezone.now()):
        raise ActionRefused(_("This link has been used or has expired. Ask an administrator for a new one."))
    audit.record(link.user, AuditAction.SIGN_IN_LINK_USED, link, after={"purpose": link.purpose})


def delete_expired_sign_ins(now: datetime) -> None:
    """Delete the sessions of sign-ins that are over: they would let nobody in, and name who was here."""
    over = Session.objects.filter(expire_date__lt=now)
    if over.exists():  # looked at each half minute: a delete that finds nothing would lock the database all the same
        over.delete()


def _refuse_together(user: User, study: Study, role: str, reason: str) -> None:
    roles = protocols.of(study).protocol.roles
    never = NEVER_ONE_PERSON | {frozenset(pair) for pair in roles.never_one_person}
    for other in RoleHeld.objects.filter(user=user, study=study, until=None).exclude(role=role):
        pair = frozenset({role, other.role})
        if pair in never:
            words = _("{name} is {other} in this study. Nobody can be both {other} and {role} in one study.")
            raise ActionRefused(words.format(name=user.name, other=other.role, role=role))
        if pair == {"coordinator", "researcher"} and not roles.reason_for("coordinator", "researcher"):
            words = _(
                "{name} is {other} here. For one person to be both, the protocol must say why: "
                "add the reason under roles, one_person_with_reason, and amend the protocol."
            )
            raise ActionRefused(words.format(name=user.name, other=other.role))
