"""A server starts only on records that are its own, whole, guarded, and that its secret opens; else it says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.web.cast import CALM
from tests.web.visitor import environment, query

pytestmark = pytest.mark.server

ON_POSTGRESQL = "DATABASE_URL" in os.environ
STARTING = [("serve", "--prepare"), ("tick",)]


def pilotage(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pilotage", arguments[0], str(folder), *arguments[1:]]
    told = environment(folder) | variables
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)


def refused(folder: Path, *arguments: str, code: str, **variables: str) -> str:
    """What a command says that does not start, without a traceback."""
    answer = pilotage(folder, *arguments, **variables)
    assert (answer.returncode, "Traceback" in answer.stderr) == (2, False), answer.stderr + answer.stdout
    assert code in answer.stderr
    return answer.stderr


@pytest.fixture(scope="module")
def _served_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ready") / "study"
    shutil.copytree(CALM, folder)
    answer = pilotage(folder, "serve", "--prepare")
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.fixture
def served(_served_once: Path, tmp_path: Path) -> Path:
    from tests.web.visitor import copied

    return copied(_served_once, tmp_path / "study")


def test_records_that_are_whole_are_served_again_and_verified(served: Path) -> None:
    assert pilotage(served, "serve", "--prepare").returncode == 0
    answer = pilotage(served, "verify")
    assert answer.returncode == 0, answer.stderr
    assert "Every guard of the database is there" in answer.stdout


@pytest.mark.parametrize("command", STARTING, ids=lambda command: command[0])
def test_no_server_starts_without_a_guard_and_it_says_which_and_what_to_do(
    served: Path, command: tuple[str, ...]
) -> None:
    query(served, f"DROP TRIGGER guard_records_event_delete{' ON records_event' if ON_POSTGRESQL else ''}")
    message = refused(served, *command, code="SERVER-011")
    assert "guard_records_event_delete" in message and "the log is append-only" in message
    assert "pilotage verify FOLDER --repair" in message


def test_guards_are_made_again_by_command_and_the_log_says_so(served: Path) -> None:
    query(served, f"DROP TRIGGER guard_records_answer_insert{' ON records_answer' if ON_POSTGRESQL else ''}")
    refused(served, "verify", code="SERVER-011")
    answer = pilotage(served, "verify", "--repair")
    assert answer.returncode == 0, answer.stderr
    assert "Made again: guard_records_answer_insert (no answer without a valid consent)." in answer.stdout
    assert query(served, "SELECT COUNT(*) FROM records_event WHERE what = 'guards made again'") == [(1,)]
    assert pilotage(served, "serve", "--prepare").returncode == 0


@pytest.mark.parametrize("command", STARTING, ids=lambda command: command[0])
def test_a_secret_that_was_lost_is_not_replaced(served: Path, command: tuple[str, ...]) -> None:
    secret = served / ".pilotage/secret"
    kept = secret.read_text()
    secret.unlink()
    message = refused(served, *command, code="SERVER-012")
    assert "PILOTAGE_SECRET" in message and ".pilotage/secret" in message
    assert not secret.exists()
    refused(served, "verify", code="SERVER-012")
    assert pilotage(served, "serve", "--prepare", PILOTAGE_SECRET=kept).returncode == 0


@pytest.mark.parametrize("command", STARTING, ids=lambda command: command[0])
def test_a_secret_of_another_server_is_noticed_though_nobody_takes_part_yet(
    served: Path, command: tuple[str, ...]
) -> None:
    refused(served, *command, code="SERVER-012", PILOTAGE_SECRET="the secret of another server, and long enough")
    (served / ".pilotage/secret").write_text("the secret of another server, and long enough")
    refused(served, *command, code="SERVER-012")
    refused(served, "verify", code="SERVER-012")


def test_records_of_a_newer_version_are_not_touched(served: Path) -> None:
    query(
        served,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_of_the_future', '2030-01-01')",
    )
    for command in (*STARTING, ("verify",)):
        message = refused(served, *command, code="SERVER-008")
        assert "records.0999_of_the_future" in message and "Install the newest version" in message


def test_records_without_one_of_their_tables_are_refused(served: Path) -> None:
    query(served, "DROP TABLE records_debrief")
    for command in STARTING:
        assert "records_debrief" in refused(served, *command, code="SERVER-009")


def test_records_whose_table_lacks_a_column_are_refused(served: Path) -> None:
    query(served, "ALTER TABLE records_adverseeventnote RENAME COLUMN text TO words")
    message = refused(served, "tick", code="SERVER-009")
    assert "records_adverseeventnote lacks text" in message


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(CALM, folder)
    if not ON_POSTGRESQL:
        (folder / "pilotage.sqlite3").touch()
    query(folder, "CREATE TABLE recipes (id integer, name text)")
    for command in (*STARTING, ("verify",)):
        message = refused(folder, *command, code="SERVER-009")
        assert "another program: recipes" in message
    assert query(folder, "SELECT COUNT(*) FROM recipes") == [(0,)]
    assert not (folder / ".pilotage/secret").exists()


@pytest.mark.skipif(ON_POSTGRESQL, reason="a file of SQLite")
def test_a_first_start_that_was_cut_off_goes_on_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(CALM, folder)
    (folder / "pilotage.sqlite3").touch()
    query(folder, "CREATE TABLE django_migrations (id integer PRIMARY KEY AUTOINCREMENT, app varchar(255), "
                  "name varchar(255), applied datetime)")  # fmt: skip
    answer = pilotage(folder, "serve", "--prepare")
    assert answer.returncode == 0, answer.stderr
    assert pilotage(folder, "verify").returncode == 0


def test_a_mail_that_came_back_waits_until_the_records_are_ready(served: Path) -> None:
    query(served, f"DROP TRIGGER guard_records_event_delete{' ON records_event' if ON_POSTGRESQL else ''}")
    answer = pilotage(served, "bounce")
    assert answer.returncode == 75  # EX_TEMPFAIL: the mail server keeps the mail and tries again
    assert "SERVER-011" in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.skipif(ON_POSTGRESQL, reason="a file of SQLite")
def test_a_file_that_is_no_database_is_said_without_a_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    shutil.copytree(CALM, folder)
    (folder / "pilotage.sqlite3").write_bytes(b"not a database at all, but words " * 99)
    for command in (*STARTING, ("verify",)):
        refused(folder, *command, code="SERVER-007")


def test_another_server_of_the_application_starts_on_records_that_are_ready_alone(served: Path) -> None:
    command = [sys.executable, "-c", "import pilotage.web.wsgi"]
    told = environment(served) | {"PILOTAGE_FOLDER": str(served)}
    assert subprocess.run(command, cwd=ROOT, env=told, check=False).returncode == 0
    query(served, f"DROP TRIGGER guard_records_event_delete{' ON records_event' if ON_POSTGRESQL else ''}")
    answer = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert answer.returncode != 0 and "SERVER-011" in answer.stderr


def test_records_that_an_older_version_made_are_for_serve_to_bring_up_to_date(served: Path) -> None:
    query(served, "DELETE FROM django_migrations WHERE app = 'records' AND name = '0006_clock'")
    message = refused(served, "tick", code="SERVER-010")
    assert "pilotage serve FOLDER --prepare" in message
