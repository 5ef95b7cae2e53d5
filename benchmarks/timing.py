"""Whole processes and functions timed against a peer in one run: interleaved, medians, and their ratio."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

PILOTAGE = shutil.which("pilotage", path=str(Path(sys.executable).parent)) or "pilotage"
# Compiled modules are kept as on any machine in use; a run that compiles anew times the compiler.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Timed:
    """One contender: its name, how to run it once, and the seconds its runs took."""

    name: str
    run: Callable[[], object]
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.seconds)


def process(command: Sequence[str]) -> Callable[[], object]:
    """Run a command to its end; its output is read and dropped."""
    return lambda: subprocess.run(command, check=True, env=_ENVIRONMENT, capture_output=True)


def interleaved(contenders: Sequence[Timed], rounds: int) -> None:
    """Each contender once per round, after one round that is not counted."""
    for number in range(rounds + 1):
        for contender in contenders:
            began = time.perf_counter()
            contender.run()
            if number:
                contender.seconds.append(time.perf_counter() - began)


def peak_memory(command: Sequence[str]) -> int:
    """The largest resident memory of a command, in bytes; measured in a child so that others do not count."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, env=_ENVIRONMENT)
    kilobytes = int(done.stdout)
    return kilobytes if sys.platform == "darwin" else kilobytes * 1024


def say(ours: Timed, peer: Timed, target: str) -> None:
    """Print both medians and how many times faster we are."""
    ratio = peer.median / ours.median
    print(f"{peer.name}: {peer.median * 1e3:,.1f} ms; {ours.name}: {ours.median * 1e3:,.1f} ms")
    print(f"  {ratio:.1f} times faster ({target})")
