"""Materials come with their session, in the person's language, from the study's folder and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.test import Client

from pilotage.protocol.programme import Material
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Identity, MaterialReleased, Participant
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, at_home, consented
from tests.web.teacher.room import THE_EVENING, course_only, group, leaves_the_course, session, teacher


def material(file: str | None) -> Material:
    return Material(
        id="workbook",
        title="Workbook",
        kind="manual",
        language="nl",
        source="made here",
        licence="ours",
        released=1,
        file=file,
    )


@pytest.fixture
def with_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook has a file by language, of which the Dutch one is there."""
    programme = protocols.of(cast.study).protocol.programme
    assert programme is not None
    monkeypatch.setattr(
        "pilotage.web.records.queries.materials._materials", lambda study: [material("w.{language}.pdf")]
    )
    place = protocols.folder(cast.study) / "w.nl.pdf"
    place.write_bytes(b"%PDF-1.7 boek")
    return place


def begin(cast: Cast) -> None:
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))


def shown(person: Participant) -> str:
    return at_home(person).get("/me/materials/").content.decode()


def test_materials_come_with_their_session(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    assert "Workbook" not in shown(person)
    begin(cast)
    assert "Workbook" in shown(person)
    assert "Licence: ours" in shown(person)


def test_a_teacher_gives_a_material_earlier_and_once(cast: Cast) -> None:
    for _twice in range(2):
        actions.release_material(teacher(cast), session(cast), "workbook")
    begin(cast)
    assert MaterialReleased.objects.count() == 1
    with pytest.raises(ActionRefused):
        actions.release_material(teacher(cast), session(cast), "no-such-thing")


def test_people_who_take_the_course_alone_have_the_materials_too(cast: Cast) -> None:
    person = course_only(cast)
    begin(cast)
    assert "Workbook" in shown(person)


def test_nobody_else_has_them(cast: Cast) -> None:
    control, left = consented(cast, "P08", "control"), consented(cast, "P02")
    begin(cast)
    leaves_the_course(left)
    for person in (control, left):
        assert at_home(person).get("/me/materials/").status_code == 404
        assert at_home(person).get("/me/materials/workbook/").status_code == 404
    assert Client().get("/me/materials/workbook/").status_code == 302


def test_a_file_is_handed_out_to_keep(cast: Cast, with_file: Path) -> None:
    (person,) = group(cast, "P01")
    assert at_home(person).get("/me/materials/workbook/").status_code == 404  # not given out yet
    begin(cast)
    answer = at_home(person).get("/me/materials/workbook/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 boek"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="w.nl.pdf"'
    answer.close()


def test_the_persons_language_comes_before_the_others(cast: Cast, with_file: Path) -> None:
    english = with_file.with_name("w.en.pdf")
    english.write_bytes(b"%PDF-1.7 book")
    try:
        ann, bob = group(cast, "P01", "P02")
        Identity.objects.filter(participant=bob).update(language="nl")
        begin(cast)
        files = [queries.materials_of(ann, "en")[0].file, queries.materials_of(bob, "nl")[0].file]
        assert files == [english.resolve(), with_file.resolve()]
    finally:
        english.unlink()


def test_a_file_that_is_missing_is_said_to_be(cast: Cast, with_file: Path) -> None:
    (person,) = group(cast, "P01")
    begin(cast)
    with_file.unlink()
    assert "The file is not available yet" in shown(person)
    assert at_home(person).get("/me/materials/workbook/").status_code == 404


@pytest.mark.parametrize(
    "place",
    [
        "../outside.pdf",
        "/etc/passwd",
        "wording/../../outside.pdf",
        "link.pdf",
        ".pilotage/secret.pdf",
        "protocol.yaml",
        "wording",
        "pilotage.sqlite3",
    ],
)
def test_nothing_outside_the_folder_hidden_or_of_another_kind_is_handed_out(cast: Cast, place: str) -> None:
    folder = protocols.folder(cast.study)
    outside = folder.parent / "outside.pdf"
    hidden = folder / ".pilotage" / "secret.pdf"
    hidden.parent.mkdir(exist_ok=True)
    for file in (outside, hidden, folder / "pilotage.sqlite3"):
        file.write_bytes(b"secret")
    (folder / "link.pdf").unlink(missing_ok=True)
    (folder / "link.pdf").symlink_to(outside)
    assert queries.file_of(cast.study, material(place), "en") is None
