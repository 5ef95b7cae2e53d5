"""The commands of a server, as a person at a terminal meets them."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pilotage.problems import ProblemsFound
from pilotage.web.records.reserved_slugs import reserved_slugs
from pilotage.web.start import refuse_reserved_ids, studies_in
from tests.web.cast import CALM
from tests.web.visitor import Visitor, environment, free_port, running

pytestmark = pytest.mark.server


def pilotage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pilotage", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CALM, tmp_path / "study")
    return tmp_path / "study"


def test_the_first_administrator_gets_a_link_once(folder: Path) -> None:
    said = pilotage(folder.parent, "serve", "study", "--prepare")
    assert said.returncode == 0, said.stderr
    assert "A course in calm\n  ready to serve from study" in said.stdout
    assert "Ctrl-C" not in said.stdout  # it has stopped already
    assert re.search(r"http://127\.0\.0\.1:8000/s/\S{30,}/", said.stdout)


def test_a_folder_without_a_study_says_so(tmp_path: Path) -> None:
    said = pilotage(tmp_path, "serve", ".")
    assert said.returncode == 2
    assert "SERVER-002" in said.stderr and "Traceback" not in said.stderr


def test_a_wrong_variable_is_named_and_nothing_is_made(folder: Path) -> None:
    command = [sys.executable, "-m", "pilotage", "serve", "study"]
    wrong = environment(folder) | {"PILOTAGE_HTTPS": "perhaps"}
    said = subprocess.run(command, cwd=folder.parent, env=wrong, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "PILOTAGE_HTTPS" in said.stderr
    assert not (folder / "pilotage.sqlite3").exists()


def test_letters_with_links_to_this_machine_alone_are_refused(folder: Path) -> None:
    command = [sys.executable, "-m", "pilotage", "serve", "study"]
    mailing = environment(folder) | {"PILOTAGE_SMTP": "smtp://mail.example.org"}
    mailing.pop("PILOTAGE_ADDRESS", None)
    said = subprocess.run(command, cwd=folder.parent, env=mailing, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "SERVER-001 PILOTAGE_ADDRESS" in said.stderr and "Traceback" not in said.stderr
    assert not (folder / "pilotage.sqlite3").exists()


@pytest.mark.parametrize("taken", ["me", "administration", "log"])
def test_a_study_whose_id_is_an_address_of_the_server_is_refused(folder: Path, taken: str) -> None:
    protocol = folder / "protocol.yaml"
    protocol.write_text(protocol.read_text().replace("id: calm\n", f"id: {taken}\n", 1))
    with pytest.raises(ProblemsFound, match=f"SERVER-006 .*\n'{taken}' cannot be the id"):
        refuse_reserved_ids(studies_in(folder))


def test_every_address_of_the_server_is_no_id_of_a_study() -> None:
    of_the_server = "account administration calendar language me my-studies p s sign-out signed-out static"
    of_its_administration = "accounts log take-in"
    assert reserved_slugs() >= {*of_the_server.split(), *of_its_administration.split()}
    assert not reserved_slugs() & {"calm", "people", "imp-2020"}


def test_two_studies_with_one_id_are_refused(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "copy")
    said = pilotage(folder.parent, "serve", ".", "--prepare")
    assert said.returncode == 2
    assert "SERVER-003" in said.stderr


def test_one_server_holds_several_studies(folder: Path) -> None:
    other = folder.parent / "other"
    shutil.copytree(folder, other)
    protocol = other / "protocol.yaml"
    protocol.write_text(protocol.read_text().replace("id: calm\n", "id: calmer\n", 1))
    said = pilotage(folder.parent, "serve", ".", "--prepare")
    assert said.returncode == 0, said.stderr
    assert said.stdout.count("A course in calm") == 2


@pytest.mark.skipif("DATABASE_URL" in __import__("os").environ, reason="a file of SQLite is altered by hand")
def test_verify_finds_what_was_altered_and_a_tail_that_was_cut(folder: Path) -> None:
    pilotage(folder.parent, "serve", "study", "--prepare")
    whole = pilotage(folder.parent, "verify", "study")
    assert whole.returncode == 0, whole.stderr
    head = re.search(r"Head\s+(\S+)", whole.stdout)[1]
    assert pilotage(folder.parent, "verify", "study", "--head", head).returncode == 0
    database = sqlite3.connect(folder / "pilotage.sqlite3")
    guards = database.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'guard_records_event_%'").fetchall()
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    number = int(head.partition(":")[0])
    database.execute("DELETE FROM records_event WHERE sequence = ?", [number])
    last = database.execute("SELECT sequence, hash FROM records_event ORDER BY sequence DESC LIMIT 1").fetchone()
    database.execute("UPDATE records_chainhead SET sequence = ?, hash = ?", last)
    database.commit()
    assert "SERVER-011" in pilotage(folder.parent, "verify", "study").stderr
    for _, sql in guards:  # whoever can cut the log can put its guards back
        database.execute(sql)
    assert pilotage(folder.parent, "verify", "study").returncode == 0  # the head was cut with it
    cut = pilotage(folder.parent, "verify", "study", "--head", head)
    assert cut.returncode == 2 and "LOG-002" in cut.stderr
    database.execute("DROP TRIGGER guard_records_event_update")
    database.execute("UPDATE records_event SET what = 'nothing' WHERE sequence = 1")
    database.commit()
    altered = pilotage(folder.parent, "verify", "study")
    assert altered.returncode == 2 and "LOG-001" in altered.stderr and "Traceback" not in altered.stderr


@pytest.mark.parametrize("command", ["verify", "tick"])
def test_a_folder_without_records_says_so(tmp_path: Path, command: str) -> None:
    said = pilotage(tmp_path, command, ".")
    assert said.returncode == 2
    assert "LOG-003" in said.stderr and "Traceback" not in said.stderr


@pytest.mark.parametrize("command", ["serve", "verify", "tick"])
def test_a_folder_that_does_not_exist_is_named_as_such(tmp_path: Path, command: str) -> None:
    answer = pilotage(tmp_path, command, "nowhere")
    assert (answer.returncode, "Traceback" in answer.stderr) == (2, False)
    assert "There is no folder 'nowhere'." in answer.stderr


@pytest.mark.parametrize("command", ["serve", "verify", "tick"])
def test_a_database_server_that_is_away_is_said_without_a_traceback(folder: Path, command: str) -> None:
    away = environment(folder) | {"DATABASE_URL": f"postgresql://me:hunter2@127.0.0.1:{free_port()}/study"}
    arguments = [sys.executable, "-m", "pilotage", command, "study"]
    said = subprocess.run(arguments, cwd=folder.parent, env=away, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "SERVER-007" in said.stderr and "Traceback" not in said.stderr
    assert "hunter2" not in said.stderr


def test_the_server_answers_and_sends_its_headers(tmp_path: Path) -> None:
    with running(tmp_path) as (port, _):
        status, _, headers = Visitor(port).ask("GET", "/account/login/")
    assert status == 200
    assert headers["Content-Security-Policy"].count("unsafe") == 0
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers or "waitress" not in headers["Server"].lower()


def test_a_port_that_is_taken_is_said_without_a_traceback(folder: Path) -> None:
    import socket

    port = free_port()
    with socket.socket() as one:
        one.bind(("127.0.0.1", port))
        one.listen()
        said = pilotage(folder.parent, "serve", "study", "--port", str(port))
    assert said.returncode == 2
    assert str(port) in said.stderr and "Traceback" not in said.stderr
