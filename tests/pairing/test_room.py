"""The room on one laptop: what a teacher does is kept in one file, and nobody else can reach it."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotage.pairing import Log, Rules
from pilotage.pairing.room.actions import NotDone, act
from pilotage.pairing.room.file import load, save
from pilotage.pairing.room.room import Room
from pilotage.pairing.room.server import RoomServer
from pilotage.pairing.room.view import view
from pilotage.pairing.stored import as_json, from_json
from pilotage.pairing.turns import turns
from pilotage.problems import ProblemsFound
from tests.pairing.courses import course, people

MONDAY, NEXT = "2026-11-23", "2026-11-30"


def room(*names: str, **more: Any) -> Room:
    return Room(people=names or ("Anna", "Bram", "Cato", "Daan", "Eva", "Fenna"), seed=1, **more)


def did(start: Room, *actions: tuple[str, dict[str, Any]], today: str = MONDAY) -> Room:
    for action, words in actions:
        start = act(start, action, words, today)
    return start


def test_names_are_typed_with_commas_or_lines_between_them() -> None:
    added = did(Room(), ("add", {"names": " Anna,  Bram van Dijk ,\nCato,,"}))
    assert added.people == ("Anna", "Bram van Dijk", "Cato")


@pytest.mark.parametrize("names", ["anna", "Teacher", "x" * 41, ",".join(f"N{n}" for n in range(500))])
def test_a_name_that_cannot_be_is_refused(names: str) -> None:
    with pytest.raises(NotDone):
        did(room(), ("add", {"names": names}))


def test_those_here_are_paired_and_the_next_week_they_meet_others() -> None:
    now = did(
        room(), ("set", {"name": "Eva", "state": "away"}), ("set", {"name": "Daan", "state": "resting"}), ("pair", {})
    )
    first = now.log.divisions[0]
    assert (first.place, first.practising, first.sat_out) == ((1, 1), {"Anna", "Bram", "Cato", "Fenna"}, ("Daan",))
    now = did(now, ("everyone", {}), ("pair", {}), today=NEXT)
    assert now.log.divisions[1].place == (2, 1)
    assert not {frozenset(g) for g in first.groups} & {frozenset(g) for g in now.log.divisions[1].groups}
    assert now.days == {1: MONDAY, 2: NEXT}


def test_a_second_pairing_on_the_same_day_belongs_to_the_same_session() -> None:
    now = did(room(), ("pair", {}), ("pair", {}))
    assert [division.place for division in now.log] == [(1, 1), (1, 2)]
    assert did(now, ("undo", {}), ("undo", {})).days == {}


def test_when_somebody_leaves_few_groups_change() -> None:
    now = did(room(), ("pair", {}), ("set", {"name": "Eva", "state": "away"}))
    assert view(now, MONDAY)["changed"]
    repaired = did(now, ("repair", {}))
    assert not view(repaired, MONDAY)["changed"]
    assert len(set(repaired.log.divisions[0].groups) & set(now.log.divisions[0].groups)) == 1
    assert view(repaired, MONDAY)["history"][0]["changes"] == 1


def test_two_can_change_places_but_not_into_a_group_that_is_not_to_be() -> None:
    now = did(room(), ("pair", {}))
    (one, stays), (_, other) = now.log.divisions[0].groups[:2]
    swapped = did(now, ("swap", {"one": one, "other": other}))
    assert {other, stays} in [set(group) for group in swapped.log.divisions[0].groups]
    apart = did(now, ("apart", {"one": other, "other": stays}))
    with pytest.raises(NotDone, match="kept apart"):
        did(apart, ("swap", {"one": one, "other": other}))
    assert did(apart, ("apart", {"one": stays, "other": other})).rules.apart_hard == frozenset()


REFUSED = [
    ("fly", {}), ("remove", {"name": "Zoe"}), ("repair", {}), ("undo", {}), ("swap", {"one": "Anna", "other": "Bram"}),
    ("minutes", {"speaking": "x", "talking": 1}), ("minutes", {"speaking": 0, "talking": 1}), ("minutes", {}),
    ("minutes", {"speaking": "nan", "talking": 1}), ("rules", {"size": 2, "odd": "lottery"}),
    ("rules", {"size": 1, "odd": "triad"}), ("apart", {"one": "Anna", "other": "Anna"}),
]  # fmt: skip


@pytest.mark.parametrize(("action", "words"), REFUSED)
def test_what_cannot_be_done_is_said(action: str, words: dict[str, Any]) -> None:
    with pytest.raises(NotDone):
        did(room(), (action, words))


def test_whoever_is_taken_out_stays_in_the_history() -> None:
    now = did(room(), ("apart", {"one": "Eva", "other": "Daan"}), ("pair", {}), ("remove", {"name": "Eva"}))
    assert "Eva" not in now.people
    assert "Eva" in now.log.divisions[0].practising
    assert now.rules.apart_hard == frozenset()


def test_the_file_keeps_everything(tmp_path: Path) -> None:
    file = tmp_path / "room.json"
    now = did(
        room(), ("pair", {}), ("apart", {"one": "Eva", "other": "Daan"}), ("minutes", {"speaking": 4, "talking": 2.5}),
        ("rules", {"size": 3, "odd": "teacher"}), ("set", {"name": "Eva", "state": "resting"}),
    )  # fmt: skip
    save(now, file)
    kept = load(file)
    assert kept is not None
    assert view(kept, MONDAY) == view(now, MONDAY)
    assert (kept.seed, kept.rules, file.stat().st_mode & 0o077) == (now.seed, now.rules, 0)


def test_a_log_comes_back_from_json_as_it_was() -> None:
    log = course([people(7)] * 3, people(7), Rules(odd="teacher"), 1)
    again = from_json(json.loads(json.dumps(as_json(log))))
    assert as_json(again) == as_json(log)
    assert [one.practising for one in again] == [one.practising for one in log]
    assert from_json([]) == Log()
    for wrong in ([{}], [1], 3, [{**as_json(log)[0], "groups": [[1, 2]]}]):
        with pytest.raises(ValueError, match="not a log"):
            from_json(wrong)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', "no json", '{"format": 1, "people": 3}'])
def test_another_file_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "room.json"
    file.write_text(content)
    with pytest.raises(ProblemsFound, match="PAIR-008"):
        load(file)
    assert file.read_text() == content


@pytest.mark.parametrize("count", [2, 3, 4])
def test_groups_of_every_size_take_as_long_in_all(count: int) -> None:
    rounds = turns(count, speaking=6, talking=4)
    assert len(rounds) == count + 1
    assert sum(one.minutes for one in rounds) == pytest.approx(16)
    assert rounds[0].minutes / rounds[-1].minutes == pytest.approx(6 / 4)


# --- the server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RoomServer]:
    served = RoomServer(tmp_path / "room.json", today=lambda: MONDAY)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def call(server: RoomServer, method: str, path: str, words: Any = None, **changed: str | None) -> tuple[int, Any, Any]:
    """Ask as the page does; headers can be changed, or left out when they are None."""
    headers = {"Host": server.host, "X-Room": server.token}
    if method == "POST":
        headers |= {"Origin": f"http://{server.host}", "Content-Type": "application/json"}
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}  # type: ignore[dict-item]
    body = words if isinstance(words, bytes) else json.dumps(words).encode() if words is not None else None
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {**headers, "Content-Length": str(len(body or b""))}.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    is_json = answer.headers.get_content_type() == "application/json"
    return answer.status, json.loads(content) if is_json else content.decode(), answer.headers


def test_what_is_done_is_in_the_file_before_it_is_shown(server: RoomServer) -> None:
    status, shown, _ = call(server, "POST", "/do/add", {"names": "Anna, Bram"})
    assert (status, [one["name"] for one in shown["people"]]) == (200, ["Anna", "Bram"])
    status, shown, _ = call(server, "POST", "/do/pair", {})
    kept = load(server.file)
    assert kept is not None
    assert view(kept, MONDAY) == shown == call(server, "GET", "/room")[1]


@pytest.mark.parametrize("path", ["/", "/room.css", "/room.js", "/rounds.js", "/icon.svg"])
def test_a_page_loads_nothing_from_elsewhere(server: RoomServer, path: str) -> None:
    status, content, headers = call(server, "GET", path, X_Room=None)
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Anna" not in content.replace('placeholder="Anna, Bram, Cato"', "")
    assert "http" not in content.replace("http://www.w3.org/2000/svg", "")


STRANGERS = {
    "without the token": {"X_Room": None},
    "with a wrong token": {"X_Room": "guess"},
    "with a token that is not ASCII": {"X_Room": "caf\xe9"},
    "by another name of this machine": {"Host": "localhost:80"},
    "by a name that leads here": {"Host": "evil.example"},
    "without a host": {"Host": None},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_neither_sees_nor_does_anything(server: RoomServer, stranger: dict[str, str | None]) -> None:
    call(server, "POST", "/do/add", {"names": "Anna"})
    before = server.file.read_bytes()
    seen, said, _ = call(server, "GET", "/room", **stranger)
    done, answer, _ = call(server, "POST", "/do/add", {"names": "Bram"}, **stranger)
    assert seen >= 400 <= done
    assert "Anna" not in str(said) + str(answer)
    assert server.file.read_bytes() == before


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1"])
def test_another_sites_page_does_nothing_even_with_the_token(server: RoomServer, origin: str | None) -> None:
    assert call(server, "POST", "/do/add", {"names": "Bram"}, Origin=origin)[0] == 403
    assert not server.file.exists()


UNREADABLE = [(b"{", {}), (b"[]", {}), (b"{}", {"Content_Type": "text/plain"}), (b"{}", {"Content_Length": "x"}),
              (b'{"a": "' + b"x" * 70_000 + b'"}', {}), (b"\xff", {})]  # fmt: skip


@pytest.mark.parametrize(("body", "changed"), UNREADABLE)
def test_what_cannot_be_read_is_refused(server: RoomServer, body: bytes, changed: dict[str, str]) -> None:
    if len(body) > 65_536:
        with pytest.raises((AssertionError, ConnectionError)):
            assert call(server, "POST", "/do/add", body, **changed)[0] == 200
    elif "Content_Length" not in changed:
        assert call(server, "POST", "/do/add", body, **changed)[0] == 400
    assert not server.file.exists()


def test_what_cannot_be_done_is_said_in_a_sentence(server: RoomServer) -> None:
    status, said, _ = call(server, "POST", "/do/pair", {})
    assert (status, said) == (409, {"problem": "Nobody is present. That is too few to divide."})
    assert call(server, "GET", "/../room.json")[0] == 404
    assert call(server, "GET", "/static/room.html")[0] == 404


def test_it_answers_on_this_machine_only(server: RoomServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://{server.host}/#{server.token}"
    assert len(server.token) >= 32


def test_the_room_is_as_it_was_after_it_was_closed(server: RoomServer) -> None:
    call(server, "POST", "/do/add", {"names": "Anna, Bram, Cato"})
    call(server, "POST", "/do/pair", {})
    again = RoomServer(server.file, today=lambda: MONDAY)
    assert again.shown() == server.shown()
    assert again.token != server.token
    again.server_close()
