"""The same answer, many times at once: one row, and nobody is told that something went wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.web.records_of import records_of
from tests.web.visitor import Visitor, running

pytestmark = pytest.mark.server

FORM = "/me/ask/pre/ffmq-39/1/"


def test_twenty_copies_of_an_answer_at_once_are_one_row(tmp_path: Path) -> None:
    answers = 15
    with running(tmp_path) as (port, tokens), ThreadPoolExecutor(20) as pool:
        visitor = Visitor(port)
        visitor.come_in(tokens[0], FORM)
        for item in range(1, answers + 1):
            copies = [pool.submit(visitor.save, FORM, item, 3, item) for _ in range(20)]
            assert {copy.result() for copy in copies} == {200}
    records = records_of(tmp_path)
    assert (len(records.rows), records.doubled(), records.changes_in_the_log()) == (answers, 0, answers)
    assert records.log_is_whole()
