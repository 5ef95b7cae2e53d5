"""What a server is told from outside: typed, and every mistake named at the start."""

from pathlib import Path

import pytest

from pilotage.problems import ProblemsFound
from pilotage.web import environment


def read(folder: Path, **variables: str) -> environment.Environment:
    return environment.read({"PILOTAGE_FOLDER": str(folder), **variables})


def test_a_folder_is_enough(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found.database == environment.Database("sqlite", str(tmp_path / "pilotage.sqlite3"))
    assert (found.https, found.tick, found.mail.host) == (False, True, "")


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path)
    assert first.secret_is_new and len(first.secret) > 48
    environment.keep_secret(first)
    assert (read(tmp_path).secret, read(tmp_path).secret_is_new) == (first.secret, False)
    assert (tmp_path / ".pilotage/secret").stat().st_mode & 0o077 == 0


def test_reading_the_environment_writes_no_secret(tmp_path: Path) -> None:
    assert read(tmp_path).secret_is_new
    assert list(tmp_path.iterdir()) == []


def test_a_secret_that_is_kept_is_never_replaced(tmp_path: Path) -> None:
    two_at_once = read(tmp_path), read(tmp_path)
    environment.keep_secret(two_at_once[0])
    with pytest.raises(ProblemsFound, match="Start this one again"):
        environment.keep_secret(two_at_once[1])
    assert read(tmp_path).secret == two_at_once[0].secret


def test_an_empty_file_of_the_secret_is_named_and_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".pilotage").mkdir()
    (tmp_path / ".pilotage/secret").write_text("\n")
    with pytest.raises(ProblemsFound, match="is empty"):
        read(tmp_path)
    assert (tmp_path / ".pilotage/secret").read_text() == "\n"


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    found = read(tmp_path, DATABASE_URL="postgresql://me:s%40fe@db.example.org:5433/study").database
    assert found == environment.Database("postgresql", "study", "db.example.org", "5433", "me", "s@fe")


def test_a_socket_of_postgresql_is_understood(tmp_path: Path) -> None:
    found = read(tmp_path, DATABASE_URL="postgresql://postgres:@/postgres?host=/run/pg").database
    assert (found.host, found.name) == ("/run/pg", "postgres")


def test_a_mail_server_is_taken_apart(tmp_path: Path) -> None:
    mail = read(tmp_path, PILOTAGE_SMTP="smtp+starttls://me:secret@mail.example.org").mail
    assert (mail.host, mail.port, mail.starttls, mail.password) == ("mail.example.org", 587, True, "secret")


def test_every_wrong_variable_is_named_at_once_and_no_password_is_shown(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "mysql://me:hunter2@db/study",
        "PILOTAGE_SMTP": "mail.example.org",
        "PILOTAGE_HTTPS": "perhaps",
        "PILOTAGE_HOSTS": "*",
        "PILOTAGE_ADDRESS": "study.example.org",
    }
    with pytest.raises(ProblemsFound) as found:
        read(tmp_path, **wrong)
    assert {problem.path for problem in found.value.problems} == set(wrong)
    assert "hunter2" not in str(found.value)


def test_a_folder_that_is_none_is_named() -> None:
    with pytest.raises(ProblemsFound, match="PILOTAGE_FOLDER"):
        environment.read({"PILOTAGE_FOLDER": "/no/such/folder", "PILOTAGE_SECRET": "x"})
