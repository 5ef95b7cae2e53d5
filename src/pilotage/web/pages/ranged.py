"""Sound sent in the pieces that a phone's player asks for (RFC 9110, section 14): one range of bytes at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
Pieces = Callable[[int, int], Iterator[bytes]]


def ranged(request: HttpRequest, size: int, content_type: str, pieces: Pieces) -> HttpResponse:
    """Send the whole, or the range that the request names; ``pieces(first, last)`` gives the bytes, both included."""
    header = _RANGE.match(request.headers.get("Range", ""))
    within = _within(header, size) if header else (0, size - 1)
    if within is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = within
    answer = StreamingHttpResponse(pieces(first, last), status=206 if header else 200, content_type=content_type)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(last - first + 1)
    if header:
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer  # type: ignore[return-value]  # it streams, else it is one


def _within(header: re.Match[str], size: int) -> tuple[int, int] | None:
    """Return the first and last byte; ``-500`` is the last 500. None where there are no such bytes."""
    begin, end = header[1], header[2]
    if begin == "":
        length = min(int(end or 0), size)
        return (size - length, size - 1) if length else None
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else None
