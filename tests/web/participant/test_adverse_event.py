"""What someone who reports something unpleasant is promised."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import AdverseEvent, Event, Participant, Place, RoleHeld
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, at_home, consented, signed_in, someone

CANARY = "the canary sang of my sister Wilhelmina"
REPORT = "/me/something-unpleasant/"


@pytest.fixture
def person(cast: Cast) -> Participant:
    return consented(cast)


@pytest.fixture
def home(person: Participant) -> Client:
    return at_home(person)


def told(client: Client, *may_know: str, **more: str) -> str:
    response = client.post(REPORT, {"what": CANARY, "may_know": may_know, **more})
    assert response.status_code == 302, response.content.decode()
    return response.url


def page(client: Client, url: str) -> str:
    return client.get(url, follow=True).content.decode()


def test_it_is_one_tap_away_from_the_first_page_and_every_other(home: Client) -> None:
    for url in ("/me/", "/me/leave/", "/me/consent/copy/"):
        assert f'href="{REPORT}"' in page(home, url)


def test_first_of_all_it_says_whom_to_call_and_how_soon_somebody_answers(home: Client) -> None:
    said = page(home, REPORT)
    assert said.index("Call your doctor or 112 at once") < said.index("<form class")
    assert "within 2 days" in said and "Dr Ina Onafhankelijk, 050 765 43 21" in said


def test_it_asks_the_protocols_questions_besides_ones_own_words(person: Participant, home: Client) -> None:
    assert "How much did it trouble you?" in page(home, REPORT)
    told(home, "safety-contact", **{"answer-how-bad": "4", "onset": "2026-02-18"})
    event = AdverseEvent.objects.get()
    assert (event.answers, event.onset, event.source) == ({"how-bad": "4"}, date(2026, 2, 18), "participant")
    assert (event.ascertainment, event.may_know) == ("spontaneous", ["safety-contact"])


def test_a_few_words_are_enough_and_without_any_what_was_chosen_stays(home: Client) -> None:
    answered = home.post(REPORT, {"what": " ", "may_know": ["coordinator"], "answer-how-bad": "4"})
    said = answered.content.decode()
    assert "Write a few words about what happened." in said and AdverseEvent.objects.count() == 0
    assert 'value="4"' in said and "checked" in said


def test_nobody_is_chosen_for_one_who_chooses_nobody(home: Client) -> None:
    assert "Choose at least one" in home.post(REPORT, {"what": CANARY}).content.decode()


def test_a_day_to_come_is_no_beginning(home: Client) -> None:
    sent = {"what": CANARY, "may_know": ["coordinator"], "onset": "2026-03-01"}
    assert "in the future" in home.post(REPORT, sent).content.decode()


def test_afterwards_a_page_says_what_happens_next(cast: Cast, person: Participant, home: Client) -> None:
    url = told(home, "safety-contact")
    said = page(home, url)
    assert "What happens next" in said and "Vera Veilig" in said and CANARY in said
    assert "Sun 22 February, 11.00" in said  # two days on, by the study's clock
    event = AdverseEvent.objects.get()
    actions.open_report(cast.staff["safety-contact"], event)
    assert "Your report was opened" in page(home, url)


def test_somebody_elses_report_is_not_found(cast: Cast, home: Client) -> None:
    url = told(home, "coordinator")
    assert at_home(consented(cast, "P02")).get(url).status_code == 404


def test_nothing_of_it_goes_into_a_mail_or_the_log(person: Participant, home: Client) -> None:
    told(home, "coordinator", "safety-contact", "independent")
    assert mail.outbox == []
    for event in Event.objects.all():
        assert b"canary" not in bytes(event.detail) and "canary" not in str(audit.detail(event))
    assert list(audit.broken()) == []


def test_only_roles_that_somebody_holds_are_offered_and_the_independent_contact_always(
    cast: Cast, home: Client
) -> None:
    said = page(home, REPORT)
    assert 'value="coordinator"' in said and 'value="independent"' in said and 'value="teacher"' not in said
    RoleHeld.objects.filter(role="coordinator").update(until=datetime(2026, 2, 19, tzinfo=UTC))
    assert 'value="coordinator"' not in page(home, REPORT)


def test_who_may_know_can_be_changed_later(cast: Cast, person: Participant, home: Client) -> None:
    url = told(home, "safety-contact")
    assert queries.reports_for(cast.staff["coordinator"], cast.study) == []
    home.post(url, {"may_know": ["coordinator", "safety-contact"]})
    assert len(queries.reports_for(cast.staff["coordinator"], cast.study)) == 1


def test_for_the_independent_contact_alone_the_page_says_to_call(cast: Cast, home: Client) -> None:
    said = page(home, told(home, "independent"))
    assert "You chose that nobody who handles reports reads this one" in said and "050 765 43 21" in said
    for role in ("coordinator", "safety-contact", "teacher"):
        assert queries.reports_for(cast.staff[role], cast.study) == []


def test_people_of_the_course_alone_can_report_too(cast: Cast) -> None:
    person = someone(cast, "P09")
    Place.objects.create(participant=person, cohort=cast.cohort, on_course=True)
    told(at_home(person), "coordinator")
    assert queries.reports_for(cast.staff["coordinator"], cast.study)[0].event.participant == person


def test_someone_only_approached_reads_whom_to_call(cast: Cast) -> None:
    client = at_home(someone(cast, "P09"))
    said = page(client, REPORT)
    assert "112" in said and 'name="what"' not in said
    assert "take part" in client.post(REPORT, {"what": CANARY, "may_know": ["coordinator"]}).content.decode()


def test_a_teacher_tells_a_concern_that_those_who_handle_reports_read(cast: Cast, person: Participant) -> None:
    teacher = cast.staff["teacher"]
    actions.report_event(teacher, person, source="teacher", description="He looked very tired.")
    assert [one.words for one in queries.told_to_teacher(teacher, cast.study)] == ["He looked very tired."]
    for role in ("coordinator", "safety-contact"):
        assert len(queries.reports_for(cast.staff[role], cast.study)) == 1


def test_an_empty_report_is_refused(person: Participant) -> None:
    with pytest.raises(ActionRefused, match="few words"):
        actions.report_event(person, person, source="participant", description=" ", may_know=["coordinator"])


@pytest.mark.parametrize("role", ["teacher", "researcher", "data-entry", "administrator"])
def test_nobody_else_finds_the_inbox(cast: Cast, home: Client, role: str) -> None:
    told(home, "coordinator")
    client = signed_in(cast.staff[role])
    for url in ("/calm/safety/", f"/calm/safety/{AdverseEvent.objects.get().pk}/"):
        assert client.get(url).status_code == 404
