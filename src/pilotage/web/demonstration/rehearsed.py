"""Rehearsed data as records: the people of a simulation, on the server as if they had been there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction

from pilotage.protocol.load import LoadedProtocol
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, keys, protocols
from pilotage.web.records.models import (
    AdherenceRating,
    Administration,
    AdverseEvent,
    Allocation,
    Answer,
    Attendance,
    BlockDelivered,
    Centre,
    Cohort,
    Comment,
    CommentReading,
    Consent,
    ConsentText,
    Deviation,
    HomePractice,
    Identity,
    Leaving,
    Pairing,
    PairingGroup,
    PairingMember,
    Participant,
    Place,
    PlanLock,
    ProtocolVersion,
    Session,
    SessionHeld,
    Signature,
    Step,
    Study,
    User,
)

if TYPE_CHECKING:
    import polars

    from pilotage.data.study_data import StudyData

EVENING = time(19, 0)
MAY_KNOW = ("coordinator", "safety-contact")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Loading:
    """What the tables have in common: the study, its rows so far, and by how much time is moved."""

    study: Study
    loaded: LoadedProtocol
    version: ProtocolVersion
    later: timedelta
    people: dict[str, Participant]
    consents: dict[str, Consent]
    cohorts: dict[str, Cohort]
    teachers: tuple[User, ...]
    rater: User
    reader: User

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.loaded.protocol.study.time_zone)

    @property
    def centre(self) -> Centre:
        first: Centre = self.study.centres.order_by("key")[0]
        return first

    def day(self, value: date) -> date:
        return value + self.later

    def moment(self, value: datetime) -> datetime:
        """Return the same hour of the clock after the move, for a winter's evening may become a summer's."""
        local = value.astimezone(self.zone)
        return datetime.combine(local.date() + self.later, local.time(), self.zone).astimezone(UTC)

    def noon(self, value: date) -> datetime:
        return datetime.combine(value + self.later, time(12), self.zone).astimezone(UTC)

    def evening(self, value: date) -> datetime:
        return datetime.combine(value + self.later, EVENING, self.zone).astimezone(UTC)


@transaction.atomic
def load_rehearsal(
    study: Study, data: StudyData, *, later: timedelta, teachers: tuple[User, ...], rater: User, reader: User
) -> None:
    """Put a rehearsal's tables into the records, moved in time by whole weeks.

    Parameters
    ----------
    study : Study
        Open for enrolment, and without people.
    data : StudyData
        Of a rehearsal; refused otherwise, for nothing that people answered comes in by this door.
    later : timedelta
    teachers : tuple of User
        In the order of the codes T1, T2, ... of the tables.
    rater : User
        Who rated sessions independently, under any other code.
    reader : User
        Who read and coded the comments.
    """
    if data.simulated is None:
        raise ValueError("Only a rehearsal is loaded as a demonstration.")
    version = protocols.in_force(study)
    assert version is not None
    loading = _Loading(study, protocols.of_version(version), version, later, {}, {}, {}, teachers, rater, reader)
    _cohorts(loading, data)
    _people(loading, data)
    sessions = _sessions(loading, data.sessions)
    _attendance(loading, data.attendance, sessions)
    _pairings(loading, data.pairings, sessions)
    _fidelity(loading, data.fidelity, sessions)
    _adherence(loading, data.adherence, sessions)
    _practice(loading, data.home_practice)
    values = _administrations(loading, data.administrations)
    _answers(data.responses, values)
    _comments(loading, data.comments, values)
    _reactions(loading, data.adverse_events)
    _deviations(loading, data.deviations)
    _lock_plan(loading)
    details = {"seed": data.simulated.seed, "people": len(loading.people)}
    audit.record(audit.SERVER, AuditAction.REHEARSAL_LOADED, study, study=study, after=details)


def _rows(frame: polars.DataFrame) -> Iterable[dict[str, Any]]:
    return frame.iter_rows(named=True)


def _cohorts(loading: _Loading, data: StudyData) -> None:
    programme = loading.loaded.protocol.programme
    names = data.participants["cohort"].drop_nulls().unique().sort().to_list()
    for name in names:
        planned = data.sessions.filter(data.sessions["cohort"] == name)["planned_on"].min()
        starts = loading.day(planned) if isinstance(planned, date) else None
        size = programme.group if programme else None
        loading.cohorts[name] = Cohort.objects.create(
            study=loading.study,
            centre=loading.centre,
            key=name,
            name=name.replace("-", " ").capitalize(),
            minimum=size.minimum if size else 1,
            maximum=size.maximum if size else 500,
            starts_on=starts,
            starts_at=EVENING,
        )
        for teacher in loading.teachers:
            loading.cohorts[name].teachers.create(user=teacher)


def _people(loading: _Loading, data: StudyData) -> None:
    programme_arms = {arm.id for arm in loading.loaded.protocol.arms if arm.programme}
    languages = dict(data.administrations.select("participant", "language").unique("participant").iter_rows())
    flow = {row["participant"]: row for row in _rows(data.flow)}
    for row in _rows(data.participants.sort("participant")):
        code, arm = row["participant"], row["arm"]
        person = Participant.objects.create(study=loading.study, centre=loading.centre, code=code, arm_sought=arm)
        keys.give_key(person)
        language = languages.get(code) or loading.loaded.protocol.study.languages[0]
        introduce(person, language)
        loading.people[code] = person
        _flow(loading, person, flow[code], language, arm)
        if row["cohort"]:
            Place.objects.create(
                participant=person,
                cohort=loading.cohorts[row["cohort"]],
                on_course=arm in programme_arms,
                taken_at=loading.noon(flow[code]["allocated_on"]),
            )


def introduce(person: Participant, language: str) -> None:
    """Make up a name and an address for someone who does not exist."""
    number = person.code.lstrip("P")
    name, address = f"Simulated Person {number}", f"person{number}@simulated.invalid"
    Identity.objects.create(participant=person, name=name, email=address, language=language)


def _flow(loading: _Loading, person: Participant, row: Row, language: str, arm: str) -> None:
    consented = row["consented_on"]
    for kind, day in (("approached", row["approached_on"] or consented), ("eligible", row["screened_on"] or consented)):
        Step.objects.create(participant=person, kind=kind, on=loading.day(day), at=loading.noon(day))
    texts = ConsentText.objects.filter(study=loading.study, version=row["consent_version"])
    text = texts.filter(language=language).first() or texts.first()
    assert text is not None
    agreed = [statement["id"] for statement in text.statements if statement["required"]]
    consent = Consent.objects.create(participant=person, text=text, agreed=agreed, given_at=loading.noon(consented))
    Signature.objects.create(consent=consent, typed_name=person.identity.name)
    loading.consents[person.code] = consent
    Allocation.objects.create(
        participant=person,
        arm=arm,
        method=loading.loaded.protocol.allocation.method,
        at=loading.noon(row["allocated_on"]),
    )
    for what in ("course", "study"):
        left = row[f"{what}_left_on"]
        if left is not None:
            kept = "erase" if row["answers_kept"] is False else "keep"
            reason = row[f"{what}_left_why"] or ""
            Leaving.objects.create(participant=person, what=what, reason=reason, answers=kept, at=loading.noon(left))


def _sessions(loading: _Loading, frame: polars.DataFrame) -> dict[tuple[str, int], Session]:
    by_key: dict[tuple[str, int], Session] = {}
    for row in _rows(frame):
        session = Session.objects.create(
            cohort=loading.cohorts[row["cohort"]],
            number=row["session"],
            planned_start=loading.evening(row["planned_on"]),
            planned_minutes=row["planned_minutes"],
            state=row["state"],
            reason=row["reason"] or "",
        )
        by_key[row["cohort"], row["session"]] = session
        if row["held_on"]:
            start = loading.evening(row["held_on"])
            end = start + timedelta(minutes=row["minutes"] or row["planned_minutes"])
            taught = [user.pk for user in _taught(loading, row["teachers"])]
            SessionHeld.objects.create(session=session, started_at=start, ended_at=end, teachers=taught)
    return by_key


def _taught(loading: _Loading, codes: str | None) -> list[User]:
    numbers = [int(code.lstrip("T")) - 1 for code in (codes or "").split() if code.lstrip("T").isdigit()]
    return [loading.teachers[number] for number in numbers if number < len(loading.teachers)]


def _rated_by(loading: _Loading, code: str) -> User:
    """Return a teacher who rates their own session, or the independent rater."""
    return next(iter(_taught(loading, code) if code.startswith("T") else []), loading.rater)


def _attendance(loading: _Loading, frame: polars.DataFrame, sessions: Mapping[tuple[str, int], Session]) -> None:
    cohort = {person.pk: person.place.cohort.key for person in loading.people.values() if hasattr(person, "place")}
    Attendance.objects.bulk_create(
        Attendance(
            participant=person,
            session=sessions[cohort[person.pk], row["session"]],
            status=row["status"],
            minutes=row["minutes"],
        )
        for row in _rows(frame)
        for person in [loading.people[row["participant"]]]
    )


def _pairings(loading: _Loading, frame: polars.DataFrame, sessions: Mapping[tuple[str, int], Session]) -> None:
    made: dict[tuple[Any, ...], Pairing] = {}
    groups: dict[tuple[Any, ...], PairingGroup] = {}
    members = []
    for row in _rows(frame):
        session = sessions[row["cohort"], row["session"]]
        key = (session.pk, row["pairing"])
        if key not in made:
            made[key] = Pairing.objects.create(session=session, number=row["pairing"], seed=0)
        group = (*key, row["group"])
        if group not in groups:
            groups[group] = PairingGroup.objects.create(pairing=made[key], number=row["group"])
        person = loading.people[row["participant"]]
        members.append(
            PairingMember(
                pairing=made[key], group=groups[group], participant=person, role_order=row["role_order"] or None
            )
        )
    PairingMember.objects.bulk_create(members)


def _fidelity(loading: _Loading, frame: polars.DataFrame, sessions: Mapping[tuple[str, int], Session]) -> None:
    BlockDelivered.objects.bulk_create(
        BlockDelivered(
            session=sessions[row["cohort"], row["session"]],
            block=row["block"],
            rater=_rated_by(loading, row["rater"]),
            done=row["done"],
            planned_minutes=row["planned_minutes"],
            minutes=row["minutes"],
            reason=row["reason"] or "",
        )
        for row in _rows(frame)
    )


def _adherence(loading: _Loading, frame: polars.DataFrame, sessions: Mapping[tuple[str, int], Session]) -> None:
    AdherenceRating.objects.bulk_create(
        AdherenceRating(
            session=sessions[row["cohort"], row["session"]],
            item=row["item"],
            rater=_rated_by(loading, row["rater"]),
            value=row["value"],
        )
        for row in _rows(frame)
    )


def _practice(loading: _Loading, frame: polars.DataFrame) -> None:
    HomePractice.objects.bulk_create(
        HomePractice(
            participant=loading.people[row["participant"]],
            consent=loading.consents[row["participant"]],
            date=row["date"] + loading.later,
            kind=row["kind"],
            times=row["times"],
            minutes=row["minutes"],
        )
        for row in _rows(frame)
    )


def _administrations(loading: _Loading, frame: polars.DataFrame) -> dict[tuple[Any, ...], Administration]:
    rows = [
        Administration(
            participant=loading.people[row["participant"]],
            consent=loading.consents[row["participant"]],
            version=loading.version,
            assessment=row["assessment"],
            instrument=row["instrument"],
            number=row["number"],
            language=row["language"] or loading.loaded.protocol.study.languages[0],
            mode="paper" if row["mode"] == "paper" else "web",
            started_at=loading.moment(row["started_at"]),
            completed_at=loading.moment(row["completed_at"]) if row["completed_at"] else None,
        )
        for row in _rows(frame)
    ]
    made = Administration.objects.bulk_create(rows)
    return {(a.participant.code, a.assessment, a.instrument, a.number): a for a in made}


def _key(row: Row) -> tuple[Any, ...]:
    return row["participant"], row["assessment"], row["instrument"], row["number"]


def _answers(frame: polars.DataFrame, values: Mapping[tuple[Any, ...], Administration]) -> None:
    rows = [
        Answer(
            administration=record,
            item=row["item"],
            value=row["value"],
            saved_at=record.completed_at or record.started_at,
        )
        for row in _rows(frame)
        for record in [values[_key(row)]]
    ]
    Answer.objects.bulk_create(rows, batch_size=2000)


def _comments(loading: _Loading, frame: polars.DataFrame, values: Mapping[tuple[Any, ...], Administration]) -> None:
    for row in _rows(frame):
        record = values[_key(row)]
        details = {
            "administration": record,
            "item": row["item"],
            "text": row["text"] or "",
            "saved_at": record.started_at,
        }
        comment = Comment.objects.create(
            **details, redacted=row["redacted"], redacted_at=record.completed_at, redacted_by=loading.reader
        )
        codes = (row["codes"] or "").split()
        CommentReading.objects.create(comment=comment, reader=loading.reader, codes=codes)


def _reactions(loading: _Loading, frame: polars.DataFrame) -> None:
    for row in _rows(frame):
        at = loading.noon(row["onset"])
        outcome = row["outcome"] or "unknown"
        judged = {name: row[name] for name in ("severity", "relatedness", "expectedness") if row[name]}
        AdverseEvent.objects.create(
            participant=loading.people[row["participant"]],
            source="participant",
            ascertainment=row["ascertainment"] or "asked",
            onset=loading.day(row["onset"]),
            description=row["description"] or "",
            screened=row["description"] or "",
            kind=row["kind"] or "",
            may_know=list(MAY_KNOW),
            serious=row["serious"],
            action=row["action"] or "",
            outcome=outcome,
            reported_at=at,
            opened_at=at + timedelta(hours=2),
            judged_at=at + timedelta(days=1),
            closed_at=at + timedelta(days=14),
            **judged,
        )


def _deviations(loading: _Loading, frame: polars.DataFrame) -> None:
    for row in _rows(frame):
        Deviation.objects.create(
            study=loading.study,
            on=loading.day(row["date"]),
            kind=row["kind"],
            core=row["core"] or "not judged",
            planned=row["planned"],
            description=row["description"] or "",
        )


def _lock_plan(loading: _Loading) -> None:
    """Lock the plan before the first of its outcomes was asked, as the protocol wants it."""
    first = min((consent.given_at for consent in loading.consents.values()), default=None)
    plan = loading.loaded.protocol.analysis.model_dump(mode="json", by_alias=True)
    if first is not None:
        PlanLock.objects.create(
            study=loading.study, version=loading.version, plan=plan, at=first - timedelta(days=7), by=loading.reader
        )
