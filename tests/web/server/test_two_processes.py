"""Two processes write about the same people at once, as a server and cron do: neither fails the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.web.records_of import records_of
from tests.web.visitor import environment

pytestmark = pytest.mark.server

_MAKE = """
import sys
from pathlib import Path
from pilotage.web import start
from tests.web import living
start.set_up(Path(sys.argv[1]))
living.make(Path(sys.argv[1]), people=2)
"""
_BEGIN = """
import sys
from pathlib import Path
from pilotage.web import start
start.set_up(Path(sys.argv[1]))
from django.db import connection
from pilotage.web.records import actions
from pilotage.web.records.models import Participant, Session, User
people = list(Participant.objects.all())
print("ready", flush=True)
sys.stdin.readline()
"""
# A person's row is locked here, and the log is written ...
_LETTERS = """
coordinator = User.objects.get(name__startswith="Cora")
for number in range(100):
    for person in people:
        actions.ask_for_letter(coordinator, person, "reminder", f"window-{number}")
"""
# ... and here the log is written, and the database looks at the person's row when the transaction ends.
_APOLOGIES = """
session = Session.objects.get(number=2)
for _ in range(50):
    for person in people:
        actions.apologise(person, session)
        actions.take_back_apology(person, session)
"""


def python(folder: Path, code: str) -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "-c", code, str(folder)], subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(folder), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True
    )


def test_two_processes_that_write_of_the_same_people_wait_for_each_other_and_never_in_a_circle(tmp_path: Path) -> None:
    made, _ = (maker := python(tmp_path, _MAKE)).communicate(timeout=120)
    assert maker.returncode == 0, made
    both = [python(tmp_path, _BEGIN + work) for work in (_LETTERS, _APOLOGIES)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n", one.communicate()[0]
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        said, _ = one.communicate(timeout=240)
        assert one.returncode == 0, said
    assert records_of(tmp_path).log_is_whole()
