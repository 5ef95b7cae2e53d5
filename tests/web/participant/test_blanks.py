"""Blanks: asked about once before sending, or not allowed, by the rule of the assessment."""

from datetime import UTC, datetime

import pytest

from pilotage.protocol.assessment import Assessment
from pilotage.web.records import actions, items, protocols, queries
from pilotage.web.records.models import Administration, Participant
from tests.web.cast import Cast, at_home, consented

AFTER = datetime(2026, 3, 21, 10, tzinfo=UTC)
PSS = "/me/ask/post/pss-10/1/"


@pytest.fixture
def person(cast: Cast, before_the_course) -> Participant:
    before_the_course.move_to(AFTER)
    return consented(cast)


def with_blanks(rule: str, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """The protocol in force as if its assessments had this rule."""
    protocol = protocols.of(cast.study).protocol
    for assessment in protocol.assessments:
        monkeypatch.setitem(assessment.__dict__, "blank", rule)


ANSWERS = {f"answer-{n}": "1" for n in range(1, 9)}


@pytest.mark.parametrize("rule", ["allowed", "asked again"])
def test_what_has_no_answer_is_listed_once_before_sending(
    cast: Cast, person: Participant, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    with_blanks(rule, monkeypatch, cast)
    phone = at_home(person)
    shown = phone.post(PSS, {**ANSWERS, "go": "finish"}).content.decode()
    assert "You left 2 questions blank" in shown and 'name="blanks-meant"' in shown
    assert Administration.objects.get().completed_at is None
    phone.post(PSS, {**ANSWERS, "go": "finish", "blanks-meant": "1"})
    assert Administration.objects.get().completed_at is not None


def test_what_was_left_blank_on_purpose_is_not_asked_again(cast: Cast, person: Participant, monkeypatch) -> None:
    with_blanks("asked again", monkeypatch, cast)
    at_home(person).post(PSS, {**ANSWERS, "answer-9": "", "answer-10": "", "go": "finish"})
    assert Administration.objects.get().completed_at is not None


def test_where_blanks_are_not_allowed_every_item_needs_an_answer(cast: Cast, person: Participant, monkeypatch) -> None:
    with_blanks("not allowed", monkeypatch, cast)
    phone = at_home(person)
    assert "Leave blank" not in phone.get(PSS).content.decode()
    shown = phone.post(PSS, {**ANSWERS, "go": "finish", "blanks-meant": "1"}).content.decode()
    assert "2 questions need an answer" in shown and shown.count("This question needs an answer.") == 2
    phone.post(PSS, {**ANSWERS, "answer-9": "0", "answer-10": "0", "go": "finish"})
    assert Administration.objects.get().completed_at is not None


def test_the_write_itself_keeps_the_rule(cast: Cast, person: Participant, monkeypatch) -> None:
    with_blanks("not allowed", monkeypatch, cast)
    due = queries.one_due(person, protocols.of(cast.study), "post", "pss-10", 1)
    assert due is not None
    with pytest.raises(actions.Unfinished) as refused:
        actions.finish(person, due, "en", blanks_meant=True)
    assert len(refused.value.unanswered.needed) == 10


def test_an_item_that_is_not_asked_is_not_missed(cast: Cast) -> None:
    loaded = protocols.of(cast.study)
    form, strict = (
        loaded.protocol.form("week"),
        Assessment.model_validate(
            {"id": "w", "label": "W", "when": "every week", "arms": ["training"], "blank": "not allowed"}
        ),
    )
    assert items.unanswered(form, strict, {"unpleasant": "no"}).needed == ()
    assert items.unanswered(form, strict, {"unpleasant": "yes"}).needed == ("description", "how-bad")
