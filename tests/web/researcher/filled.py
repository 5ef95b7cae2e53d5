"""A study with answers before and after the course, for tests of what is frozen, analysed and released."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, date, datetime, timedelta

from pilotage.web.records import audit
from pilotage.web.records.models import (
    Administration,
    AdverseEvent,
    AnalysisRun,
    Answer,
    Attendance,
    Comment,
    Consent,
    HomePractice,
    Identity,
    Leaving,
    Participant,
    Session,
    SessionHeld,
    Signature,
    Step,
    User,
)
from tests.web.cast import Cast, consented, someone

ITEMS = {"pss-10": (10, 0, 4), "ffmq-39": (39, 1, 5)}
BEGAN = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
CANARY = "Kanarie Zeldzaam"


def filled(cast: Cast, people: int = 8, *, post: bool = True) -> list[Participant]:
    """People in both arms who answered before the course, and after it; each with a name that must never leave."""
    chance = random.Random(1)
    found = []
    for number in range(1, people + 1):
        person = consented(cast, f"P{number:02}", "training" if number % 2 else "control")
        Identity.objects.filter(participant=person).update(name=f"{CANARY} {number}", phone=f"06-987000{number:02}")
        consent = person.consents.get()
        Consent.objects.filter(pk=consent.pk).update(given_at=BEGAN)
        Signature.objects.create(consent=consent, typed_name=f"{CANARY} {number}")
        Step.objects.create(participant=person, kind="approached", on=date(2026, 2, 1))
        answered(cast, person, "pre", BEGAN, chance)
        if post:
            answered(cast, person, "post", BEGAN + timedelta(days=25), chance)
        found.append(person)
    return found


def answered(cast: Cast, person: Participant, assessment: str, at: datetime, chance: random.Random) -> None:
    """Both questionnaires, and what describes a person where it is asked."""
    for instrument, (items, low, high) in ITEMS.items():
        given = administration(cast, person, assessment, instrument, at)
        values = [(str(n), str(chance.randint(low, high))) for n in range(1, items + 1)]
        Answer.objects.bulk_create(Answer(administration=given, item=n, value=v) for n, v in values)
    if assessment == "pre":
        given = administration(cast, person, "pre", "about-you", at)
        Answer.objects.create(administration=given, item="age", value=str(chance.randint(30, 60)))


def administration(cast: Cast, person: Participant, assessment: str, instrument: str, at: datetime) -> Administration:
    return Administration.objects.create(
        participant=person,
        consent=person.consents.get(),
        version=cast.version,
        assessment=assessment,
        instrument=instrument,
        language="en",
        started_at=at,
        completed_at=at + timedelta(minutes=9),
    )


def commented(cast: Cast, person: Participant, text: str = "Too much time") -> Comment:
    """An evaluation with words of the person's own."""
    given = administration(cast, person, "evaluation", "evaluation", BEGAN + timedelta(days=20))
    Answer.objects.create(administration=given, item="grade", value="8")
    Answer.objects.create(administration=given, item="recommend", value="no")
    return Comment.objects.create(administration=given, item="why-not", text=text)


def delivered(cast: Cast, *came: Participant) -> Session:
    """The first session, held, with these people present; and a day of practice each."""
    session = cast.cohort.sessions.get(number=1)
    Session.objects.filter(pk=session.pk).update(state="held")
    start = session.planned_start
    teacher = cast.staff["teacher"]
    SessionHeld.objects.create(
        session=session, started_at=start, ended_at=start + timedelta(minutes=65), teachers=[teacher.pk]
    )
    for person in came:
        Attendance.objects.create(participant=person, session=session, status="present", minutes=60)
        HomePractice.objects.create(
            participant=person, consent=person.consents.get(), date=date(2026, 3, 6), kind="formal", minutes=20
        )
    return session


def left(person: Participant, what: str = "study", answers: str = "keep", day: int = 20) -> None:
    """Someone left; whoever erases has nothing but that left."""
    at = datetime(2026, 3, day, 12, 0, tzinfo=UTC)
    Leaving.objects.create(participant=person, what=what, answers=answers, at=at, reason="moved house")
    if what == "study":
        person.consents.filter(ended_at=None).update(ended_at=at)


def on_the_course_alone(cast: Cast, code: str = "P90") -> Participant:
    """Someone who declined the research and takes the course."""
    from pilotage.web.records.models import Place

    person = someone(cast, code)
    Step.objects.create(participant=person, kind="declined", on=date(2026, 2, 3), reason="no time")
    Place.objects.create(participant=person, cohort=cast.cohort, on_course=True)
    return person


def reaction(person: Participant, screened: str = "Felt low for a day") -> AdverseEvent:
    """Something unpleasant, judged, its words screened."""
    return AdverseEvent.objects.create(
        participant=person,
        source="participant",
        description=f"{CANARY} was rude to me",
        screened=screened,
        severity="mild",
        serious=False,
        relatedness="possible",
        outcome="resolved",
        reported_at=BEGAN + timedelta(days=10),
        judged_at=BEGAN + timedelta(days=11),
    )


def a_released_run(cast: Cast) -> AnalysisRun:
    """A copy of the data, a report of it that is only a name, and its release."""
    from pilotage.web.records import actions

    researcher, out = cast.staff["researcher"], io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("report.html", "<style>b{}</style>The report")
        archive.writestr("report.docx", "The report")
    actions.lock_plan(researcher, cast.study)
    frozen = actions.freeze(researcher, cast.study)
    run = AnalysisRun.objects.create(
        freeze=frozen, edition="shared", state="done", package=out.getvalue(), asked_by=researcher
    )
    actions.release(researcher, run)
    return run


def another_researcher(cast: Cast) -> User:
    from pilotage.web.records import actions

    user = User.objects.create(email="second@calm.example", name="Second Reader")
    actions.give_role(audit.SERVER, user, cast.study, "researcher")
    return user
