"""Records made by each released version are brought up to this one, with answers, log and chain as they were."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.shared import ROOT
from tests.web.visitor import Visitor, environment, query, running

pytestmark = pytest.mark.server

HERE = Path(__file__).parent
RELEASES = sorted(place.name for place in HERE.iterdir() if place.name[0].isdigit())
DATABASE = "postgresql" if "DATABASE_URL" in os.environ else "sqlite"

_READ = """
import json, sys
from pathlib import Path
from pilotage.web import start
start.set_up_on_records(Path(sys.argv[1]))
from django.db import connection
from pilotage.web.records import audit, guards
from tests.web.upgrade.make import known
broken = [entry.why for entry in audit.broken()]
missing = [trigger.name for trigger in guards.missing(connection)]
print(json.dumps({"known": known(), "broken": broken, "missing": missing}, default=str))
"""

_HAND_OUT = """
import json, sys
from pathlib import Path
from pilotage.web import start
start.set_up_on_records(Path(sys.argv[1]))
from pilotage.web.records import actions, audit
from pilotage.web.records.models import Participant
print(json.dumps([actions.hand_out_link(audit.SERVER, Participant.objects.get(code="P01"))]))
"""


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> Path:
    return HERE / request.param


@pytest.fixture
def served(release: Path, tmp_path: Path) -> Path:
    """The folder as the release left it, its records restored in the database of today's server."""
    folder = tmp_path / "served"
    shutil.copytree(release / "calm", folder / "calm")
    (folder / ".pilotage").mkdir(mode=0o700)
    shutil.copy(release / "secret", folder / ".pilotage/secret")
    dump = gzip.decompress((release / f"{DATABASE}.sql.gz").read_bytes()).decode()
    if DATABASE == "sqlite":
        with closing(sqlite3.connect(folder / "pilotage.sqlite3")) as database:
            database.executescript(dump)
        return folder
    import psycopg

    with psycopg.connect(environment(folder)["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(dump.encode())
    return folder


def pilotage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pilotage", arguments[0], str(folder), *arguments[1:]]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)


def read(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", _READ, str(folder)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True)
    return dict(json.loads(answer.stdout))


def test_every_release_has_its_fixture() -> None:
    assert RELEASES[0] == "0.1.0"


def test_answers_log_and_chain_come_through_an_upgrade(release: Path, served: Path) -> None:
    before = json.loads(gzip.decompress((release / f"{DATABASE}.json.gz").read_bytes()))
    answer = pilotage(served, "serve", "--prepare")
    assert answer.returncode == 0, answer.stderr
    after = read(served)
    assert (after["broken"], after["missing"]) == ([], [])
    now = after["known"]
    assert now["log"][: len(before["log"])] == before["log"]  # each entry opened with its person's key
    assert all(detail is not None for *_, detail in before["log"])
    for what in ("answers", "comments", "passes", "messages"):
        assert now[what] == before[what]
        assert what == "comments" or now[what]
    assert pilotage(served, "verify", "--head", ":".join(map(str, before["head"]))).returncode == 0


def test_an_upgraded_server_lets_people_in_by_the_link_they_have(served: Path) -> None:
    assert pilotage(served, "serve", "--prepare").returncode == 0
    command = [sys.executable, "-c", _HAND_OUT, str(served)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(served), capture_output=True, text=True, check=True)
    (served / "tokens.json").write_text(answer.stdout)
    with running(served) as (port, tokens):
        Visitor(port).come_in(tokens[0], "/me/")
    assert "Traceback" not in (served / "server.log").read_text()
    assert pilotage(served, "verify").returncode == 0


def test_older_records_that_lost_a_guard_are_not_brought_up_to_date(served: Path) -> None:
    query(served, f"DROP TRIGGER guard_records_event_delete{' ON records_event' if DATABASE != 'sqlite' else ''}")
    answer = pilotage(served, "serve", "--prepare")
    assert answer.returncode == 2 and "SERVER-011" in answer.stderr
    assert query(served, "SELECT COUNT(*) FROM django_migrations WHERE name = '0003_data_entry_pass'") == [(0,)]


def test_older_records_do_not_open_with_another_secret(served: Path) -> None:
    (served / ".pilotage/secret").write_text("another secret, of another server, that opens nothing here")
    answer = pilotage(served, "serve", "--prepare")
    assert answer.returncode == 2 and "SERVER-012" in answer.stderr
    assert query(served, "SELECT COUNT(*) FROM django_migrations WHERE name = '0003_data_entry_pass'") == [(0,)]


def test_servers_that_start_at_the_same_moment_upgrade_it_once(served: Path) -> None:
    command = [sys.executable, "-m", "pilotage", "serve", str(served), "--prepare"]
    starts = [
        subprocess.Popen(command, cwd=ROOT, env=environment(served), stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    errors = [start.communicate(timeout=120)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], errors
    after = read(served)
    assert (after["broken"], after["missing"]) == ([], [])
