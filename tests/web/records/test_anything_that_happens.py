"""Whatever happens, in whatever order: what must never be is never so."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.actions.answers import Sent
from pilotage.web.records.actions.people import Contact
from pilotage.web.records.models import Allocation, Answer, Consent, ConsentText, Event, Freeze, Participant, Step
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, consented

ITEMS = st.integers(1, 10).map(str)
VALUES = st.sampled_from(["0", "2", "4", None, "7", ""])


class Happenings(RuleBasedStateMachine):
    """One study; people come, agree, answer, are corrected, leave and are erased, and data are frozen."""

    people = Bundle("people")
    cast: Cast
    looks: int

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.arms: dict[int, str] = {}
        self.events: dict[int, str] = {}
        self.packages: dict[int, bytes] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(target=people)
    def some_take_part(self):
        """Two who take part, and one who may."""
        one, other = consented(self.cast, "P91"), consented(self.cast, "P92", "control")
        third = self.approached()
        self.found_eligible(third)
        return multiple(one.pk, other.pk, third)

    @rule(target=people)
    def another_is_approached(self) -> int:
        return self.approached()

    def approached(self) -> int:
        count = Participant.objects.count()
        contact = Contact(f"Somebody {count}", f"s{count}@people.example")
        return actions.approach(self.by("coordinator"), self.cast.study, self.cast.north, contact, "training").pk

    @rule(person=people)
    def becomes_eligible(self, person: int) -> None:
        if not self.fresh(person).consents.exists():
            self.found_eligible(person)

    def found_eligible(self, person: int) -> None:
        Step.objects.create(participant=self.fresh(person), kind="eligible", on=date(2026, 2, 18))

    @rule(
        person=people,
        agreed=st.sampled_from([("understood", "room"), ("room", "later"), ("understood", "room", "later")]),
    )
    def consents(self, person: int, agreed: tuple[str, ...]) -> None:
        text = ConsentText.objects.get(study=self.cast.study, language="en")
        with suppress(ActionRefused):
            consent = actions.give_consent(self.fresh(person), text, agreed, "Somebody")
            assert {"understood", "room"} <= set(consent.agreed)

    @rule(person=people, arm=st.sampled_from(["training", "control"]))
    def enters_an_arm(self, person: int, arm: str) -> None:
        with suppress(ActionRefused):
            actions.allocate(self.by("coordinator"), self.fresh(person), arm)

    @rule(person=people, item=ITEMS, value=VALUES)
    def answers(self, person: int, item: str, value: str | None) -> None:
        someone = self.fresh(person)
        for due in queries.asked_of(someone):
            if due.instrument == "pss-10":
                with suppress(ActionRefused):
                    actions.save_answers(someone, due, [Sent(item, value)], "en")
                    assert queries.valid_consent(self.fresh(person)) is not None

    @rule(person=people)
    def finishes(self, person: int) -> None:
        someone = self.fresh(person)
        for due in queries.asked_of(someone):
            if due.instrument == "pss-10":
                with suppress(ActionRefused):
                    actions.save_answers(someone, due, [Sent(str(n), "1") for n in range(1, 11)], "en")
                    due = next(d for d in queries.asked_of(self.fresh(person)) if d.instrument == "pss-10")  # noqa: PLW2901
                    actions.finish(someone, due, "en", blanks_meant=True)

    @rule(person=people, item=ITEMS, value=VALUES, reason=st.sampled_from(["", "ticked the wrong one"]))
    def is_corrected(self, person: int, item: str, value: str | None, reason: str) -> None:
        for given in self.fresh(person).administrations.all():
            with suppress(ActionRefused):
                actions.correct_answer(self.by("data-entry"), given, item, value, reason)
                assert reason

    @rule(person=people, answers=st.sampled_from(["keep", "erase"]), what=st.sampled_from(["study", "course"]))
    def leaves(self, person: int, answers: str, what: str) -> None:
        someone = self.fresh(person)
        with suppress(ActionRefused):
            left = actions.leave(someone, someone, [what], answers=answers)
            if answers == "erase" and "study" in left.what:
                assert not Answer.objects.filter(administration__participant=person).exists()

    @precondition(lambda self: len(self.packages) < 2)
    @rule()
    def is_frozen(self) -> None:
        with suppress(ActionRefused):
            actions.freeze(self.by("researcher"), self.cast.study)

    @rule(person=people, item=ITEMS)
    def is_answered_behind_the_records_back(self, person: int, item: str) -> None:
        """The database itself refuses an answer under a consent that ended."""
        for given in self.fresh(person).administrations.select_related("consent"):
            if given.consent.ended_at is not None and not given.answers.filter(item=item).exists():
                with pytest.raises(Exception, match="valid consent"), transaction.atomic():
                    Answer.objects.create(administration=given, item=item, value="1")

    @invariant()
    def the_promises_were_looked_at(self) -> None:
        Happenings.looks += 1

    @invariant()
    def nothing_is_answered_without_the_givers_own_consent(self) -> None:
        for answer in Answer.objects.select_related("administration__consent"):
            given = answer.administration
            assert given.consent.participant_id == given.participant_id

    @invariant()
    def one_consent_holds_at_most(self) -> None:
        holding = Consent.objects.filter(ended_at=None).values_list("participant", flat=True)
        assert len(holding) == len(set(holding))

    @invariant()
    def an_arm_is_for_good(self) -> None:
        now = dict(Allocation.objects.values_list("participant", "arm"))
        assert self.arms.items() <= now.items()
        self.arms = now

    @invariant()
    def the_log_only_grows_and_holds(self) -> None:
        now = dict(Event.objects.values_list("sequence", "hash"))
        assert self.events.items() <= now.items()
        assert not list(audit.broken())
        self.events = now

    @invariant()
    def every_correction_has_its_reason_and_the_old_answer(self) -> None:
        for event in Event.objects.filter(what="answer corrected"):
            said = audit.detail(event)
            assert said is None or (said["reason"] and said["before"] and said["before"] != said["after"])

    @invariant()
    def who_is_erased_has_no_name_and_no_words_in_the_log(self) -> None:
        for person in Participant.objects.exclude(erased_at=None):
            assert not hasattr(person, "identity") and not person.administrations.exists()
            assert all(audit.detail(event) is None for event in Event.objects.filter(person=person.pk))

    @invariant()
    def a_frozen_copy_stays_as_it_was(self) -> None:
        now = {pk: bytes(package) for pk, package in Freeze.objects.values_list("pk", "package")}
        assert self.packages.items() <= now.items()
        self.packages = now

    def by(self, role: str):
        return self.cast.staff[role]

    def fresh(self, person: int) -> Participant:
        return Participant.objects.get(pk=person)


def tried(cast: Cast, runs: int, steps: int) -> int:
    """Run the machine, whose invariants raise where a promise breaks; return how often they were looked at."""
    Happenings.cast, Happenings.looks = cast, 0
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    given = settings(max_examples=runs, stateful_step_count=steps, derandomize=True, database=None)
    with time_machine.travel(datetime(2026, 2, 20, 10, tzinfo=UTC), tick=False):
        run_state_machine_as_test(Happenings, settings=settings(given, suppress_health_check=slow))
    assert connection.in_atomic_block
    return Happenings.looks


def test_whatever_happens_the_promises_hold(cast: Cast) -> None:
    assert tried(cast, runs=12, steps=40) > 12 * 20


@pytest.mark.long
def test_whatever_happens_two_thousand_times_the_promises_hold(cast: Cast) -> None:
    assert tried(cast, runs=2000, steps=40) > 2000 * 20
