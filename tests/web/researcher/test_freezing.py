"""What freezing promises: a plan locked before outcomes, fresh codes, nobody to be found, removal where promised."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from pilotage.web.records import actions, archives, audit, protocols
from pilotage.web.records.models import Administration, AnalysisRun, Event, Freeze, FrozenCode, User
from pilotage.web.records.plan_changes import plan_changes
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, signed_in
from tests.web.researcher.filled import CANARY, commented, delivered, filled, left, reaction


@pytest.fixture
def frozen(cast: Cast) -> Freeze:
    people = filled(cast)
    delivered(cast, *people)
    actions.lock_plan(cast.staff["researcher"], cast.study)
    return actions.freeze(cast.staff["researcher"], cast.study)


def codes(freeze: Freeze) -> set[str]:
    return set(archives.data_of(freeze).flow["participant"].to_list())


def amended(cast: Cast, before: str, after: str, reason: str = "The committee asked for it"):
    file = Path(settings.ENVIRONMENT.folder) / cast.study.folder / "protocol.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return actions.amend(cast.study, audit.SERVER, reason)


def removed_from_copies(cast: Cast) -> None:
    amended(cast, "frozen: kept", "frozen: removed")


def test_data_with_outcomes_wait_for_the_plan_to_be_locked(cast: Cast) -> None:
    filled(cast, 2)
    with pytest.raises(ActionRefused, match="Lock the analysis plan first"):
        actions.freeze(cast.staff["researcher"], cast.study)
    assert not Freeze.objects.exists()


def test_data_without_outcomes_are_frozen_before(cast: Cast) -> None:
    filled(cast, 2, post=False)
    assert actions.freeze(cast.staff["researcher"], cast.study).with_outcomes is False


def test_nothing_is_frozen_while_nobody_consented(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="Nobody has given their consent"):
        actions.freeze(cast.staff["researcher"], cast.study)


def test_a_plan_is_locked_once(cast: Cast) -> None:
    actions.lock_plan(cast.staff["researcher"], cast.study)
    with pytest.raises(ActionRefused, match="already locked"):
        actions.lock_plan(cast.staff["researcher"], cast.study)


def test_the_codes_of_two_copies_share_nothing(cast: Cast, frozen: Freeze) -> None:
    again = actions.freeze(cast.staff["researcher"], cast.study)
    assert len(codes(frozen)) == len(codes(again)) == 8
    assert not codes(frozen) & codes(again)


def test_the_codes_are_in_no_order_of_the_people(cast: Cast, frozen: Freeze) -> None:
    given = FrozenCode.objects.filter(freeze=frozen).order_by("participant").values_list("code", flat=True)
    assert list(given) != sorted(given)
    assert archives.data_of(frozen).flow["participant"].to_list() == sorted(given)


def test_no_name_and_no_coordinators_code_is_anywhere_in_the_package(cast: Cast, frozen: Freeze) -> None:
    with zipfile.ZipFile(io.BytesIO(archives.study_package(frozen))) as package:
        texts = {name: package.read(name).decode() for name in package.namelist()}
    assert any(name.endswith("data/codebook.csv") for name in texts)
    data = "".join(text for name, text in texts.items() if "/data/" in name)
    for never in (CANARY, "people.example", "06-987", "Rosa Researcher", "Theo Teacher"):
        assert never not in data, never
    assert not [f"P{n:02}" for n in range(1, 9) if f"P{n:02}" in data.replace("PSS", "")]


def test_a_copy_keeps_its_fingerprint_and_the_same_bytes(cast: Cast, frozen: Freeze) -> None:
    data = archives.data_of(frozen)
    assert data.fingerprint == frozen.fingerprint
    assert archives.pack(data, frozen.version) == bytes(frozen.package)


def test_a_later_answer_does_not_change_a_copy(cast: Cast, frozen: Freeze) -> None:
    before = bytes(frozen.package)
    filled_later = commented(cast, cast.study.participants.first())
    actions.redact_comment(cast.staff["researcher"], filled_later, "x")
    assert bytes(Freeze.objects.get(pk=frozen.pk).package) == before


def test_who_erased_is_in_no_new_copy(cast: Cast, frozen: Freeze) -> None:
    person = cast.study.participants.get(code="P01")
    left(person, answers="erase")
    again = archives.data_of(actions.freeze(cast.staff["researcher"], cast.study))
    gone = again.flow.filter(again.flow["answers_kept"].eq(other=False))["participant"].to_list()
    assert len(gone) == 1
    assert again.participants.height == 7
    assert not set(gone) & set(again.responses["participant"].to_list())


def test_frozen_copies_stay_as_they_are_where_the_consent_says_so(cast: Cast, frozen: Freeze) -> None:
    assert actions.remove_from_freezes(audit.SERVER, cast.study.participants.get(code="P01")) == 0
    assert Freeze.objects.get(pk=frozen.pk).fingerprint == frozen.fingerprint


def test_who_erased_is_taken_out_of_every_copy_where_the_consent_says_so(cast: Cast, frozen: Freeze) -> None:
    removed_from_copies(cast)
    person = cast.study.participants.get(code="P01")
    reaction(person)
    code = FrozenCode.objects.get(freeze=frozen, participant=person).code
    actions.freeze(cast.staff["researcher"], cast.study)
    run = AnalysisRun.objects.create(
        freeze=frozen, edition="analyst", state="done", package=b"", asked_by=cast.staff["researcher"]
    )
    assert actions.remove_from_freezes(audit.SERVER, person) == 2
    after = Freeze.objects.get(pk=frozen.pk)
    data = archives.data_of(after)
    assert data.fingerprint == after.fingerprint != frozen.fingerprint
    assert (after.people, data.participants.height) == (7, 7)
    for table, frame in data.tables():
        if "participant" in frame.columns and table.name != "flow":
            assert code not in frame["participant"].to_list(), table.name
    row = data.flow.filter(data.flow["participant"] == code).row(0, named=True)
    assert (row["answers_kept"], row["allocated_on"]) == (False, None)
    assert not FrozenCode.objects.filter(participant=person).exists()
    assert AnalysisRun.objects.get(pk=run.pk).state == "failed"
    assert list(audit.broken()) == []


def test_freezing_is_in_the_log_with_the_fingerprint(cast: Cast, frozen: Freeze) -> None:
    event = Event.objects.get(what="data frozen")
    said = audit.detail(event)
    assert said is not None
    assert said["after"]["fingerprint"] == frozen.fingerprint
    assert event.actor == cast.staff["researcher"].pk


def test_an_amendment_that_leaves_the_plan_alone_is_no_deviation(cast: Cast, frozen: Freeze) -> None:
    removed_from_copies(cast)
    assert plan_changes(cast.study) == []


def test_every_change_of_a_locked_plan_is_a_deviation_with_its_reason(cast: Cast, frozen: Freeze) -> None:
    amended(cast, "at_least: 0.70", "at_least: 0.60", "Short scales")
    amended(cast, 'version: "1"', 'version: "2"', "A new number")
    amended(cast, "label: Stress, better: lower", "label: Strain, better: lower", "A better word")
    assert [change.differences for change in plan_changes(cast.study)] == [
        ("reliability.at_least: 0.7 became 0.6",),
        ("outcomes.main.pss-10.total.label: Stress became Strain",),
    ]
    data = archives.data_of(actions.freeze(cast.staff["researcher"], cast.study))
    assert data.deviations.select("kind", "planned", "description").rows() == [
        (
            "procedure",
            "ad hoc",
            "Analysis plan changed after it was locked: reliability.at_least: 0.7 became 0.6. Reason: Short scales",
        ),
        (
            "procedure",
            "ad hoc",
            "Analysis plan changed after it was locked: outcomes.main.pss-10.total.label: Stress became Strain. "
            "Reason: A better word",
        ),
    ]
    assert data.conduct["kind"].to_list().count("plan changed") == 2


def test_a_copy_is_made_under_the_version_in_force(cast: Cast, frozen: Freeze) -> None:
    amended(cast, "at_least: 0.70", "at_least: 0.60")
    again = actions.freeze(cast.staff["researcher"], cast.study)
    assert (frozen.version.number, again.version.number) == (1, 2)
    assert protocols.of_version(again.version).protocol.analysis.reliability.at_least == 0.6


def test_the_freeze_page_says_what_nobody_answered_judged_or_opened(cast: Cast) -> None:
    people = filled(cast)
    page = signed_in(cast.staff["researcher"]).get
    assert "safety report" not in page("/calm/data/freeze/").content.decode()
    reaction(people[0])
    html = unescape(page("/calm/data/freeze/").content.decode())
    assert re.findall(r"none of 8 forms has an answer to “(.+?)”", html) == ["What is your gender?"]
    assert "The criterion for" in html and "1 safety report has not been opened." in html
    assert "No problems were found" not in html


def test_the_freeze_page_names_a_question_in_the_language_of_the_page_and_one_that_was_taken_out_by_its_id(
    cast: Cast,
) -> None:
    filled(cast)
    User.objects.filter(pk=cast.staff["researcher"].pk).update(language="nl")
    rosa = signed_in(cast.staff["researcher"])
    html = unescape(rosa.get("/calm/data/freeze/").content.decode())
    assert re.findall(r"op geen van de 8 formulieren is “(.+?)” beantwoord", html) == ["Wat is uw geslacht?"]
    Administration.objects.filter(instrument="about-you").update(assessment="gone")
    html = unescape(rosa.get("/calm/data/freeze/").content.decode())
    assert "gone, about-you: op geen van de 8 formulieren is “gender” beantwoord." in html
