"""The two servers, each in a process of its own on a folder of its own, with 300 people who have a link."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PEOPLE = 300
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    base: str
    process: int
    links: list[str]
    first_answer: float
    """Seconds from start to the first answer."""


@contextmanager
def ours(database: str = "") -> Iterator[Running]:
    """`pilotage demo --serve`, started once to make the site, and once more to be timed."""
    with tempfile.TemporaryDirectory(prefix="pilotage-benchmark-") as folder:
        environment = _clean() | ({"DATABASE_URL": database} if database else {})
        links = Path(folder) / "links.txt"
        port = _free_port()
        make = _demo(folder, port, ["--people", str(PEOPLE), "--links", str(links)])
        with _process(make, port, environment):
            pass
        start = time.perf_counter()
        with _process(_serve(folder, port), port, environment) as process:
            took = time.perf_counter() - start
            yield Running(f"http://127.0.0.1:{port}", process, links.read_text().split(), took)


@contextmanager
def peer(python: str) -> Iterator[Running]:
    """oTree on its own production server, from the environment it is installed in."""
    with tempfile.TemporaryDirectory(prefix="peer-benchmark-") as folder:
        project = Path(folder) / "project"
        shutil.copytree(HERE / "peer", project)
        (project / "_static").mkdir()
        (project / "_templates" / "global").mkdir(parents=True)
        port = _free_port()
        path = f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"  # it starts a second process by its name
        environment = _clean() | {"OTREE_REST_KEY": "benchmark", "OTREE_PRODUCTION": "1", "PATH": path}
        command = [str(Path(python).parent / "otree"), "prodserver", str(port)]
        start = time.perf_counter()
        with _process(command, port, environment, project) as process:
            took = time.perf_counter() - start
            base = f"http://127.0.0.1:{port}"
            yield Running(base, process, _peer_links(base), took)


def memory(process: int) -> int:
    """The most memory a process and its children ever held at once, in MiB."""
    return max(_peak(pid) for pid in [process, *_children(process)])


def _demo(folder: str, port: int, more: list[str]) -> list[str]:
    return [sys.executable, "-m", "pilotage", "demo", folder, "--serve", "--port", str(port), *more]


def _serve(folder: str, port: int) -> list[str]:
    return [sys.executable, "-m", "pilotage", "serve", folder, "--port", str(port)]


@contextmanager
def _process(command: list[str], port: int, environment: dict[str, str], folder: Path | None = None) -> Iterator[int]:
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=output, stderr=output, start_new_session=True
        )
        try:
            if not _answers(process, port):
                output.seek(0)
                raise RuntimeError(f"The server stopped.\n{output.read().decode()}")
            yield process.pid
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait for the first answer; no where the process ended before, or two minutes passed."""
    for _ in range(6000):
        if process.poll() is not None:
            return False
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.02)
        else:
            return True
    return False


def _peer_links(base: str) -> list[str]:
    def ask(address: str, body: dict[str, object] | None = None) -> dict[str, list[dict[str, str]]]:
        data = json.dumps(body).encode() if body else None
        headers = {"otree-rest-key": "benchmark", "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(base + address, data, headers)) as answer:
            return json.load(answer)

    code = ask("/api/sessions", {"session_config_name": "ffmq", "num_participants": PEOPLE})["code"]
    return [f"{base}/InitializeParticipant/{person['code']}" for person in ask(f"/api/sessions/{code}")["participants"]]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _children(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [pid for child in children for pid in [int(child), *_children(int(child))]]


def _peak(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
