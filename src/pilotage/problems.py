"""What is wrong with a person's file: a code, the place, what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its code never changes meaning once released."""

    code: str
    title: str


_kinds: dict[str, Kind] = {}


def kind(code: str, title: str) -> Kind:
    """Register a kind of problem, so that the reference page can list every code there is."""
    if code in _kinds:
        raise ValueError(f"The problem code {code} is used twice.")
    _kinds[code] = Kind(code, title)
    return _kinds[code]


def kinds() -> tuple[Kind, ...]:
    """Return every kind registered by the modules imported so far, in order of code."""
    return tuple(sorted(_kinds.values(), key=lambda k: k.code))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do.

    ``file``, ``line`` and ``column`` (both counted from 1) say where as far as it is known;
    ``path`` is the place inside a structured file, such as ``assessments[1].instruments[2]``.
    """

    kind: Kind
    message: str
    remedy: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""

    @property
    def code(self) -> str:
        """The stable code, such as ``PROTOCOL-001``."""
        return self.kind.code

    @property
    def place(self) -> str:
        """``file:line:column path``, as far as known."""
        numbers = ":".join(str(n) for n in (self.line, self.column) if n is not None)
        return " ".join(part for part in (":".join(p for p in (self.file, numbers) if p), self.path) if part)

    def __str__(self) -> str:
        """Write the problem in up to three lines: code and place, what is wrong, what to do."""
        lines = (f"{self.code} {self.place}".rstrip(), self.message, self.remedy)
        return "\n".join(line for line in lines if line)

    def within(self, file: str | Path) -> Problem:
        """Return the same problem, said to be in this file."""
        return replace(self, file=str(file))


class ProblemsFound(Exception):  # noqa: N818 - it is not our error, it is what we found in a person's file
    """A person's file cannot be used; every problem found is listed, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n\n".join(str(problem) for problem in self.problems))


def refuse(problems: Sequence[Problem]) -> None:
    """Raise `ProblemsFound` when there is at least one problem."""
    if problems:
        raise ProblemsFound(problems)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` with a leading space for a near miss, else an empty string."""
    near = get_close_matches(name, [str(k) for k in known], n=1, cutoff=0.6)
    return f" Did you mean '{near[0]}'?" if near else ""
