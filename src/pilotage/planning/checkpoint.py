"""The results of finished tasks, a line each, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pilotage.planning.task import Sums
from pilotage.problems import Problem, ProblemsFound, kind

NOT_KEPT = kind("EVALUATE-004", "The results of finished tasks cannot be written")


class Checkpoint:
    """A file of finished tasks of one design, named by the design's fingerprint so that none is taken for another.

    A line that a killed run left unfinished is not read, and is cut off before anything is added.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.file = folder / f"tasks-{fingerprint[:16]}.jsonl"
        self.fingerprint = fingerprint
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.done = self._read()
            self._open = self.file.open("a", encoding="utf-8")
        except OSError as error:
            message = f"'{folder}' cannot be written: {error.strerror}."
            raise ProblemsFound(
                [Problem(NOT_KEPT, message, "With --out, name a folder that you can write to.")]
            ) from None

    def _read(self) -> dict[int, Sums]:
        """Return the tasks done, by index; the file is cut after its last whole line."""
        if not self.file.exists():
            return {}
        done: dict[int, Sums] = {}
        whole = 0
        with self.file.open("rb") as lines:
            for line in lines:
                task = _parsed(line)
                if task is None:
                    break
                whole += len(line)
                if task["fingerprint"] == self.fingerprint:
                    done[task["task"]] = task["sums"]
        os.truncate(self.file, whole)
        return done

    def keep(self, index: int, sums: Sums) -> None:
        """Write down one finished task, so that not even a power cut takes it away."""
        if index in self.done:
            return
        self._open.write(json.dumps({"fingerprint": self.fingerprint, "task": index, "sums": sums}) + "\n")
        self._open.flush()
        os.fsync(self._open.fileno())
        self.done[index] = sums

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return a line's content; None where it is not whole."""
    if not line.endswith(b"\n"):
        return None
    try:
        content = json.loads(line)
    except ValueError:
        return None
    return content if isinstance(content, dict) and {"fingerprint", "task", "sums"} <= set(content) else None
