"""Writes a file whole or not at all: to a temporary name beside it first, then renamed."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from pilotage.problems import Problem, ProblemsFound, kind

NOT_WRITTEN = kind("FILE-008", "A file cannot be written")


def write_bytes(file: Path, content: bytes) -> None:
    """Write a file, in a folder that is made when needed; whoever reads it meanwhile sees the old one.

    Raises
    ------
    ProblemsFound
        When it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, content)
    except OSError as error:
        message = f"'{file}' cannot be written: {error.strerror}."
        raise ProblemsFound([Problem(NOT_WRITTEN, message, "Name a place that you may write.")]) from None


def _write(file: Path, content: bytes) -> None:
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
    """Write a file of UTF-8 text; see `write_bytes`."""
    write_bytes(file, content.encode())
