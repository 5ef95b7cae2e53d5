"""Tasks of `pilotage evaluate` on one process, on two, and on a Dask cluster of two workers: time and overhead."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from pilotage.planning.evaluation import EvaluationSettings, prepare
from pilotage.planning.task import Sums, Task, run_task
from pilotage.protocol.load import load

WORKERS = 2
TARGET = 0.20


def tasks_of_a_second(count: int, seconds: float) -> list[Task]:
    """So many tasks, each as long on this machine with nothing beside it."""
    wanted = EvaluationSettings(
        scale="scs-26.total", label="", difference=0.25, why="", groups=(4,), sizes=(12,), iccs=(0.05,), ratio=1.0,
        attrition=0.1, trials=1000, seed=1, answers="items",
    )  # fmt: skip
    first = prepare(load("imp-2020"), wanted).tasks()[1]
    probe = replace(first, trials=1000)
    run_task(probe)
    began = time.perf_counter()
    run_task(probe)
    trials = max(round(1000 * seconds / (time.perf_counter() - began) / 10) * 10, 10)
    return [replace(first, index=index, trials=trials) for index in range(count)]


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler and workers on this machine's loopback, over TCP; yields the scheduler's address."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        common = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}

        def start(module: str, *words: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.{module}", *common, *words]
            return subprocess.Popen(command, **quiet)

        processes = [start("dask_scheduler", "--port", "0")]
        try:
            while not file.exists() or not file.read_text().strip():
                time.sleep(0.05)
            processes += [start("dask_worker", "--nthreads", "1", "--no-nanny") for _ in range(workers)]
            yield json.loads(file.read_text())["address"]
        finally:
            for process in processes:
                process.kill()
                process.wait()


def clocked(task: Task) -> tuple[int, Sums, float]:
    """A task with the seconds it took where it ran; others on the machine slow it down, and that is no overhead."""
    began = time.perf_counter()
    sums = run_task(task)
    return task.index, sums, time.perf_counter() - began


@dataclass(frozen=True)
class Run:
    """One way to run all tasks: its seconds from the first to the last, and the tasks' own."""

    name: str
    workers: int
    seconds: float
    own: float
    sums: dict[int, Sums]

    @property
    def overhead(self) -> float:
        """What it took beyond the tasks' own seconds, shared among the workers."""
        return self.seconds * self.workers / self.own - 1


def measured(name: str, workers: int, results: Callable[[], Iterable[tuple[int, Sums, float]]]) -> Run:
    began = time.perf_counter()
    finished = list(results())
    seconds = time.perf_counter() - began
    return Run(name, workers, seconds, sum(own for _, _, own in finished), {i: sums for i, sums, _ in finished})


def on_processes(tasks: list[Task]) -> Iterator[tuple[int, Sums, float]]:
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        yield from (done.result() for done in as_completed([pool.submit(clocked, task) for task in tasks]))


def on_dask(tasks: list[Task], address: str) -> Iterator[tuple[int, Sums, float]]:
    """As `run_on_cluster` does it, from connecting to the last result."""
    import distributed

    with distributed.Client(address, set_as_default=False) as client:
        futures = client.map(clocked, tasks, pure=False)
        for _, result in distributed.as_completed(futures, loop=client.loop, with_results=True):
            yield result


def wait_for_workers(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(WORKERS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    tasks = tasks_of_a_second(options.tasks, options.seconds)
    tiny = [replace(tasks[0], index=index, trials=1) for index in range(1000)]
    runs = [
        measured("one process", 1, lambda: map(clocked, tasks)),
        measured("two processes", WORKERS, lambda: on_processes(tasks)),
    ]
    with cluster(WORKERS) as address:
        wait_for_workers(address)
        list(on_dask(tasks[:WORKERS], address))  # workers import on their first task
        runs.append(measured("Dask, two workers", WORKERS, lambda: on_dask(tasks, address)))
        small = measured("a thousand", WORKERS, lambda: on_dask(tiny, address))
    assert all(run.sums == runs[0].sums for run in runs), "the numbers differ"
    say(runs, tasks, small)


def say(runs: list[Run], tasks: list[Task], small: Run) -> None:
    print(f"{len(tasks)} tasks of {tasks[0].trials} trials; the same numbers from all")
    for run in runs:
        times, each = runs[0].seconds / run.seconds, run.own / len(tasks)
        print(f"{run.name}: {run.seconds:.1f} s ({times:.2f} times as fast), a task {each:.2f} s where it ran")
        print(f"  overhead beyond the tasks' own seconds: {run.overhead:+.1%}")
    print(
        f"Dask beside two processes: {runs[2].seconds / runs[1].seconds - 1:+.1%}; target: overhead below {TARGET:.0%}"
    )
    each = (small.seconds - small.own / WORKERS) / len(small.sums)
    print(f"1000 tasks of one trial on Dask: {each * 1e3:.2f} ms a task beside its work")


if __name__ == "__main__":
    main()
