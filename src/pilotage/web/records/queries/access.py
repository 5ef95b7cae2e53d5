"""Which studies, centres and roles a person has; the root of what they may see."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilotage.problems import ProblemsFound
from pilotage.web.records import protocols
from pilotage.web.records.models import Centre, Participant, PersonalLink, RoleHeld, SignInLink, Study, User
from pilotage.web.records.tokens import hashed


def roles_of(user: User, study: Study) -> frozenset[str]:
    """Return the roles someone holds in a study now."""
    held = RoleHeld.objects.filter(user=user, study=study, until=None).values_list("role", flat=True)
    return frozenset(held)


def may(user: User, study: Study, *roles: str) -> bool:
    """Return whether someone holds one of these roles in a study."""
    return bool(roles_of(user, study) & set(roles))


def studies_of(user: User) -> QuerySet[Study]:
    """Return the studies in which someone holds any role."""
    return Study.objects.filter(roles__user=user, roles__until=None).distinct().order_by("key")


def study_for(user: User, key: str, *roles: str) -> Study | None:
    """Return the study of this key, where someone holds one of these roles in it; else nothing is found."""
    held = RoleHeld.objects.filter(user=user, study__key=key, role__in=roles, until=None).select_related("study")
    first = held.first()
    return first.study if first else None


def centres_of(user: User, study: Study, *roles: str) -> QuerySet[Centre]:
    """Return the centres that someone's role reaches, by name: all of the study's, or those it was given for."""
    held = RoleHeld.objects.filter(user=user, study=study, role__in=roles, until=None)
    if held.filter(centre=None).exists():
        return study.centres.order_by("name")
    return study.centres.filter(pk__in=held.values("centre")).order_by("name")


def reaches_every_centre(user: User, study: Study, role: str) -> bool:
    """Return whether someone's role is for the whole study and not for some of its centres."""
    return not study.centres.exclude(pk__in=centres_of(user, study, role)).exists()


def shortest_idle(user: User, otherwise: timedelta) -> timedelta:
    """Return how long a page may be left before its user is signed out: the shortest time in a study of theirs."""
    named = [otherwise]
    for study in studies_of(user):
        with suppress(ProblemsFound):  # a draft that is being written says nothing yet
            named.append(protocols.of(study).protocol.access.staff_idle)
    return min(named)


def live_sign_in_link(token: str) -> SignInLink | None:
    """Return the link of an active member of staff that a token opens, while it is neither used nor over."""
    links = SignInLink.objects.filter(token_hash=hashed(token), used_at=None, user__is_active=True)
    return links.filter(expires_at__gt=timezone.now()).select_related("user").first()


def link_of_session(key: int | None) -> PersonalLink | None:
    """Return the personal link whose button was pressed in a session, while it holds."""
    return _live().filter(pk=key).first() if key else None


def study_of_dead_link(token: str) -> Study | None:
    """Return the study that a link which opens nothing any more was of."""
    link = PersonalLink.objects.filter(token_hash=hashed(token)).select_related("participant__study").first()
    return link.participant.study if link else None


def live_link(token: str) -> PersonalLink | None:
    """Return the personal link that a token opens, as long as it is neither ended nor over."""
    return _live().filter(token_hash=hashed(token)).first()


def own_link(person: Participant, now: datetime) -> PersonalLink | None:
    """Return the link by which a participant comes in at a moment, the latest where several hold."""
    lasting = person.links.filter(Q(expires_at=None) | Q(expires_at__gt=now), purpose="participant", revoked_at=None)
    return lasting.order_by("-pk").first()


def active_administrators() -> list[User]:
    """Return the administrators of the server whose account is open, the first of them first."""
    return list(User.objects.filter(is_administrator=True, is_active=True).order_by("pk"))


def _live() -> QuerySet[PersonalLink]:
    links = PersonalLink.objects.filter(revoked_at=None, participant__erased_at=None)
    lasting = links.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    return lasting.select_related("participant", "participant__study", "participant__identity")
