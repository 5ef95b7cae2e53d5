"""Runs tasks on a Dask cluster; a worker that is lost costs the time of its task and nothing else."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from pilotage.planning.task import Sums, Task, run_task
from pilotage.problems import Problem, ProblemsFound, kind

NO_DASK = kind("EVALUATE-006", "Dask is not installed")
NO_SCHEDULER = kind("EVALUATE-007", "The scheduler of a cluster cannot be reached")

_RETRIES = 20  # a worker that is killed is no fault of the task it had
_PATIENCE = "15s"


def run_on_cluster(tasks: Sequence[Task], address: str) -> Generator[tuple[int, Sums], None, None]:
    """Yield each task's index and sums, as workers finish them.

    Parameters
    ----------
    tasks : sequence of Task
    address : str
        Of the scheduler, such as ``tcp://127.0.0.1:8786``; ``tls://`` with the certificates of Dask's configuration.

    Raises
    ------
    ProblemsFound
        When Dask is not installed or the scheduler cannot be reached.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        remedy = "Install it, here and on the workers: pip install 'pilotage[cluster]'."
        raise ProblemsFound([Problem(NO_DASK, "A cluster needs the extra 'cluster'.", remedy)]) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"No scheduler answers at '{address}': {error}."
        raise ProblemsFound(
            [Problem(NO_SCHEDULER, message, "Start one with: dask scheduler --host 127.0.0.1.")]
        ) from None
    with client:
        # pure=False: a task is its seed, and an earlier run's result must not be handed out in its place.
        futures = client.map(run_task, tasks, pure=False, retries=_RETRIES)
        index_of = {future.key: task.index for future, task in zip(futures, tasks, strict=True)}
        for future, sums in as_completed(futures, loop=client.loop, with_results=True):
            yield index_of[future.key], sums
            future.release()
