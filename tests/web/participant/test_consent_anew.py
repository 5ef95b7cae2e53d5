"""The words of the consent change: people are asked once more, and until they answer the consent before holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.actions.answers import Sent
from pilotage.web.records.models import Administration, Consent, Event, Participant
from tests.web.cast import Cast, at_home, consented

AGREED = {"statement-room": "on", "typed_name": "Ann Other"}
V2 = """    - id: v2
      starts: 2026-02-21
      text: "wording/consent.v2.{language}.md"
      statements:
        - {id: room, text: {en: I know of the new rooms., nl: Ik weet van de nieuwe ruimtes.}}
  withdrawal:"""


@pytest.fixture
def person(cast: Cast) -> Participant:
    """Someone who agreed to v1 and began; v2 is announced for tomorrow."""
    someone = consented(cast)
    actions.save_answers(someone, due(someone), [Sent("1", "2")], "en")
    folder = settings.ENVIRONMENT.folder / "calm"
    for language in ("en", "nl"):
        (folder / f"wording/consent.v2.{language}.md").write_text("# New rooms\n\nWe moved.\n")
    protocol = folder / "protocol.yaml"
    protocol.write_text(protocol.read_text().replace("  withdrawal:", V2, 1))
    actions.amend(cast.study, audit.SERVER, "the course moved")
    return someone


def due(person: Participant) -> queries.Due:
    return next(d for d in queries.asked_of(Participant.objects.get(pk=person.pk)) if d.instrument == "pss-10")


@pytest.fixture
def tomorrow(person: Participant, before_the_course) -> None:
    before_the_course.move_to(datetime(2026, 2, 21, 10, tzinfo=UTC))


def test_before_newer_words_are_in_force_nobody_is_asked(person: Participant) -> None:
    phone = at_home(person)
    assert "has changed" not in phone.get("/me/").content.decode()
    assert phone.get("/me/consent/").url == "/me/consent/copy/"


def test_then_the_first_page_asks_first_and_the_consent_before_holds(person: Participant, tomorrow: None) -> None:
    page = at_home(person).get("/me/").content.decode()
    assert "The information about the study has changed" in page
    actions.save_answers(person, due(person), [Sent("2", "3")], "en")
    assert Consent.objects.get().ended_at is None


def test_agreeing_anew_ends_the_one_before_and_what_was_begun_goes_on(person: Participant, tomorrow: None) -> None:
    phone = at_home(person)
    shown = phone.get("/me/consent/").content.decode()
    assert "We moved." in shown and "I continue to take part" in shown and "/me/leave/" in shown
    for _ in range(2):
        phone.post("/me/consent/", AGREED)
    old, new = Consent.objects.order_by("given_at")
    assert (old.text.version, new.text.version) == ("v1", "v2")
    assert old.ended_at == new.given_at and new.ended_at is None
    assert Administration.objects.get().consent == new
    actions.save_answers(person, due(person), [Sent("2", "3")], "en")
    said = audit.detail(Event.objects.get(what="consent given"))
    assert said is not None and (said["before"]["version"], said["after"]["version"]) == ("v1", "v2")
    assert "has changed" not in phone.get("/me/").content.decode()


def test_what_was_finished_stands_on_the_consent_it_was_given_under(person: Participant, tomorrow: None) -> None:
    actions.finish(person, due(person), "en", blanks_meant=True)
    at_home(person).post("/me/consent/", AGREED)
    assert Administration.objects.get().consent.text.version == "v1"
    assert due(person).finished


def test_someone_who_would_rather_not_leaves(person: Participant, tomorrow: None) -> None:
    actions.leave(person, person, ["study"])
    phone = at_home(person)
    assert "has changed" not in phone.get("/me/").content.decode()
    phone.post("/me/consent/", AGREED)
    assert Consent.objects.get().ended_at is not None
