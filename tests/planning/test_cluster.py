"""On a real Dask cluster over TCP: the same numbers, also when a worker is killed."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pilotage.planning.evaluation import evaluate
from pilotage.problems import ProblemsFound
from tests.planning.designs import prepared

pytest.importorskip("distributed")

LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard")


@dataclass
class Cluster:
    """A scheduler and two workers, each a process of its own, on this machine's loopback."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def started(module: str, *words: str, cwd: Path) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{module}", *LOOPBACK, *words], cwd=cwd, **quiet)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    file = tmp_path / "scheduler.json"
    scheduler = started("dask_scheduler", "--port", "0", "--scheduler-file", str(file), cwd=tmp_path)
    one = ("--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--scheduler-file", str(file))
    workers: list[subprocess.Popen[bytes]] = []
    try:
        until = time.monotonic() + 60
        while not file.exists() or not file.read_text().strip():
            assert time.monotonic() < until, "the scheduler did not start"
            time.sleep(0.05)
        workers += [started("dask_worker", *one, cwd=tmp_path) for _ in range(2)]
        yield Cluster(json.loads(file.read_text())["address"], workers)
    finally:
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_gives_the_numbers_of_one_process(cluster: Cluster, tmp_path: Path) -> None:
    design = prepared(per_task=500, trials=4_000, sizes=(12,))
    alone = evaluate(design, tmp_path / "alone")
    killed: list[int] = []

    def kill_one(done: int, of: int) -> None:
        if done == 3:
            cluster.workers[0].send_signal(signal.SIGKILL)
            killed.append(done)

    both = evaluate(design, tmp_path / "cluster", scheduler=cluster.address, progress=kill_one)
    assert killed == [3]
    assert cluster.workers[0].wait(timeout=10) == -signal.SIGKILL
    assert both == alone
    assert both.tasks == 32


def test_what_a_cluster_began_one_machine_finishes(cluster: Cluster, tmp_path: Path) -> None:
    design = prepared(per_task=100)

    class PowerCutError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 4:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        evaluate(design, tmp_path / "cut", scheduler=cluster.address, progress=stop)
    assert evaluate(design, tmp_path / "cut") == evaluate(design, tmp_path / "whole")


def test_a_scheduler_that_is_not_there_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilotage.planning.cluster._PATIENCE", "1s")
    with pytest.raises(ProblemsFound, match="EVALUATE-007"):
        evaluate(prepared(), tmp_path, scheduler="tcp://127.0.0.1:9")
