"""What a finished form or questionnaire sets going."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pilotage.web.records import actions, queries
from pilotage.web.records.models import Administration, AdverseEvent, Answer, Comment, Event, Participant
from tests.shared import ROOT
from tests.web.cast import Cast, at_home, signed_in
from tests.web.safety.conftest import CANARY
from tests.web.visitor import environment

REVERSED = (4, 5, 7, 8)  # of the PSS-10
HIGHEST = {str(n): "0" if n in REVERSED else "4" for n in range(1, 11)}  # 40


def given(cast: Cast, person: Participant, instrument: str, answers: dict[str, str | None]) -> Administration:
    consent = person.consents.get()
    row = Administration.objects.create(
        participant=person, consent=consent, version=cast.version, assessment="x", instrument=instrument, language="en"
    )
    words = {"description"}
    Answer.objects.bulk_create(
        Answer(administration=row, item=i, value=v) for i, v in answers.items() if i not in words
    )
    Comment.objects.bulk_create(Comment(administration=row, item=i, text=v) for i, v in answers.items() if i in words)
    actions.raise_from_answers(row)
    return row


def raised() -> list[tuple[str, str, list[str]]]:
    return list(AdverseEvent.objects.values_list("source", "rule", "may_know"))


def test_the_weekly_question_reports_what_happened_once(cast: Cast, person: Participant) -> None:
    row = given(cast, person, "week", {"unpleasant": "yes", "description": CANARY, "how-bad": "4"})
    actions.raise_from_answers(row)
    event = AdverseEvent.objects.get()
    assert (event.source, event.ascertainment, event.description) == ("participant", "asked", CANARY)
    assert (event.answers, event.may_know) == ({"how-bad": "4"}, ["safety-contact"])


def test_a_week_without_anything_unpleasant_reports_nothing(cast: Cast, person: Participant) -> None:
    given(cast, person, "week", {"unpleasant": "no"})
    assert raised() == []


@pytest.mark.parametrize(
    ("changed", "alarms"),
    [
        ({}, True),
        ({"1": None}, True),  # one blank of ten is made good: 40 of what was answered
        ({str(n): None for n in range(1, 6)}, False),  # so many blanks give no score, and no score no alert
        ({"1": "0", "2": "0", "3": "0"}, False),  # 28
        ({"1": "0", "2": "0", "3": "2"}, True),  # 30, the limit itself
    ],
    ids=["highest", "one blank", "half blank", "below", "at the limit"],
)
def test_a_score_beyond_the_limit_raises_an_alert(
    cast: Cast, person: Participant, changed: dict[str, str | None], alarms: bool
) -> None:
    given(cast, person, "pss-10", HIGHEST | changed)
    assert raised() == ([("alert rule", "high-stress", ["safety-contact"])] if alarms else [])


def test_an_alert_shows_no_answer_and_only_to_the_role_it_tells(cast: Cast, person: Participant) -> None:
    given(cast, person, "pss-10", HIGHEST)
    event = AdverseEvent.objects.get()
    assert (event.description, event.answers) == ("", {})
    assert queries.reports_for(cast.staff["coordinator"], cast.study) == []
    client = signed_in(cast.staff["safety-contact"])
    client.post(f"/calm/safety/{event.pk}/open/")
    said = client.get(f"/calm/safety/{event.pk}/").content.decode()
    assert "high-stress" in said and "The answers themselves are not shown" in said and ">40<" not in said
    assert b"high-stress" not in bytes(Event.objects.get(what="alert raised").detail)


def test_an_alert_that_turns_out_to_be_no_harm_is_closed_with_what_was_done(cast: Cast, person: Participant) -> None:
    given(cast, person, "pss-10", HIGHEST)
    contact, event = cast.staff["safety-contact"], AdverseEvent.objects.get()
    actions.open_report(contact, event)
    actions.act_on_report(contact, event, "called; a busy week", "")
    actions.close_report(contact, event)
    event.refresh_from_db()
    assert event.closed_at is not None and event.judged_at is None


def test_an_alert_is_told_at_once(cast: Cast, person: Participant) -> None:
    given(cast, person, "pss-10", HIGHEST)
    found = queries.safety_notices_due(cast.study, AdverseEvent.objects.get().reported_at + timedelta(minutes=1))
    assert [notice.to for notice in found] == ["safety-contact@calm.example"]


def test_the_person_finds_what_they_told_in_the_weekly_question_and_no_alert(cast: Cast, person: Participant) -> None:
    given(cast, person, "week", {"unpleasant": "yes", "description": CANARY})
    given(cast, person, "pss-10", HIGHEST)
    assert [event.description for event in queries.own_reports(person)] == [CANARY]


def test_whoever_told_it_in_the_weekly_question_is_shown_the_way_to_who_may_know(
    cast: Cast, person: Participant, clock
) -> None:
    clock.move_to(datetime(2026, 3, 10, 10, tzinfo=UTC))  # late in the first week
    client = at_home(person)
    answers = {"answer-unpleasant": "yes", "answer-description": CANARY, "answer-how-bad": "2"}
    said = client.post("/me/ask/weeks/week/1/", {**answers, "go": "finish"}, follow=True).content.decode()
    event = AdverseEvent.objects.get()
    assert f'href="/me/something-unpleasant/{event.pk}/"' in said and CANARY not in said


_ALONE = """
import sys, types
from pathlib import Path
from pilotage.web import start
start.set_up(Path(sys.argv[1]))
import pilotage.web.records
package = types.ModuleType("pilotage.web.records.actions")  # as a package whose __init__ imports nothing
package.__path__ = [str(Path(pilotage.web.records.__file__).parent / "actions")]
sys.modules[package.__name__] = package
from pilotage.web.records.actions import answers, correcting, data_entry
from pilotage.web.records.actions.alerts import raise_from_answers
for function in (answers.finish, correcting.correct_answer, data_entry._give):
    plain = getattr(function, "__wrapped__", function)
    assert plain.__globals__["raise_from_answers"] is raise_from_answers
    assert "raise_from_answers" in plain.__code__.co_names, function
"""


def test_alerts_are_raised_whatever_else_is_imported(tmp_path: Path) -> None:
    """What saves answers calls them itself; a server that imports the one module has them too."""
    command = [sys.executable, "-c", _ALONE, str(tmp_path)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
