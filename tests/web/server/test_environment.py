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
    assert read(tmp_path).secret == read(tmp_path).secret
    assert len(read(tmp_path).secret) > 48
    assert (tmp_path / ".pilotage/secret").stat().st_mode & 0o077 == 0


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
