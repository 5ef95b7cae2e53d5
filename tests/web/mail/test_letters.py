"""What is sent to whom, when, and why not: decided from the records when it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session as SignIn
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilotage.web.mail.letters_due import explain, letters_due
from pilotage.web.mail.tick import tick
from pilotage.web.records import actions, audit, keys, protocols
from pilotage.web.records.models import (
    Administration,
    Allocation,
    ClockSeen,
    Consent,
    ConsentText,
    Event,
    Identity,
    Message,
    Participant,
    PersonalLink,
    Place,
    ProtocolVersion,
    Session,
    Study,
)
from tests.web.cast import Cast, consented, signed_in, someone

OPENS = datetime(2026, 2, 11, 23, 0, tzinfo=UTC)  # midnight of Thursday 12 February in Amsterdam
MORNING = datetime(2026, 2, 12, 7, 0, tzinfo=UTC)  # eight o'clock there


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands before the questions open, and is moved by the tests."""
    with time_machine.travel(datetime(2026, 2, 2, 10, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def subjects() -> list[str]:
    sent = [message.subject for message in mail.outbox]
    mail.outbox.clear()
    return sent


def run(clock: time_machine.Traveller, until: datetime, every: timedelta = timedelta(hours=3)) -> list[str]:
    """Let the clock run, with a look at what is due every three hours; the subjects of what was sent, with the day."""
    sent = []
    now = datetime.now(UTC)
    while now < until:
        now += every
        clock.move_to(now)
        tick()
        sent += [f"{now:%d %b %H:%M} {subject}" for subject in subjects()]
    return sent


def complete(person: Participant, assessment: str) -> None:
    """Everything that is asked at an assessment is answered."""
    consent, version = person.consents.get(), ProtocolVersion.objects.get(study=person.study)
    asked = {"pre": ["pss-10", "ffmq-39", "about-you"], "post": ["pss-10", "ffmq-39"], "evaluation": ["evaluation"]}
    for instrument in asked[assessment]:
        Administration.objects.create(
            participant=person,
            consent=consent,
            version=version,
            assessment=assessment,
            instrument=instrument,
            language="en",
            completed_at=datetime.now(UTC),
        )


def test_somebody_who_answers_nothing_hears_four_times_of_one_occasion(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    consented(cast)
    tick()
    assert subjects() == ["A copy to keep"]
    assert run(clock, datetime(2026, 3, 4, 23, 0, tzinfo=UTC)) == [
        "12 Feb 07:00 Your questions are ready",
        "19 Feb 07:00 A reminder",
        "26 Feb 07:00 A reminder",
        "03 Mar 07:00 A last reminder",
    ]


def test_after_everything_was_answered_nothing_comes_for_thirty_days(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    for code in ("P01", "P02"):
        consented(cast, code, arm="control")
    tick()
    assert sorted(subjects()) == ["A copy to keep"] * 2 + ["Your questions are ready"] * 2
    for person in Participant.objects.all():
        complete(person, "pre")
    first_weekly_question = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    assert run(clock, first_weekly_question, timedelta(hours=6)) == []
    complete_weeks(cast)
    complete(Participant.objects.get(code="P01"), "post")
    complete(Participant.objects.get(code="P02"), "post")
    assert run(clock, first_weekly_question + timedelta(days=30), timedelta(hours=12)) == []


def complete_weeks(cast: Cast) -> None:
    version = ProtocolVersion.objects.get(study=cast.study)
    for person in Participant.objects.all():
        for number in (1, 2, 3):
            consent = person.consents.get()
            Administration.objects.create(
                participant=person,
                consent=consent,
                version=version,
                assessment="weeks",
                instrument="week",
                number=number,
                language="en",
                completed_at=datetime.now(UTC),
            )


def test_half_of_it_answered_is_still_reminded_of(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    tick()
    subjects()
    complete(person, "pre")
    Administration.objects.filter(instrument="ffmq-39").delete()
    assert run(clock, datetime(2026, 2, 20, tzinfo=UTC)) == ["19 Feb 07:00 A reminder"]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (["study"], "left the study. We ask you no more questions"),
        (["study", "course"], "left the study and the course."),
    ],
)
def test_whoever_leaves_gets_one_receipt_and_nothing_more(
    cast: Cast, clock: time_machine.Traveller, what: list[str], said: str
) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    tick()
    subjects()
    actions.leave(person, person, what)
    tick()
    assert [said in message.body for message in mail.outbox] == [True]
    assert subjects() == ["You have stopped"]
    assert run(clock, MORNING + timedelta(days=60), timedelta(hours=12)) == []
    assert {line.why for line in explain(person) if line.state == "not sent"} >= {"They left the study."}


def test_whoever_is_erased_hears_nothing_and_has_no_address(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    actions.leave(person, person, ["study", "course"], answers="erase")
    assert (tick(), subjects()) == (0, [])
    person.refresh_from_db()
    assert {line.state for line in explain(person)} <= {"not sent"}


def test_the_invitation_to_consent_goes_to_the_eligible_and_stops_with_their_answer(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    asked, declined, waits = (someone(cast, code) for code in ("P01", "P02", "P03"))
    for person in (asked, declined):
        person.steps.create(kind="eligible", on="2026-02-02")
    declined.steps.create(kind="declined", on="2026-02-02")
    waits.steps.create(kind="waiting list", on="2026-02-02")
    tick()
    assert [(message.subject, message.to) for message in mail.outbox] == [("An invitation", ["p01@people.example"])]
    assert [line.why for line in explain(declined)] == ["They declined to take part."]
    assert [line.why for line in explain(waits)] == ["They are on the waiting list."]
    subjects()
    assert run(clock, datetime(2026, 2, 20, tzinfo=UTC), timedelta(hours=6)) == []


def test_nobody_is_written_to_before_the_study_is_open(cast: Cast, clock: time_machine.Traveller) -> None:
    draft = Study.objects.create(key="draft", folder=cast.study.folder)
    cast.study = draft
    cast.north = draft.centres.create(key="north", name="North")
    someone(cast).steps.create(kind="eligible", on="2026-02-02")
    assert (tick(), letters_due(draft)) == (0, [])


def test_whoever_comes_late_hears_once_that_day(cast: Cast, clock: time_machine.Traveller) -> None:
    """Someone who comes in when a reminder would be due is invited, and not reminded as well."""
    clock.move_to(datetime(2026, 2, 26, 10, 0, tzinfo=UTC))
    person = consented(cast)
    tick()
    assert subjects() == ["A copy to keep", "Your questions are ready"]
    assert run(clock, datetime(2026, 3, 2, tzinfo=UTC)) == []
    assert [
        line.state for line in explain(person) if line.kind == "reminder" and line.dedupe_key.startswith("pre")
    ] == [
        "not sent",
        "not sent",
    ]


def test_quiet_hours_hold_and_copies_that_a_person_waits_for_go(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 2, 12, 21, 30, tzinfo=UTC))  # half past ten in the evening in Amsterdam
    person = consented(cast)
    tick()
    assert subjects() == ["A copy to keep"]
    line = next(line for line in explain(person) if line.kind == "invitation")
    assert (line.state, f"{line.when:%d %b %H:%M %Z}", line.why) == (
        "to come",
        "13 Feb 08:00 CET",
        "Sent after the quiet hours.",
    )
    assert run(clock, datetime(2026, 2, 13, 12, 0, tzinfo=UTC)) == ["13 Feb 09:30 Your questions are ready"]


def test_quiet_hours_follow_the_clock_through_summer_time(cast: Cast, clock: time_machine.Traveller) -> None:
    """Clocks go forward on 29 March: the morning after, eight o'clock is six by UTC and not seven."""
    clock.move_to(datetime(2026, 3, 28, 22, 0, tzinfo=UTC))
    person = consented(cast)
    complete_weeks(cast)
    tick()
    assert subjects() == ["A copy to keep"]
    line = next(line for line in explain(person) if line.dedupe_key == "post:1" and line.kind == "invitation")
    assert f"{line.when:%H:%M %Z}" == "08:00 CEST"
    sent = run(clock, datetime(2026, 3, 29, 12, 0, tzinfo=UTC))
    assert sent == ["29 Mar 07:00 Your questions are ready"]


def test_without_an_address_the_list_says_so(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    Identity.objects.update(email="")
    assert (tick(), subjects()) == (0, [])
    assert "They have no e-mail address." in {line.why for line in explain(person)}


def test_a_letter_is_in_the_persons_language(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    consented(cast)
    Identity.objects.update(language="nl")
    tick()
    [letter] = [message for message in mail.outbox if "until" not in message.body][-1:]
    assert letter.extra_headers["Content-Language"] == "nl"
    assert "woensdag 4 maart" in " ".join(message.body for message in mail.outbox)


def test_a_letter_holds_the_link_and_nothing_that_was_told(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    Identity.objects.update(name="Kanarie Geelvink", phone="0612345678")
    person.adverse_events.create(description="canary of harm", may_know=["coordinator"])
    person.consents.get().text.refresh_from_db()
    tick()
    letters: list[EmailMessage] = list(mail.outbox)
    assert [message.subject for message in letters] == [
        "A report is waiting for you",
        "A copy to keep",
        *["Your questions are ready"],
    ]
    token = keys.unseal(person.pk, PersonalLink.objects.get(participant=person).sealed_token)
    assert token is not None
    assert f"http://127.0.0.1:8000/p/{token.decode()}/" in letters[-1].body
    for letter in letters:
        written = letter.message().as_string()
        for canary in ("Kanarie", "Geelvink", "0612345678", "canary of harm", "pss-10", "Stress", person.code):
            assert canary not in written
        assert "p01" not in letter.subject


def test_the_same_link_stays_in_later_letters(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    token = actions.make_link(audit.SERVER, consented(cast))
    tick()
    clock.move_to(MORNING + timedelta(days=7))
    tick()
    assert [token in message.body for message in mail.outbox if "/p/" in message.body] == [True] * 3


def test_a_link_that_was_ended_is_not_made_anew_by_a_reminder(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    actions.make_link(audit.SERVER, person)
    actions.revoke_links(cast.staff["coordinator"], person, "came into other hands")
    tick()
    assert subjects() == ["A copy to keep"]
    actions.send_new_link(cast.staff["coordinator"], person)
    tick()
    assert subjects() == ["Your new link", "Your questions are ready"]


def test_a_coordinator_has_a_letter_sent_once_more_and_that_is_logged(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(MORNING)
    person, by = consented(cast), cast.staff["coordinator"]
    tick()
    subjects()
    actions.ask_for_letter(by, person, "invitation", "pre:1", again=True)
    clock.shift(timedelta(hours=14))
    tick()
    assert subjects() == ["Your questions are ready"]
    assert Event.objects.filter(what="letter asked for", actor=by.pk).count() == 1
    complete(person, "pre")
    actions.ask_for_letter(by, person, "invitation", "pre:1", again=True)
    assert (tick(), subjects()) == (0, [])


def test_no_more_goes_to_an_address_that_mail_came_back_from_until_it_changes(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(MORNING)
    person = consented(cast)
    tick()
    subjects()
    actions.mark_bounced(Message.objects.get(kind="invitation"), "5.1.1 no such user")
    assert run(clock, MORNING + timedelta(days=8)) == []
    actions.change_contact(cast.staff["coordinator"], person, actions.Contact("P", "new@people.example"))
    assert tick() == 1
    assert mail.outbox[0].to == ["new@people.example"]


def test_letters_of_five_hundred_people_take_a_handful_of_queries(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(MORNING)
    text = ConsentText.objects.get(study=cast.study, version="v1", language="en")
    people = Participant.objects.bulk_create(
        Participant(study=cast.study, centre=cast.north, code=f"P{n}", arm_sought="training") for n in range(500)
    )
    Identity.objects.bulk_create(Identity(participant=p, name="n", email=f"{p.code}@x.example") for p in people)
    Consent.objects.bulk_create(Consent(participant=p, text=text) for p in people)
    Allocation.objects.bulk_create(Allocation(participant=p, arm="training", method="by list") for p in people)
    Place.objects.bulk_create(Place(participant=p, cohort=cast.cohort, on_course=True) for p in people)
    with CaptureQueriesContext(connection) as queries:
        due = letters_due(cast.study)
    assert len(due) == 1000
    assert len(queries) < 25


def test_letters_to_simulated_people_become_files_and_say_so(
    cast: Cast, clock: time_machine.Traveller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", str(tmp_path))  # other workers write letters too
    clock.move_to(MORNING)
    Study.objects.update(simulated={"seed": 1})
    consented(cast)
    tick()
    # Letters of one second may share a file, one after the other.
    first, *letters = re.split(r"^Subject: ", "".join(file.read_text() for file in tmp_path.glob("*")), flags=re.M)
    assert (mail.outbox, len(letters)) == ([], 2) and "SIMULATED" not in first
    assert all("SIMULATED" in letter for letter in letters)


def test_an_answer_goes_to_the_address_that_the_protocol_names(
    cast: Cast, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.move_to(MORNING)
    consented(cast)
    said = protocols.of(cast.study).protocol
    object.__setattr__(said.correspondence, "reply_to", "Study <study@centre.example>")
    tick()
    object.__setattr__(said.correspondence, "reply_to", None)
    assert {tuple(message.reply_to) for message in mail.outbox} == {("Study <study@centre.example>",)}
    assert {message.from_email for message in mail.outbox} == {settings.DEFAULT_FROM_EMAIL}


def test_contact_data_are_removed_when_their_time_is_over(cast: Cast, clock: time_machine.Traveller) -> None:
    consented(cast)
    over = datetime(2027, 12, 1, 12, 0, tzinfo=UTC)
    for day in range(8):  # the clock jumped there, so it has to run on for a week before it is believed
        assert Identity.objects.exists()
        clock.move_to(over + timedelta(days=day))
        tick()
    assert not Identity.objects.exists()


def test_sessions_that_are_over_are_cleared(cast: Cast, clock: time_machine.Traveller) -> None:
    ClockSeen.objects.create(ticked_at=datetime.now(UTC))
    session = signed_in(cast.staff["coordinator"]).session
    session.set_expiry(3600)
    session.save()
    clock.shift(timedelta(hours=2))
    tick()
    assert not SignIn.objects.exists()


def test_who_is_on_the_course_hears_of_a_session_that_changes(cast: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
    consented(cast)
    consented(cast, "P02", arm="control")
    left = consented(cast, "P03")
    actions.leave(left, left, ["course"])
    tick()
    subjects()
    by, session = cast.staff["teacher"], Session.objects.get(number=2)
    actions.postpone_session(by, session, "the teacher fell ill")
    tick()
    assert [(m.subject, m.to) for m in mail.outbox] == [("A change in the course", ["p01@people.example"])]
    assert "not on Thursday 12 March at 19:00" in mail.outbox[0].body
    assert "ill" not in mail.outbox[0].body.split()
    subjects()
    assert run(clock, datetime(2026, 3, 9, 20, tzinfo=UTC)) == []
    actions.plan_session(by, session, datetime(2026, 3, 13, 18, 0, tzinfo=UTC), "Room 2", "better")
    clock.move_to(datetime(2026, 3, 9, 22, 0, tzinfo=UTC))
    assert (tick(), subjects()) == (0, [])
    clock.move_to(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    tick()
    assert "Session 2 is on Friday 13 March at 19:00. Place: Room 2." in " ".join(m.body for m in mail.outbox)
    gone = [line.kind for line in explain(Participant.objects.get(code="P01")) if line.state == "sent"]
    assert gone.count("session-change") == 2
