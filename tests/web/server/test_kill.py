"""The server is killed while people answer: nothing acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.web.records_of import Records, records_of
from tests.web.visitor import Visitor, free_port, start, tokens

pytestmark = pytest.mark.server

FORM = "/me/ask/pre/ffmq-39/1/"


@dataclass
class Answering:
    """One person who answers item after item, and notes what the server said it keeps."""

    visitor: Visitor
    person: int
    until: threading.Event
    acknowledged: dict[tuple[int, int], int] = field(default_factory=dict)
    sequence: int = 0

    def go_on(self) -> None:
        while not self.until.is_set():
            self.sequence += 1
            item, value = (self.sequence - 1) % 39 + 1, self.sequence % 5 + 1
            try:
                status = self.visitor.save(FORM, item, value, self.sequence)
            except (OSError, HTTPException):  # refused, broken off, or cut in the middle of a reply
                self.sequence -= 1  # not acknowledged: the browser sends the same again
                time.sleep(0.05)
                continue
            assert status == 200
            self.acknowledged[self.person, item] = self.sequence


def killed_again_and_again(folder: Path, people: int, kills: int, between: float) -> tuple[int, dict]:
    """Everybody answers while the server is killed and started again; how many answers were sent, and what was kept."""
    port = free_port()
    process = start(folder, port, people)
    stop = threading.Event()
    everyone = []
    for person, token in enumerate(tokens(folder), start=1):
        visitor = Visitor(port)
        visitor.come_in(token, FORM)
        everyone.append(Answering(visitor, person, stop))
    threads = [threading.Thread(target=one.go_on) for one in everyone]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(between)
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = start(folder, port, people)
        time.sleep(between)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        process.kill()
        process.wait()
    return sum(one.sequence for one in everyone), {k: v for one in everyone for k, v in one.acknowledged.items()}


def all_is_well(records: Records, sent: int, kept: dict) -> None:
    for (person, item), sequence in kept.items():
        # What was acknowledged last is there; or the next that was sent, and stored, before it could be said.
        stored = records.sequence(f"P{person:03}", item)
        assert stored is not None and stored >= sequence, f"P{person:03}, item {item}: {stored} for {sequence}"
    assert records.doubled() == 0
    assert records.changes() == records.changes_in_the_log()
    assert records.log_is_whole()
    assert sent > 0


def test_a_killed_server_loses_no_acknowledged_answer_and_doubles_none(tmp_path: Path) -> None:
    sent, kept = killed_again_and_again(tmp_path, people=4, kills=3, between=1.0)
    all_is_well(records_of(tmp_path), sent, kept)
    assert sent > 50


@pytest.mark.long
def test_fifty_kills_in_ten_thousand_answers(tmp_path: Path) -> None:
    sent, kept = killed_again_and_again(tmp_path, people=8, kills=50, between=2.5)
    all_is_well(records_of(tmp_path), sent, kept)
    assert sent > 10_000
