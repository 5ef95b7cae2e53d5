"""A browser without a screen that talks to a real server: it keeps cookies and knows forms."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from tests.shared import ROOT

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One person at one server; a new connection for each question, as after any trouble."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.token = port, {}, ""

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, address, body, sent)
            answer = connection.getresponse()
            text = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, rest = cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
        finally:
            connection.close()
        found = _TOKEN.search(text)
        self.token = found[1] if found else self.token
        return answer.status, text, dict(answer.headers)

    def come_in(self, token: str, to: str) -> None:
        """By the personal link and its button, and on to a page with a form."""
        self.ask("GET", f"/p/{token}/")
        body = urlencode({"csrfmiddlewaretoken": self.token}).encode()
        status, _, _ = self.ask("POST", f"/p/{token}/", body, Content_Type="application/x-www-form-urlencoded")
        assert status == 302
        assert self.ask("GET", to)[0] == 200

    def save(self, form: str, item: int, value: int, sequence: int, device: str = "phone") -> int:
        said = {"device": device, "answers": [{"item": str(item), "value": str(value), "sequence": sequence}]}
        headers = {"Content_Type": "application/json", "X_CSRFToken": self.token}
        return self.ask("POST", f"{form}answers/", json.dumps(said).encode(), **headers)[0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """The server's own: nothing of the tests' settings, and a database of its own where PostgreSQL is tried."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PILOTAGE_", "DJANGO_")) and k != "DATABASE_URL"}
    url = os.environ.get("DATABASE_URL")
    return kept | ({"DATABASE_URL": _own_database(url, folder)} if url else {})


def _own_database(url: str, folder: Path, like: Path | None = None) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(folder)]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {_name(folder)}" + (f" TEMPLATE {_name(like)}" if like else ""))
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{_name(folder)}"))


def _name(folder: Path) -> str:
    return "t" + hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def copied(folder: Path, to: Path) -> Path:
    """A site that no server runs, and its records, once more."""
    shutil.copytree(folder, to)
    if url := os.environ.get("DATABASE_URL"):
        _own_database(url, to, like=folder)
    return to


def query(folder: Path, said: str) -> list[tuple[Any, ...]]:
    """What the records of a site answer, asked beside its server."""
    connection: Any
    if url := environment(folder).get("DATABASE_URL"):
        import psycopg

        connection = psycopg.connect(url)
    else:
        connection = sqlite3.connect(folder / "pilotage.sqlite3")
    with closing(connection):
        answer = connection.execute(said)
        rows = answer.fetchall() if answer.description else []
        connection.commit()
    return list(rows)


def start(folder: Path, port: int, people: int) -> subprocess.Popen[bytes]:
    """The cast's server on this folder, once it answers."""
    return start_site(folder, port, "tests.web.living", str(people))


def start_site(folder: Path, port: int, module: str, *more: str) -> subprocess.Popen[bytes]:
    """A server that a module makes and runs, once it answers."""
    command = [sys.executable, "-m", module, str(folder), str(port), *more]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=environment(folder))
    for _ in range(6000):  # up to two minutes, for a machine may be busy
        if process.poll() is not None:
            raise RuntimeError((folder / "server.log").read_text())
        try:
            Visitor(port).ask("GET", "/account/login/")
        except OSError:
            time.sleep(0.02)
        else:
            return process
    process.kill()
    process.wait()
    raise RuntimeError("The server did not answer.")


@contextmanager
def running(folder: Path, people: int = 1) -> Iterator[tuple[int, list[str]]]:
    """A server, its port and the links' tokens; stopped afterwards."""
    port = free_port()
    process = start(folder, port, people)
    try:
        yield port, tokens(folder)
    finally:
        process.terminate()
        process.wait(20)


def tokens(folder: Path) -> list[str]:
    found: Any = json.loads((folder / "tokens.json").read_text())
    return list(found)
