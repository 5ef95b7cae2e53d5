"""A small HTTP client that costs little itself, for it shares the machine with what it measures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Browser:
    """One person's browser: a connection kept open, and its cookies."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self, address: str) -> Answer:
        return await self._ask("GET", address, b"", {})

    async def post(self, address: str, body: bytes, kind: str, **headers: str) -> Answer:
        more = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await self._ask("POST", address, body, more)

    async def follow(self, address: str) -> tuple[str, Answer]:
        """Where an address leads, and the page there."""
        answer = await self.get(address)
        while answer.status in (301, 302, 303, 307):
            address = local(answer.headers["location"])
            answer = await self.get(address)
        return address, answer

    async def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        async with self._one_at_a_time:
            try:
                return await self._once(method, address, body, headers)
            except (ConnectionError, asyncio.IncompleteReadError):
                self._streams = None  # the server had closed a connection that was idle
                return await self._once(method, address, body, headers)

    async def _once(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        parts = urlsplit(self.base)
        if self._streams is None:
            self._streams = await asyncio.open_connection(parts.hostname, parts.port)
        reader, writer = self._streams
        lines = [f"{method} {address} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        answer = await _read(reader, self.cookies)
        if answer.headers.get("connection", "").lower() == "close":
            writer.close()
            self._streams = None
        return answer


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


async def _read(reader: asyncio.StreamReader, cookies: dict[str, str]) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
        if name.lower() == "set-cookie":
            key, _, rest = value.strip().partition("=")
            cookies[key] = rest.partition(";")[0]
    if headers.get("transfer-encoding") == "chunked":
        return Answer(int(head[0].split()[1]), headers, await _chunks(reader))
    return Answer(int(head[0].split()[1]), headers, await reader.readexactly(int(headers.get("content-length", 0))))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body


def local(address: str) -> str:
    """An address without its server."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
