"""A group that is being filled just now, so that every page of the demonstration has something to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from pilotage.protocol.load import LoadedProtocol
from pilotage.vocabulary import AuditAction
from pilotage.web.demonstration.rehearsed import EVENING, introduce
from pilotage.web.records import actions, audit, keys, protocols
from pilotage.web.records.models import (
    Administration,
    Allocation,
    Answer,
    Centre,
    Cohort,
    Consent,
    ConsentText,
    Participant,
    Place,
    ProtocolVersion,
    Screening,
    Session,
    Signature,
    Step,
    Study,
    User,
)

KEY = "next"
STARTS_IN = timedelta(days=9)
USUAL_MINUTES = 120  # where a protocol does not say how long a session is
# How far the people of the new group are: (arm sought, how far) and how many of them.
STAGES = (
    ("training", "approached", 3),
    ("training", "interested", 2),
    ("training", "declined", 2),
    ("training", "not eligible", 1),
    ("training", "eligible", 2),
    ("training", "consented", 10),
    ("control", "approached", 2),
    ("control", "eligible", 1),
    ("control", "consented", 4),
)
_WHY = {"declined": "no time", "not eligible": "no mindfulness training completed"}


@dataclass(frozen=True)
class NewGroup:
    """The study, the group being filled, and the day it is."""

    study: Study
    loaded: LoadedProtocol
    version: ProtocolVersion
    cohort: Cohort
    today: date


@transaction.atomic
def fill_a_group(study: Study, teachers: tuple[User, ...]) -> NewGroup:
    """Make a group that starts in nine days, and people at every stage of coming in."""
    group = _group(study, teachers)
    for arm, stage, count in STAGES:
        for _ in range(count):
            _bring(group, arm, stage)
    audit.record(audit.SERVER, AuditAction.DEMONSTRATION_GROUP_MADE, group.cohort, study=study)
    return group


def report_something(group: NewGroup) -> None:
    """Make a report that waits to be opened, so that the inbox is not empty."""
    person = group.cohort.places.order_by("participant__code").last()
    if person is not None:
        text = "I lay awake after a talk with a colleague. (Simulated.)"
        actions.report_event(
            person.participant,
            person.participant,
            source="participant",
            description=text,
            may_know=["coordinator", "safety-contact"],
            onset=group.today - timedelta(days=1),
        )


def find_group(study: Study) -> NewGroup:
    """Return the group made earlier, where the demonstration is started again."""
    version = protocols.in_force(study)
    assert version is not None
    cohort = study.cohorts.get(key=KEY)
    return NewGroup(study, protocols.of_version(version), version, cohort, timezone.now().date())


@transaction.atomic
def add_people(group: NewGroup, count: int) -> list[Participant]:
    """Add so many more people who consented, have an arm, and have nothing answered yet."""
    return [_bring(group, _programme_arm(group.loaded), "consented", language="en") for _ in range(count)]


@transaction.atomic
def begin_questionnaires(group: NewGroup, person: Participant, finished: int) -> None:
    """Add someone who sent the first of the questionnaires before the course, with simulated answers."""
    protocol = group.loaded.protocol
    assessment = protocol.assessments[0]
    if person.administrations.exists():
        return
    for name in protocol.instruments_at(assessment)[:finished]:
        instrument = group.loaded.instruments[name]
        now = timezone.now()
        row = Administration.objects.create(
            participant=person,
            consent=person.consents.get(),
            version=group.version,
            assessment=assessment.id,
            instrument=name,
            language=person.identity.language,
            started_at=now - timedelta(minutes=6),
            completed_at=now,
        )
        codes = list(instrument.response.codes)
        values = (str(codes[n % len(codes)]) for n in range(instrument.items))
        Answer.objects.bulk_create(
            Answer(administration=row, item=str(n), value=value) for n, value in enumerate(values, start=1)
        )


def _programme_arm(loaded: LoadedProtocol) -> str:
    return next(arm.id for arm in loaded.protocol.arms if arm.programme)


def _group(study: Study, teachers: tuple[User, ...]) -> NewGroup:
    version = protocols.in_force(study)
    assert version is not None
    loaded = protocols.of_version(version)
    programme = loaded.protocol.programme
    assert programme is not None
    zone = ZoneInfo(loaded.protocol.study.time_zone)
    today = timezone.now().astimezone(zone).date()
    centre: Centre = study.centres.order_by("key")[0]
    cohort = Cohort.objects.create(
        study=study,
        centre=centre,
        key=KEY,
        name="Next group",
        minimum=programme.group.minimum,
        maximum=programme.group.maximum,
        starts_on=today + STARTS_IN,
        starts_at=EVENING,
        location="Room 2",
    )
    for teacher in teachers:
        cohort.teachers.create(user=teacher)
    value = programme.delivered.minutes
    minutes = value if isinstance(value, int) else USUAL_MINUTES
    for number in range(1, programme.delivered.sessions + 1):
        day = today + STARTS_IN + timedelta(weeks=number - 1)
        start = datetime.combine(day, EVENING, zone)
        Session.objects.create(cohort=cohort, number=number, planned_start=start, planned_minutes=minutes)
    return NewGroup(study, loaded, version, cohort, today)


def _bring(group: NewGroup, arm: str, stage: str, language: str | None = None) -> Participant:
    number = group.study.participants.count() + 1
    person = Participant.objects.create(
        study=group.study, centre=group.cohort.centre, code=f"P{number:02}", arm_sought=arm
    )
    keys.give_key(person)
    languages = group.loaded.protocol.study.languages
    introduce(person, language or languages[number % len(languages)])
    _steps(group, person, stage)
    if stage == "consented":
        _consent(group, person, arm)
    return person


def _steps(group: NewGroup, person: Participant, stage: str) -> None:
    way = {"approached": [], "interested": ["interested"], "consented": ["interested", "eligible"]}
    kinds = ["approached", *way.get(stage, ["interested", stage])]
    for back, kind in zip(range(len(kinds) * 3, 0, -3), kinds, strict=True):
        day = group.today - timedelta(days=back + 2)
        at = datetime.combine(day, time(11), ZoneInfo(group.loaded.protocol.study.time_zone))
        Step.objects.create(participant=person, kind=kind, on=day, at=at, reason=_WHY.get(kind, ""))
        if kind in ("eligible", "not eligible"):
            _screen(group, person, day, met=kind == "eligible")


def _screen(group: NewGroup, person: Participant, day: date, *, met: bool) -> None:
    criteria = [c for c in group.loaded.protocol.eligibility.include if person.arm_sought in c.arms]
    for place, criterion in enumerate(criteria):
        Screening.objects.create(participant=person, criterion=criterion.id, met=met or place > 0, on=day)


def _consent(group: NewGroup, person: Participant, arm: str) -> None:
    protocol = group.loaded.protocol
    texts = ConsentText.objects.filter(study=group.study, version=protocol.consent.versions[-1].id)
    text = texts.filter(language=person.identity.language).first() or texts.first()
    assert text is not None
    values = timezone.now() - timedelta(days=1)
    agreed = [statement["id"] for statement in text.statements if statement["required"]]
    consent = Consent.objects.create(participant=person, text=text, agreed=agreed, given_at=values)
    Signature.objects.create(consent=consent, typed_name=person.identity.name)
    Allocation.objects.create(participant=person, arm=arm, method=protocol.allocation.method, at=values)
    Place.objects.create(participant=person, cohort=group.cohort, on_course=protocol.arm(arm).programme)
