"""Whether a file is sound, by what it begins with: the name and type that a browser sends are no proof."""

from __future__ import annotations

from typing import BinaryIO

_HEAD = 64
_CHUNK = 1 << 20
_MP3 = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
_AAC = (b"\xff\xf1", b"\xff\xf9")
_PICTURES = b"vide"  # the handler of a film's pictures, as its track table names it


def audio_type(file: BinaryIO) -> str | None:
    """Return the type of a sound file that every browser plays (MP3, AAC, M4A, Ogg, WAV, FLAC); None for all else.

    A film in an M4A's container is none: its pictures would be kept too. The file is read from its start, and left
    there.
    """
    file.seek(0)
    head = file.read(_HEAD)
    result = _by_signature(head)
    if result == "audio/mp4" and _holds(file, _PICTURES):
        result = None
    file.seek(0)
    return result


def _by_signature(head: bytes) -> str | None:
    if head.startswith((b"ID3", *_MP3)):
        return "audio/mpeg"
    if head.startswith(_AAC):
        return "audio/aac"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"fLaC"):
        return "audio/flac"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/mp4" if head[4:8] == b"ftyp" else None


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    file.seek(0)
    kept = b""
    while chunk := file.read(_CHUNK):
        if wanted in kept + chunk:
            return True
        kept = chunk[-len(wanted) :]
    return False
