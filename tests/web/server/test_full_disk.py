"""The disk is full, or takes nothing at all: no answer is acknowledged that is not kept, and afterwards all goes on."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.web.records_of import records_of
from tests.web.visitor import Visitor, free_port, start, tokens

FORM = "/me/ask/pre/ffmq-39/1/"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="a file of SQLite is kept from growing"),
    pytest.mark.skipif(sys.platform != "linux", reason="a running process is given a limit"),
]


def no_file_grows_beyond(size: int, process: int) -> None:
    """As on a full disk: what would make a file longer than this is refused to the process by its system."""
    import resource

    hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))


@pytest.mark.parametrize("room", ["what there is", "none"])
def test_what_is_not_kept_is_not_acknowledged_and_afterwards_it_goes_on(tmp_path: Path, room: str) -> None:
    import resource

    port = free_port()
    process = start(tmp_path, port, 1)
    visitor, kept = Visitor(port), {}
    try:
        visitor.come_in(tokens(tmp_path)[0], FORM)
        size = (tmp_path / "pilotage.sqlite3").stat().st_size if room == "what there is" else 0
        no_file_grows_beyond(size, process.pid)
        for sequence in range(1, 200):
            item = (sequence - 1) % 39 + 1
            status = visitor.save(FORM, item, sequence % 5 + 1, sequence)
            if status == 200:
                kept[item] = sequence
            else:
                assert status >= 500
                break
        else:
            pytest.fail("There was room for everything.")
        no_file_grows_beyond(resource.RLIM_INFINITY, process.pid)
        assert visitor.save(FORM, item, sequence % 5 + 1, sequence) == 200  # the phone sends it again
        kept[item] = sequence
    finally:
        process.kill()
        process.wait(20)
    records = records_of(tmp_path)
    assert records.rows == {("P001", str(item)): sequence for item, sequence in kept.items()}
    assert records.doubled() == 0 and records.log_is_whole()
    assert records.changes() == records.changes_in_the_log()
    with sqlite3.connect(tmp_path / "pilotage.sqlite3") as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
