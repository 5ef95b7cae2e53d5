"""Runs a command as a person does: status, what was printed, and what was said to be wrong."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pilotage.cli.main import main


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


@pytest.fixture
def pilotage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["pilotage", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
            sys.exit(0)
        printed = capsys.readouterr()
        return Ran(int(left.value.code or 0), printed.out, printed.err)

    return run
