"""Writes a file whole or not at all: to a temporary name beside it first, then renamed."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file; whoever reads it meanwhile sees the old one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as unfinished:
        place = Path(unfinished.name)
        try:
            unfinished.write(content)
            unfinished.close()
            place.chmod(0o644)
            place.replace(file)
        except BaseException:
            place.unlink(missing_ok=True)
            raise


def write_text(file: Path, content: str) -> None:
    """Write a file of UTF-8 text."""
    write_bytes(file, content.encode())
