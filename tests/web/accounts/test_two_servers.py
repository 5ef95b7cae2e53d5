"""What is counted against guessing holds for every process of a server, and over a restart."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from tests.web.cast import CALM

pytestmark = pytest.mark.server


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, str]]:
    """A server of this folder: its address, and what it printed so far."""
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PILOTAGE_", "DJANGO_", "DATABASE_"))}
    command = [sys.executable, "-m", "pilotage", "serve", str(folder), "--port", str(port)]
    with (folder / "said.txt").open("w") as said:
        running = subprocess.Popen(command, env=kept | {"PILOTAGE_TICK": "no"}, stdout=said, stderr=said)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            assert running.poll() is None, (folder / "said.txt").read_text()
            try:
                urlopen(f"{address}/account/login/", timeout=5)
                break
            except URLError:
                time.sleep(0.2)
        yield address, (folder / "said.txt").read_text()
    finally:
        running.terminate()
        running.wait(20)


def try_password(address: str, password: str) -> int:
    """The status of one try to sign in, in a browser of its own."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/account/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    said = urlencode({"csrfmiddlewaretoken": token, "login": "ada@centre.example", "password": password})
    try:
        return int(browser.open(Request(f"{address}/account/login/", said.encode())).status)
    except HTTPError as error:
        return error.code


def test_five_wrong_passwords_on_two_servers_close_the_door_also_after_a_restart(tmp_path: Path) -> None:
    shutil.copytree(CALM, tmp_path / "calm")
    with server(tmp_path) as (one, said), server(tmp_path) as (two, _):
        assert "/s/" in said
        assert [try_password(address, "wrong") for address in (one, two, one, two, one)] == [200] * 4 + [429]
        assert try_password(two, "wrong") == 429
    with server(tmp_path) as (three, _):
        assert try_password(three, "wrong") == 429
