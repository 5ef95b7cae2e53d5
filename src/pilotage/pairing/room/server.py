"""A server for one person on their own machine: bound to the loopback, and closed to other pages in the browser.

A page of another site can make a browser call this address. It cannot know the token, which is in the part of the
address that browsers do not send; it cannot name this host, so a name of its own that leads here is refused; and it
cannot send JSON here without asking first, which is not answered.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from pilotage.pairing.room.actions import NotDone, act
from pilotage.pairing.room.file import load, save
from pilotage.pairing.room.room import Room
from pilotage.pairing.room.view import view
from pilotage.problems import ProblemsFound, kind

PORT_TAKEN = kind("PAIR-010", "The room's port cannot be used")
LARGEST_REQUEST = 65_536
PAGES = {
    "/": ("room.html", "text/html; charset=utf-8"),
    "/room.css": ("room.css", "text/css; charset=utf-8"),
    "/room.js": ("room.js", "text/javascript; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/rounds.js": ("rounds.js", "text/javascript; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class RoomServer(ThreadingHTTPServer):
    """A server of the room that is kept in one file; ``today`` returns the date, ISO."""

    daemon_threads = True

    def __init__(self, file: Path, port: int = 0, today: Callable[[], str] = lambda: date.today().isoformat()) -> None:
        self.file, self.today, self.token, self.lock = file, today, secrets.token_urlsafe(24), Lock()
        self.room = load(file) or Room(seed=secrets.randbelow(1 << 31))
        super().__init__(("127.0.0.1", port), _Answers)

    @property
    def host(self) -> str:
        """The only host by whose name it answers."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """The address to open, with the token."""
        return f"http://{self.host}/#{self.token}"

    def do(self, action: str, words: dict[str, Any]) -> dict[str, Any]:
        """Do something in the room, keep it in the file, and show what there is now."""
        with self.lock:
            room = act(self.room, action, words, self.today())
            save(room, self.file)
            self.room = room
            return view(room, self.today())

    def shown(self) -> dict[str, Any]:
        """Return what the page shows now."""
        with self.lock:
            return view(self.room, self.today())


class _Answers(BaseHTTPRequestHandler):
    server: RoomServer
    server_version, sys_version = "Pilotage", ""
    timeout = 30

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if self._other_host():
            self._say(HTTPStatus.MISDIRECTED_REQUEST, {"problem": "This is not the address of the room."})
        elif path in PAGES:
            name, kind = PAGES[path]
            self._send(HTTPStatus.OK, (files(__package__) / "static" / name).read_bytes(), kind)
        elif path == "/room" and self._knows_the_token():
            self._say(HTTPStatus.OK, self.server.shown())
        else:
            self._say(HTTPStatus.NOT_FOUND, {"problem": "This page does not exist."})

    def do_POST(self) -> None:
        if self._other_host() or self.headers.get("Origin") != f"http://{self.server.host}":
            self._say(HTTPStatus.FORBIDDEN, {"problem": "Only the room's own page can make changes."})
        elif not self._knows_the_token():
            self._say(HTTPStatus.NOT_FOUND, {"problem": "This page does not exist."})
        elif (words := self._words()) is None:
            self._say(HTTPStatus.BAD_REQUEST, {"problem": "The request cannot be read."})
        else:
            self._do(self.path.removeprefix("/do/"), words)

    def _do(self, action: str, words: dict[str, Any]) -> None:
        try:
            self._say(HTTPStatus.OK, self.server.do(action, words))
        except NotDone as why:
            self._say(HTTPStatus.CONFLICT, {"problem": str(why)})
        except ProblemsFound as refusal:
            sentences = " ".join(f"{problem.message} {problem.remedy}" for problem in refusal.problems)
            self._say(HTTPStatus.CONFLICT, {"problem": sentences})

    def _other_host(self) -> bool:
        return self.headers.get("Host") != self.server.host

    def _knows_the_token(self) -> bool:
        return secrets.compare_digest(self.headers.get("X-Room", "").encode(), self.server.token.encode())

    def _words(self) -> dict[str, Any] | None:
        """Return the JSON object that was sent, or None."""
        if self.headers.get_content_type() != "application/json":
            return None
        try:
            length = int(self.headers.get("Content-Length", ""))
            words = json.loads(self.rfile.read(length)) if 0 <= length <= LARGEST_REQUEST else None
        except ValueError:
            return None
        return words if isinstance(words, dict) else None

    def _say(self, status: HTTPStatus, words: dict[str, Any]) -> None:
        self._send(status, json.dumps(words, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        if status >= HTTPStatus.BAD_REQUEST:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: names would be on the screen."""
