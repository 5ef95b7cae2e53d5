"""Many answers at once, and a server that is killed in the midst of them: none is lost, none is doubled."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.web.participant.site import Site, running

FFMQ = "/me/ask/post/ffmq-39/1/"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(tmp_path, "2026-03-21") as found:
        yield found


def kept(site: Site) -> list[tuple[str, str, str]]:
    """Person, item and value of every answer in the database's file."""
    with sqlite3.connect(next(site.folder.glob("*.sqlite3"))) as database:
        return database.execute(
            "SELECT p.code, a.item, a.value FROM records_answer a JOIN records_administration m "
            "ON m.id = a.administration_id JOIN records_participant p ON p.id = m.participant_id"
        ).fetchall()


def entries(site: Site, what: str) -> int:
    with sqlite3.connect(next(site.folder.glob("*.sqlite3"))) as database:
        return int(database.execute("SELECT count(*) FROM records_event WHERE what = ?", [what]).fetchone()[0])


def test_twenty_copies_at_once_are_one_row_and_all_are_acknowledged(site: Site) -> None:
    """The first of them begins the administration, too; the others must not begin it again."""
    with ThreadPoolExecutor(20) as phones:
        for item in ("1", "2", "3"):
            answer: list[dict[str, object]] = [{"item": item, "value": "4", "sequence": int(item)}]
            replies = list(phones.map(lambda _, answer=answer: site.send("P01", FFMQ, answer), range(20)))
            assert replies == [200] * 20
    assert sorted(kept(site)) == [("P01", "1", "4"), ("P01", "2", "4"), ("P01", "3", "4")]
    assert (entries(site, "administration begun"), entries(site, "answers saved")) == (1, 3)


def test_a_killed_server_loses_no_acknowledged_answer_and_doubles_none(site: Site) -> None:
    acknowledged: dict[tuple[str, str], str] = {}
    for turn in range(3):
        with ThreadPoolExecutor(6) as phones:
            sending = [phones.submit(_answers_of, site, f"P{n:02}", str(turn + 1)) for n in range(1, 7)]
            while entries(site, "answers saved") < (turn + 1) * 40 and not all(one.done() for one in sending):
                time.sleep(0.02)
            site.server.kill()
            site.server.wait()
            for one in sending:
                acknowledged |= one.result()
        site.start_again()
    rows = kept(site)
    assert max(Counter((code, item) for code, item, _ in rows).values()) == 1
    found = {(code, item): value for code, item, value in rows}
    assert acknowledged
    assert all(found[key] >= value for key, value in acknowledged.items())


def _answers_of(site: Site, code: str, value: str) -> dict[tuple[str, str], str]:
    """The answers of one person that were acknowledged before the server was gone."""
    acknowledged: dict[tuple[str, str], str] = {}
    for item in map(str, range(1, 40)):
        try:
            site.send(code, FFMQ, [{"item": item, "value": value, "sequence": int(value) * 100 + int(item)}])
        except (URLError, OSError):
            break
        acknowledged[code, item] = value
    return acknowledged
