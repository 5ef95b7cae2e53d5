"""What tests of the room share: a group with people on its course, its teacher, and a moment of the evening."""

from __future__ import annotations

from datetime import UTC, datetime

from pilotage.web.records import actions, audit
from pilotage.web.records.models import Cohort, Leaving, Participant, Place, Session, User
from tests.web.cast import Cast, consented, someone

BEFORE = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
THE_EVENING = datetime(2026, 3, 5, 17, 50, tzinfo=UTC)
"""Ten minutes before the first session, which is planned from 19.00 to 20.00 in Amsterdam."""


def session(cast: Cast, number: int = 1) -> Session:
    return cast.cohort.sessions.get(number=number)


def group(cast: Cast, *codes: str) -> list[Participant]:
    """People on the course, by code."""
    return [consented(cast, code) for code in codes or ("P01", "P02", "P03")]


def course_only(cast: Cast, code: str = "P09") -> Participant:
    """Someone who takes the course and declined the research."""
    person = someone(cast, code)
    Place.objects.create(participant=person, cohort=cast.cohort, on_course=True)
    return person


def leaves_the_course(person: Participant) -> None:
    Leaving.objects.create(participant=person, what="course")


def another_teacher(cast: Cast) -> User:
    """A teacher of another group of the same study."""
    user = User.objects.create(email="tina@calm.example", name="Tina Teacher")
    actions.give_role(audit.SERVER, user, cast.study, "teacher")
    other = Cohort.objects.create(
        study=cast.study, centre=cast.north, key="autumn", name="Autumn", minimum=4, maximum=6
    )
    other.teachers.create(user=user)
    return user


def teacher(cast: Cast) -> User:
    return cast.staff["teacher"]
