"""Training groups: made with their sessions, taught, filled within their size, and closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pilotage.protocol.programme import Programme
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.calendars import days_of_course
from pilotage.web.records.models import Centre, Cohort, Participant, Place, Session, Study, User
from pilotage.web.records.queries.cohorts import on_course, teachers_of
from pilotage.web.records.queries.days import zone_of
from pilotage.web.records.refused import ActionRefused

_AN_HOUR = 60  # where a protocol knows neither the length of a session nor of its parts


@transaction.atomic
def add_cohort(
    by: audit.By,
    study: Study,
    centre: Centre,
    *,
    name: str,
    starts_on: date,
    starts_at: time,
    location: str = "",
    teachers: Collection[User] = (),
    skip: Collection[date] = (),
) -> Cohort:
    """Plan a training group of the protocol's size, with the dates of its sessions; none on days to skip."""
    programme = _programme(study)
    cohort = Cohort.objects.create(
        study=study,
        centre=centre,
        key=_free_key(study, name),
        name=name.strip(),
        minimum=programme.group.minimum,
        maximum=programme.group.maximum,
        starts_on=starts_on,
        starts_at=starts_at,
        location=location.strip(),
    )
    _plan_sessions(cohort, programme, skip)
    details = {"name": cohort.name, "centre": centre.key, "starts_on": starts_on, "starts_at": starts_at}
    audit.record(by, AuditAction.GROUP_MADE, cohort, study=study, after=details)
    if teachers:
        set_teachers(by, cohort, teachers)
    return cohort


@transaction.atomic
def set_teachers(by: audit.By, cohort: Cohort, teachers: Collection[User]) -> None:
    """Set who teaches a group, of those who hold the role of teacher in the study."""
    may_teach = set(teachers_of(cohort.study, [cohort.centre]).values_list("pk", flat=True))
    others = [user.name for user in teachers if user.pk not in may_teach]
    if others:
        raise ActionRefused(
            _("%(name)s is not a teacher in this study. An administrator can give them this role.")
            % {"name": others[0]}
        )
    before = sorted(cohort.teachers.values_list("user", flat=True))
    now = sorted(user.pk for user in teachers)
    cohort.teachers.exclude(user__in=now).delete()
    for user in teachers:
        cohort.teachers.get_or_create(user=user)
    if before != now:
        audit.record(
            by,
            AuditAction.TEACHERS_SET,
            cohort,
            study=cohort.study,
            before={"teachers": before},
            after={"teachers": now},
        )


@transaction.atomic
def close_cohort(by: audit.By, cohort: Cohort, override: str = "") -> None:
    """Close a group, into which nobody comes any more; below the protocol's size only with a reason."""
    row = Cohort.objects.select_for_update().get(pk=cohort.pk)
    taken = on_course(row).count()
    if row.closed_at is not None:
        raise ActionRefused(_("%(group)s is already closed.") % {"group": row.name})
    if taken < row.minimum and not override.strip():
        details = {"group": row.name, "taken": taken, "minimum": row.minimum}
        raise ActionRefused(
            _(
                "%(group)s has fewer people (%(taken)s) than the protocol asks for (%(minimum)s). "
                "Enter the reason for continuing."
            )
            % details
        )
    row.closed_at, row.override = timezone.now(), override.strip()
    row.save(update_fields=["closed_at", "override"])
    audit.record(by, AuditAction.GROUP_CLOSED, row, study=row.study, after={"people": taken}, reason=override)


@transaction.atomic
def give_place(by: audit.By, person: Participant, cohort: Cohort, override: str = "") -> Place:
    """Give someone a place on the course, or the schedule only where they do not follow the programme.

    Whoever has no consent takes the course alone, where the protocol keeps course and study apart and it is noted
    that they declined the study.
    """
    row = Cohort.objects.select_for_update().get(pk=cohort.pk)
    attends = _attends(person)
    if attends:
        _refuse_beyond_its_size(row, person, override)
    before = Place.objects.filter(participant=person).select_related("cohort").first()
    if before is not None and not override.strip():
        raise ActionRefused(
            _("%(code)s is in %(group)s. Enter the reason for the change of group.")
            % {"code": person.code, "group": before.cohort}
        )
    place, _new = Place.objects.update_or_create(
        participant=person,
        defaults={"cohort": row, "on_course": attends, "override": override.strip(), "taken_at": timezone.now()},
    )
    was = {"group": before.cohort.key} if before else None
    after = {"group": row.key, "on_course": attends}
    audit.record(by, AuditAction.PLACE_GIVEN, place, about=person, before=was, after=after, reason=override)
    return place


def _attends(person: Participant) -> bool:
    protocol = protocols.of(person.study).protocol
    allocation = getattr(person, "allocation", None)
    if allocation is not None:
        return protocol.arm(allocation.arm).programme
    declined = person.steps.filter(kind="declined").exists()
    if protocol.course_and_study == "apart" and declined and not person.consents.filter(ended_at=None).exists():
        return True
    raise ActionRefused(
        _("%(code)s has no arm yet. Someone who takes the course alone has declined the study first.")
        % {"code": person.code}
    )


def _refuse_beyond_its_size(cohort: Cohort, person: Participant, override: str) -> None:
    if override.strip():
        return
    taken = on_course(cohort).exclude(participant=person).count()
    if cohort.closed_at is not None:
        raise ActionRefused(_("%(group)s is closed. Enter the reason for adding someone.") % {"group": cohort})
    if taken >= cohort.maximum:
        details = {"group": cohort, "maximum": cohort.maximum}
        raise ActionRefused(
            _(
                "%(group)s is full: %(maximum)s people, the most that the protocol allows. Choose another group, "
                "or say why this one may be larger."
            )
            % details
        )


def _plan_sessions(cohort: Cohort, programme: Programme, skip: Collection[date]) -> None:
    zone = zone_of(cohort.study)
    if cohort.starts_on is None or cohort.starts_at is None:
        return
    if cohort.starts_on in skip:
        raise ActionRefused(_("The first session is on a day without sessions. Choose another first day."))
    days = days_of_course(cohort.starts_on, programme.delivered.every, skip)
    planned = sorted(session.delivered for session in programme.sessions)
    Session.objects.bulk_create(
        Session(
            cohort=cohort,
            number=number,
            planned_start=datetime.combine(day, cohort.starts_at, zone),
            planned_minutes=_minutes(programme),
            location=cohort.location,
        )
        for number, day in zip(planned, days, strict=False)
    )


def _minutes(programme: Programme) -> int:
    value = programme.delivered.minutes
    return value if isinstance(value, int) else sum(block.minutes for block in programme.blocks) or _AN_HOUR


def _programme(study: Study) -> Programme:
    programme = protocols.of(study).protocol.programme
    if programme is None:
        raise ActionRefused(_("This study has no programme, so it has no groups."))
    return programme


def _free_key(study: Study, name: str) -> str:
    wanted = slugify(name)[:36] or "group"
    taken = {"add", "calendar", *study.cohorts.values_list("key", flat=True)}  # addresses of their own
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if key not in taken)
