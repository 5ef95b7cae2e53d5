"""Which studies, centres and roles a person has; the root of what they may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilotage.web.records.models import Centre, PersonalLink, RoleHeld, Study, User
from pilotage.web.records.tokens import hashed


def roles_of(user: User, study: Study) -> frozenset[str]:
    """The roles someone holds in a study now."""
    held = RoleHeld.objects.filter(user=user, study=study, until=None).values_list("role", flat=True)
    return frozenset(held)


def may(user: User, study: Study, *roles: str) -> bool:
    """Whether someone holds one of these roles in a study."""
    return bool(roles_of(user, study) & set(roles))


def studies_of(user: User) -> QuerySet[Study]:
    """The studies in which someone holds any role."""
    return Study.objects.filter(roles__user=user, roles__until=None).distinct().order_by("key")


def study_for(user: User, key: str, *roles: str) -> Study | None:
    """The study of this key, where someone holds one of these roles in it; else nothing is found."""
    held = RoleHeld.objects.filter(user=user, study__key=key, role__in=roles, until=None).select_related("study")
    first = held.first()
    return first.study if first else None


def centres_of(user: User, study: Study, *roles: str) -> QuerySet[Centre]:
    """The centres that someone's role reaches: all of the study's, or those it was given for."""
    held = RoleHeld.objects.filter(user=user, study=study, role__in=roles, until=None)
    if held.filter(centre=None).exists():
        return study.centres.all()
    return study.centres.filter(pk__in=held.values("centre"))


def live_link(token: str) -> PersonalLink | None:
    """The personal link that a token opens, as long as it is neither ended nor over."""
    return (
        PersonalLink.objects.filter(token_hash=hashed(token), revoked_at=None, participant__erased_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        .select_related("participant", "participant__study")
        .first()
    )
