"""What people are asked, and when."""

from datetime import UTC, datetime

import pytest
import time_machine

from pilotage.web.records import queries
from pilotage.web.records.models import Administration, Leaving, Participant
from tests.web.cast import Cast, consented, someone

BEFORE = datetime(2026, 2, 20, 10, tzinfo=UTC)
JOINED = datetime(2026, 2, 10, 10, tzinfo=UTC)
AFTER = datetime(2026, 3, 21, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def joined():
    with time_machine.travel(JOINED, tick=False):
        yield


def open_at(person, at: datetime) -> list[str]:
    return [f"{due.assessment.id}/{due.instrument}" for due in queries.asked_of(person, at) if due.state == "open"]


def test_whoever_did_not_consent_is_asked_nothing(cast: Cast) -> None:
    assert queries.asked_of(someone(cast), BEFORE) == []


def test_everyone_is_asked_the_questionnaires_before_the_course(cast: Cast) -> None:
    for arm in ("training", "control"):
        person = consented(cast, f"P-{arm}", arm)
        assert open_at(person, BEFORE) == ["pre/pss-10", "pre/ffmq-39", "pre/about-you"]


def test_only_the_training_arm_evaluates_the_course(cast: Cast) -> None:
    after = ["weeks/week", "post/pss-10", "post/ffmq-39"]
    assert open_at(consented(cast, "P01"), AFTER) == [after[0], *after[1:], "evaluation/evaluation"]
    assert open_at(consented(cast, "P02", "control"), AFTER) == after


def test_a_window_that_closed_unanswered_was_missed(cast: Cast) -> None:
    states = {due.assessment.id: due.state for due in queries.asked_of(consented(cast), AFTER)}
    assert states["pre"] == "missed"


def test_what_was_finished_stays_finished(cast: Cast) -> None:
    person = consented(cast)
    consent = person.consents.get()
    key = {"assessment": "pre", "instrument": "pss-10", "language": "en", "completed_at": BEFORE}
    Administration.objects.create(participant=person, consent=consent, version=cast.version, **key)
    finished = [due.instrument for due in queries.asked_of(person, AFTER) if due.finished]
    assert finished == ["pss-10"]


def test_whoever_left_the_course_is_asked_the_questionnaires_and_not_about_the_course(cast: Cast) -> None:
    person = consented(cast)
    Leaving.objects.create(participant=person, what="course", at=datetime(2026, 3, 6, tzinfo=UTC))
    assert "evaluation/evaluation" not in open_at(person, AFTER)
    assert "post/pss-10" in open_at(person, AFTER)


def test_whoever_left_the_study_is_asked_nothing_more(cast: Cast) -> None:
    person = consented(cast)
    person.consents.update(ended_at=JOINED)
    assert queries.asked_of(person, AFTER) == []


def test_forty_people_take_as_many_questions_to_the_database_as_one(cast: Cast, django_assert_max_num_queries):
    for n in range(40):
        consented(cast, f"P{n:03}")
    with django_assert_max_num_queries(9):
        queries.asked_of_all(cast.study, Participant.objects.filter(study=cast.study), BEFORE)
