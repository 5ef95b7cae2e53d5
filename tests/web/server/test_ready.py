"""A server starts only on records that are its own, whole, guarded, and that its secret opens; else it says why."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from pilotage.web.records.keys import seal_text_for_server
from tests.shared import ROOT
from tests.web.cast import CALM
from tests.web.visitor import environment, query

pytestmark = pytest.mark.server

ON_POSTGRESQL = "DATABASE_URL" in os.environ
STARTING = [("serve", "--prepare"), ("tick",)]
ANOTHER_SECRET = "the secret of another server, and long enough"


def pilotage(
    folder: Path, *arguments: str, held_to_modes: bool = False, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command on a folder. ``held_to_modes``: as a user who may not write what is read only, also as root."""
    command = [sys.executable, "-m", "pilotage", arguments[0], str(folder), *arguments[1:]]
    if held_to_modes and not ON_POSTGRESQL:
        command = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *command]
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


def test_a_trigger_that_is_not_ours_is_named_and_no_server_starts_beside_it(served: Path) -> None:
    """One that drops every answer without a word leaves all guards as they are."""
    if ON_POSTGRESQL:
        query(served, "CREATE FUNCTION zz() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
        query(served, "CREATE TRIGGER zz BEFORE INSERT ON records_answer FOR EACH ROW EXECUTE FUNCTION zz()")
        query(served, "CREATE RULE yy AS ON INSERT TO records_comment DO INSTEAD NOTHING")
    else:
        query(served, "CREATE TRIGGER zz BEFORE INSERT ON records_answer BEGIN SELECT RAISE(IGNORE); END")
    for command in (*STARTING, ("verify",), ("verify", "--repair")):
        message = refused(served, *command, code="SERVER-014")
        assert "The trigger 'zz' acts on the table records_answer" in message
        assert ("The rule 'yy' acts on the table records_comment" in message) == ON_POSTGRESQL
    query(served, f"DROP TRIGGER zz{' ON records_answer' if ON_POSTGRESQL else ''}")
    if ON_POSTGRESQL:
        query(served, "DROP RULE yy ON records_comment")
    assert pilotage(served, "verify").returncode == 0


def test_a_trigger_that_only_has_the_name_of_a_guard_is_not_one(served: Path) -> None:
    if ON_POSTGRESQL:
        query(served, "CREATE TRIGGER guard_of_mine BEFORE INSERT ON records_answer "
                      "FOR EACH ROW EXECUTE FUNCTION guard_records_event_update()")  # fmt: skip
    else:
        query(served, "CREATE TRIGGER guard_of_mine BEFORE INSERT ON records_answer BEGIN SELECT RAISE(IGNORE); END")
    assert "'guard_of_mine' acts on the table records_answer" in refused(served, "verify", code="SERVER-014")


@pytest.mark.skipif(not ON_POSTGRESQL and shutil.which("setpriv") is None, reason="root is held to a file's mode")
def test_records_that_cannot_be_written_to_are_refused_before_anything_is_done(served: Path) -> None:
    if not ON_POSTGRESQL:
        (served / "pilotage.sqlite3").chmod(0o444)
    for command in STARTING:
        answer = pilotage(served, *command, held_to_modes=True, PGOPTIONS="-c default_transaction_read_only=on")
        assert (answer.returncode, "Traceback" in answer.stderr) == (2, False), answer.stderr + answer.stdout
        assert "SERVER-013" in answer.stderr and "cannot be written to" in answer.stderr
        assert "letters sent" not in answer.stdout
    answer = pilotage(served, "verify", held_to_modes=True, PGOPTIONS="-c default_transaction_read_only=on")
    assert answer.returncode == 0, answer.stderr  # a copy for keeping can be looked at
    answer = pilotage(served, "verify", "--repair", held_to_modes=True, PGOPTIONS="-c default_transaction_read_only=on")
    assert (answer.returncode, "SERVER-013" in answer.stderr) == (2, True), answer.stderr


@pytest.mark.skipif(ON_POSTGRESQL or shutil.which("setpriv") is None, reason="root is held to a file's mode")
def test_a_folder_in_which_no_journal_can_be_written_is_refused(served: Path) -> None:
    served.chmod(0o555)
    try:
        answer = pilotage(served, "tick", held_to_modes=True)
    finally:
        served.chmod(0o755)
    assert (answer.returncode, "Traceback" in answer.stderr) == (2, False), answer.stderr + answer.stdout
    assert "SERVER-013" in answer.stderr


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
    sentence = "does not open 1 of the values"
    assert sentence in refused(served, *command, code="SERVER-012", PILOTAGE_SECRET=ANOTHER_SECRET)
    (served / ".pilotage/secret").write_text(ANOTHER_SECRET)
    assert sentence in refused(served, *command, code="SERVER-012")
    assert sentence in refused(served, "verify", code="SERVER-012")


@pytest.mark.parametrize("command", [*STARTING, ("verify",)], ids=lambda command: command[0])
def test_a_second_step_that_another_secret_sealed_is_noticed_where_nothing_else_is_sealed(
    served: Path, command: tuple[str, ...], settings: Settings
) -> None:
    """As in a folder of release 0.1.0 in which the staff had signed in and nobody took part yet."""
    settings.SECRET_KEY = ANOTHER_SECRET
    sealed = {"totp": {"secret": seal_text_for_server("JBSW")}, "recovery_codes": {"seed": seal_text_for_server("5e")}}
    query(served, "DELETE FROM records_secretcheck")
    for kind, data in sealed.items():
        query(
            served,
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            f"SELECT MIN(id), '{kind}', '{json.dumps(data)}', '2026-01-01' FROM records_user",
        )
    assert "does not open 2 of the values" in refused(served, *command, code="SERVER-012")


def test_records_of_a_newer_version_are_not_touched(served: Path) -> None:
    query(
        served,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '0999_of_the_future', '2030-01-01')",
    )
    for command in (*STARTING, ("verify",)):
        message = refused(served, *command, code="SERVER-008")
        assert "records.0999_of_the_future" in message and "Install the newest version" in message


@pytest.mark.parametrize("table", ["records_debrief", "django_session", "mfa_authenticator", "cache"])
def test_records_without_a_table_of_theirs_or_of_a_library_are_refused(served: Path, table: str) -> None:
    query(served, f"DROP TABLE {table}")
    for command in (*STARTING, ("verify",)):
        assert f"lacks these tables: {table}." in refused(served, *command, code="SERVER-009")


def test_records_that_lost_the_list_of_their_migrations_are_not_made_anew(served: Path) -> None:
    query(served, "DROP TABLE django_migrations")
    for command in (*STARTING, ("verify",)):
        assert "django_migrations does not say what made them" in refused(served, *command, code="SERVER-009")


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
        assert "file is not a database" in refused(folder, *command, code="SERVER-007")


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
