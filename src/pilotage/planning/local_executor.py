"""Runs tasks on this machine, in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from pilotage.planning.task import Sums, Task, run_task
from pilotage.problems import Problem, ProblemsFound, kind

WORKERS_LOST = kind("EVALUATE-005", "The simulation's processes were stopped from outside several times")

_FEWEST_TASKS = 2  # below this a process of its own costs more than it saves
_ATTEMPTS = 4


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def run_locally(tasks: Sequence[Task], workers: int) -> Generator[tuple[int, Sums], None, None]:
    """Yield each task's index and sums, as they are finished; in this process when one worker is enough.

    When a worker is killed, what was not finished is begun again in new processes.

    Raises
    ------
    ProblemsFound
        When that happens several times without a task being finished between.
    """
    if workers == 1 or len(tasks) < _FEWEST_TASKS:
        yield from ((task.index, run_task(task)) for task in tasks)
        return
    left, failures = {task.index: task for task in tasks}, 0
    while left:
        before = len(left)
        try:
            for index, sums in _pooled(tuple(left.values()), workers):
                del left[index]
                yield index, sums
        except BrokenProcessPool:
            failures = failures + 1 if len(left) == before else 0
            if failures == _ATTEMPTS:
                message = f"The processes were stopped {_ATTEMPTS} times before they finished a task."
                remedy = "There may be too little memory. Try --workers 1. Finished tasks are kept."
                raise ProblemsFound([Problem(WORKERS_LOST, message, remedy)]) from None


def _pooled(tasks: Sequence[Task], workers: int) -> Generator[tuple[int, Sums], None, None]:
    # Spawned and not forked: a fork copies the threads' locks of libraries that have threads.
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(run_task, task): task.index for task in tasks}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
