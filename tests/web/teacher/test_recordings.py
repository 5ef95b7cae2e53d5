"""A recording of a session: for that group alone, and while everybody who was there agrees."""

from __future__ import annotations

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pilotage.web.records import actions, queries
from pilotage.web.records.audio import audio_type
from pilotage.web.records.models import Cohort, Participant, Place, Recording, RecordingConsent
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, at_home, consented, signed_in
from tests.web.teacher.room import THE_EVENING, another_teacher, group, leaves_the_course, session, teacher

SOUND = b"ID3" + bytes(range(256)) * 20


@pytest.fixture
def people(cast: Cast) -> list[Participant]:
    """Two who were there, and one who was not."""
    three = group(cast)
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))
        for person, status in zip(three, ("present", "late", "absent"), strict=True):
            actions.mark_attendance(teacher(cast), session(cast), person, status)
    return three


@pytest.fixture
def recording(cast: Cast, people: list[Participant]) -> Recording:
    return actions.add_recording(teacher(cast), session(cast), title="Listen deeply", file=io.BytesIO(SOUND))


def agree(recording: Recording, *people: Participant) -> None:
    for person in people:
        actions.agree_to_recording(person, RecordingConsent.objects.get(recording=recording, participant=person))


def hear(person: Participant, recording: Recording, **headers: str) -> int:
    answer = at_home(person).get(f"/me/recordings/{recording.pk}/", headers=headers)
    return int(answer.status_code)


def test_those_who_were_there_are_asked(recording: Recording, people: list[Participant]) -> None:
    assert {voice.participant for voice in recording.voices.all()} == set(people[:2])


def test_nobody_hears_it_until_everybody_on_it_agreed(recording: Recording, people: list[Participant]) -> None:
    assert [hear(person, recording) for person in people] == [404, 404, 404]
    agree(recording, people[0])
    assert [hear(person, recording) for person in people] == [404, 404, 404]
    agree(recording, people[1])
    assert [hear(person, recording) for person in people] == [200, 200, 200]


def test_taking_it_back_ends_it_for_everybody_at_once(recording: Recording, people: list[Participant]) -> None:
    agree(recording, *people[:2])
    at_home(people[1]).post(f"/me/recordings/{recording.pk}/agree/", {"do": "not"})
    assert [hear(person, recording) for person in people] == [404, 404, 404]


def test_who_left_the_course_hears_it_no_more_and_can_still_take_back(
    recording: Recording, people: list[Participant]
) -> None:
    agree(recording, *people[:2])
    leaves_the_course(people[0])
    assert [hear(person, recording) for person in people] == [404, 200, 200]
    assert "Withdraw my permission" in at_home(people[0]).get("/me/recordings/").content.decode()
    at_home(people[0]).post(f"/me/recordings/{recording.pk}/agree/", {"do": "not"})
    assert hear(people[2], recording) == 404


def test_no_other_group_and_no_control_arm_hears_it(
    cast: Cast, recording: Recording, people: list[Participant]
) -> None:
    agree(recording, *people[:2])
    other = Cohort.objects.create(study=cast.study, centre=cast.north, key="x", name="X", minimum=4, maximum=6)
    stranger, control = consented(cast, "P07"), consented(cast, "P08", "control")
    Place.objects.filter(participant=stranger).update(cohort=other)
    assert [hear(person, recording) for person in (stranger, control)] == [404, 404]


def test_nobody_answers_for_somebody_else(recording: Recording, people: list[Participant]) -> None:
    answer = at_home(people[2]).post(f"/me/recordings/{recording.pk}/agree/", {"do": "agree"})
    assert answer.status_code == 404


def test_only_the_groups_own_teacher_hears_and_erases_it(cast: Cast, recording: Recording) -> None:
    path = f"/calm/groups/recordings/{recording.pk}/"
    tina, theo = signed_in(another_teacher(cast)), signed_in(teacher(cast))
    assert [client.get(path).status_code for client in (tina, theo)] == [404, 200]
    assert tina.post(f"{path}remove/").status_code == 404
    theo.post(f"{path}remove/")
    recording.refresh_from_db()
    assert bytes(recording.content) == b""
    assert theo.get(path).status_code == 404


def test_nothing_is_added_before_it_is_known_who_was_there(cast: Cast) -> None:
    with pytest.raises(ActionRefused, match="who was present"):
        actions.add_recording(teacher(cast), session(cast), title="x", file=io.BytesIO(SOUND))


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"OggS\x00", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", None),
        (b"\x00\x00\x00\x20ftypM4A soun", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom....hdlr....vide", None),
        (b"<!doctype html><script>", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_file_is_sound_by_what_it_holds_and_not_by_its_name(begins: bytes, kind: str | None) -> None:
    assert audio_type(io.BytesIO(begins)) == kind


def test_what_is_no_sound_is_refused_on_the_page(cast: Cast, people: list[Participant]) -> None:
    page = SimpleUploadedFile("meditation.mp3", b"<!doctype html>", content_type="audio/mpeg")
    answer = signed_in(teacher(cast)).post(
        f"/calm/groups/sessions/{session(cast).pk}/recordings/add/", {"title": "Listen", "file": page}
    )
    assert "cannot play this sound file" in answer.content.decode()
    assert not Recording.objects.exists()


def test_too_large_a_file_is_refused(cast: Cast, people: list[Participant], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilotage.web.records.actions.recordings.MOST_MEGABYTES", 0)
    with pytest.raises(ActionRefused, match="larger"):
        actions.add_recording(teacher(cast), session(cast), title="x", file=io.BytesIO(SOUND))


@pytest.mark.parametrize(
    ("asked", "status", "begin", "end"),
    [
        (None, 200, 0, len(SOUND)),
        ("bytes=0-1", 206, 0, 2),
        ("bytes=100-", 206, 100, len(SOUND)),
        ("bytes=-500", 206, len(SOUND) - 500, len(SOUND)),
        ("bytes=5-999999", 206, 5, len(SOUND)),
        ("bytes=999999-", 416, 0, 0),
        ("bytes=9-3", 416, 0, 0),
        ("lines=1-2", 200, 0, len(SOUND)),
    ],
)
def test_a_phones_player_gets_the_bytes_it_asks_for(
    cast: Cast, recording: Recording, asked: str | None, status: int, begin: int, end: int
) -> None:
    headers = {"Range": asked} if asked else {}
    answer = signed_in(teacher(cast)).get(f"/calm/groups/recordings/{recording.pk}/", headers=headers)
    assert answer.status_code == status
    content = b"".join(answer.streaming_content) if answer.streaming else b""  # type: ignore[attr-defined]
    assert content == SOUND[begin:end]
    assert "no-store" in answer["Cache-Control"]
    if status == 206:
        assert answer["Content-Range"] == f"bytes {begin}-{end - 1}/{len(SOUND)}"


def test_a_large_recording_comes_in_pieces(cast: Cast, people: list[Participant]) -> None:
    large = b"ID3" + b"x" * 700_000
    recording = actions.add_recording(teacher(cast), session(cast), title="x", file=io.BytesIO(large))
    pieces = list(queries.sound(recording, 0, len(large) - 1))
    assert len(pieces) == 3
    assert b"".join(pieces) == large


def test_the_first_page_asks_until_it_is_answered_or_old(recording: Recording, people: list[Participant]) -> None:
    home = at_home(people[0])
    assert "A recording of your group" in home.get("/me/").content.decode()
    assert "A recording of your group" not in at_home(people[2]).get("/me/").content.decode()
    agree(recording, people[0])
    assert "A recording of your group" not in home.get("/me/").content.decode()


def test_the_phone_asks_and_says_what_it_means(cast: Cast, recording: Recording, people: list[Participant]) -> None:
    shown = at_home(people[0]).get("/me/recordings/").content.decode()
    assert "My group may listen" in shown
    assert "If you do nothing, nobody in your group can listen to it." in shown
    assert Client().get("/me/recordings/").status_code == 302
