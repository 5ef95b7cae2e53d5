"""A participant's first page: what there is to do now, and nothing else first."""

import re
from datetime import UTC, datetime

from pilotage.web.records import protocols
from pilotage.web.records.models import Administration, Participant
from tests.web.cast import Cast, at_home, consented, someone

AFTER = datetime(2026, 3, 21, 10, tzinfo=UTC)
JANUARY = datetime(2026, 1, 20, 10, tzinfo=UTC)


def home(person: Participant) -> str:
    response = at_home(person).get("/me/")
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """What stands on a page, in one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def finish(cast: Cast, person: Participant, *instruments: str) -> None:
    for instrument in instruments:
        Administration.objects.create(
            participant=person,
            consent=person.consents.get(),
            version=cast.version,
            assessment="pre",
            instrument=instrument,
            language="en",
            completed_at=datetime(2026, 2, 19, tzinfo=UTC),
        )


def test_questionnaires_come_first_with_how_many_how_long_and_until_when(cast: Cast) -> None:
    person = consented(cast)
    finish(cast, person, "pss-10")
    page = home(person)
    said = words(page)
    assert "1 of 3" in said and "about 6 minutes left" in said and "open until Wed 4 March" in said
    assert 'href="/me/ask/pre/ffmq-39/1/">Continue</a>' in page


def test_a_page_has_one_main_button(cast: Cast, before_the_course) -> None:
    before_the_course.move_to(AFTER)
    page = home(consented(cast))
    buttons = re.findall(r'<a class="button([^"]*)"', page)
    assert len(buttons) >= 3
    assert len([one for one in buttons if "second" not in one and "plain" not in one]) == 1


def test_what_was_begun_is_gone_on_with(cast: Cast) -> None:
    person = consented(cast)
    at_home(person).post("/me/ask/pre/about-you/1/", {"page": "1", "answer-age": "40"})
    assert 'href="/me/ask/pre/about-you/1/">Continue</a>' in home(person)


def test_with_nothing_to_do_it_says_what_comes_and_when(cast: Cast) -> None:
    person = consented(cast)
    finish(cast, person, "pss-10", "ffmq-39", "about-you")
    said = words(home(person))
    assert "There is nothing to do now" in said
    assert "The next questions: Each week, from Tue 10 March 2026" in said
    assert "Next session" in said and "Thu 5 March 2026, 19.00" in said


def test_the_control_arm_sees_no_sessions(cast: Cast) -> None:
    assert "Next session" not in words(home(consented(cast, "P02", "control")))


def test_what_can_be_told_at_any_time_does_not_wait_as_a_questionnaire(cast: Cast) -> None:
    protocol = protocols.of(cast.study).protocol
    assert all(a.when != "any time" for a in protocol.assessments)  # else it would stand here for ever


def test_looking_at_it_changes_nothing(cast: Cast) -> None:
    home(consented(cast))
    assert not Administration.objects.exists()


def test_before_screening_it_says_so_kindly(cast: Cast) -> None:
    said = words(home(someone(cast)))
    assert "We first check whether the study suits you" in said


def test_without_a_link_nothing_is_seen(client) -> None:
    assert client.get("/me/").status_code == 302
