"""Training groups as a coordinator sees them: which, who may teach them, and how many places are taken."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from pilotage.web.records.models import Centre, Cohort, Place, RandomisationSlot, RoleHeld, Session, Study, User
from pilotage.web.records.queries.access import centres_of


def cohorts_of(user: User, study: Study) -> QuerySet[Cohort]:
    """Return the groups of a coordinator's centres, in order of their start."""
    mine = study.cohorts.filter(centre__in=centres_of(user, study, "coordinator")).select_related("centre", "study")
    return mine.order_by("starts_on", "name").prefetch_related("teachers__user")


def cohort_for(user: User, study: Study, key: str) -> Cohort | None:
    """Return the group of this key, where a coordinator's centres reach; else None."""
    return cohorts_of(user, study).filter(key=key).first()


def cohort_names(study: Study) -> dict[str, str]:
    """Return the name of each group of a study by its key."""
    return dict(study.cohorts.values_list("key", "name"))


def sessions_of(cohort: Cohort) -> list[Session]:
    """Return the sessions of a group in order, each with what was held of it."""
    return list(cohort.sessions.select_related("held"))


def session_of(cohort: Cohort, number: int) -> Session | None:
    """Return the session of this number; None where the group has none."""
    return cohort.sessions.filter(number=number).first()


def teachers_in(cohort: Cohort) -> list[User]:
    """Return who teaches a group, in the order in which they were added."""
    return [taught.user for taught in cohort.teachers.select_related("user").order_by("pk")]


def on_course(cohort: Cohort) -> QuerySet[Place]:
    """Return the places taken: of those on the course who did not leave it."""
    there = cohort.places.filter(on_course=True, participant__erased_at=None)
    return there.exclude(participant__leavings__what="course")


def places_taken(cohort: Cohort) -> int:
    """Return how many are on the course."""
    return on_course(cohort).count()


def teachers_of(study: Study, centres: Iterable[Centre]) -> QuerySet[User]:
    """Return who may teach at one of these centres."""
    held = RoleHeld.objects.filter(Q(centre=None) | Q(centre__in=centres), study=study, role="teacher", until=None)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")


def has_sequence(study: Study) -> bool:
    """Return whether the concealed sequence of arms is made; never what is in it."""
    return RandomisationSlot.objects.filter(study=study).exists()


def teacher_names(cohort: Cohort) -> tuple[str, ...]:
    """Return the names of a group's teachers, in the order in which they were given the group."""
    return tuple(teacher.user.name for teacher in cohort.teachers.select_related("user").order_by("pk"))
