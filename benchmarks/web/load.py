"""Load: so many people at once, for so long; and what each of them waited."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from client import Answer, Browser

Step = Callable[[Browser, int], Awaitable[Answer]]


@dataclass(frozen=True)
class Measured:
    """How many answers a second, how long half and nineteen in twenty waited at most, and what failed."""

    rate: float
    median: float
    p95: float
    failed: int
    count: int


async def closed(people: Sequence[Browser], step: Step, at_once: int, seconds: float) -> Measured:
    """So many people at once, each of whom asks again as soon as answered."""
    waits: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    async def ask_again(browser: Browser) -> None:
        nonlocal failed
        turn = 0
        while time.perf_counter() < end:
            start = time.perf_counter()
            answer = await step(browser, turn)
            waits.append(time.perf_counter() - start)
            failed += answer.status >= 300
            turn += 1

    start = time.perf_counter()
    await asyncio.gather(*(ask_again(browser) for browser in people[:at_once]))
    return _measured(waits, failed, time.perf_counter() - start)


async def steady(people: Sequence[Browser], step: Step, a_second: int, seconds: int) -> Measured:
    """So many a second, whether or not the ones before were answered."""
    waits: list[float] = []
    failed = 0

    async def ask_once(browser: Browser, turn: int) -> None:
        nonlocal failed
        start = time.perf_counter()
        try:
            answer = await step(browser, turn)
            failed += answer.status >= 300
        except (OSError, asyncio.IncompleteReadError):
            failed += 1
        waits.append(time.perf_counter() - start)

    start = time.perf_counter()
    tasks = []
    for number in range(a_second * seconds):
        await asyncio.sleep(max(0.0, start + number / a_second - time.perf_counter()))
        tasks.append(asyncio.create_task(ask_once(people[number % len(people)], number // len(people))))
    await asyncio.gather(*tasks)
    return _measured(waits, failed, time.perf_counter() - start)


def _measured(waits: list[float], failed: int, seconds: float) -> Measured:
    ordered = sorted(waits)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return Measured(len(waits) / seconds, statistics.median(ordered), p95, failed, len(waits))
