"""Make docs/images/web.png anew from the demonstration, and run-sheet.png and projector.png from the tests' study.

Run it with `uv run --group test python -m docs.make_pictures`; it needs Chromium, and takes about two minutes.
"""

from __future__ import annotations

import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.web.teacher.evening import Evening, running

IMAGES = Path(__file__).parent / "images"
HEIGHT, GAP = 626, 14
PHONE, DESK = {"width": 360, "height": 776}, {"width": 1104, "height": 776}
TABLET, SCREEN = {"width": 820, "height": 1180}, {"width": 1440, "height": 900}
GROUND = "#dfdfda"
_LINK = re.compile(r"^  (\S+(?: \(\w+\))?) +(http\S+)$", re.MULTILINE)


def main() -> None:
    """Serve the demonstration, and then the tests' study, and take the pictures."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with demonstration(Path(folder) / "demo") as links:
            phone, desk = links["participant (en)"], links["coordinator"]
            beside([*of_a_participant(browser, phone), of_a_coordinator(browser, desk)])
        (evenings := Path(folder) / "evening").mkdir()
        with running(evenings) as evening:
            a_session(browser, evening)
        browser.close()


@contextmanager
def demonstration(folder: Path) -> Iterator[dict[str, str]]:
    """The demonstration on a free port: its links, by the role."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    code = "from pilotage.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", code, "demo", str(folder), "--serve", "--port", port]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    try:
        lines = ""
        for line in server.stdout:
            lines += line
            if line.startswith("Everything here is SIMULATED"):
                break
        yield dict(_LINK.findall(lines))
    finally:
        server.terminate()
        server.wait(timeout=20)


def signed_in(browser: Browser, link: str, size: Any) -> Any:
    """A page of this size on which someone has come in by their link."""
    page = browser.new_page(viewport=size)
    page.goto(link)
    page.locator("main form .button").first.click()
    page.wait_for_load_state()
    return page


def of_a_participant(browser: Browser, link: str) -> list[Image.Image]:
    """The home page on a phone, and a questionnaire of which two items are answered."""
    page = signed_in(browser, link, PHONE)
    home = taken(page)
    page.locator("main a.button, main .actions .button").first.click()
    page.locator("form.questionnaire").wait_for()
    for item in (1, 2):
        page.locator(f"#item-{item} label:has(input)").nth(1).click()
    page.locator('#saved[data-state="saved"]').wait_for()
    page.locator("#item-2").evaluate("item => scrollTo(0, item.offsetTop - 100)")
    return [home, taken(page)]


def of_a_coordinator(browser: Browser, link: str) -> Image.Image:
    """The list of people."""
    page = signed_in(browser, link, DESK)
    page.get_by_role("link", name="People", exact=True).click()
    page.locator("#list table").wait_for()
    return taken(page)


def a_session(browser: Browser, evening: Evening) -> None:
    """A session that goes on: its run-sheet on a tablet, with pairs, and what the room sees of their turns."""
    stamp(evening.folder)
    context = browser.new_context(viewport=TABLET)
    context.add_cookies([{"name": "pilotage", "value": evening.cookies["teacher"], "url": evening.address}])
    page = context.new_page()
    page.goto(evening.session + "run-sheet/")
    page.locator("#run-sheet[data-ready]").wait_for()
    page.get_by_role("button", name="Mark everyone present").click()
    page.locator("#run-sheet[data-ready]").wait_for()
    for block, press in (("arrival", "start"), ("arrival", "done"), ("pairs", "start")):
        page.locator(f'#block-{block} form:first-of-type button[value="{press}"]').click()
    page.get_by_role("button", name="Make pairs").click()
    page.locator("ul.pairs").wait_for()
    page.locator("#run-sheet[data-ready]").wait_for()
    page.locator("[data-do=go]").click()
    page.locator('#saved[data-state="saved"]').wait_for()
    page.locator("body:not(.signal)").wait_for()  # the screen has flashed with the bell
    page.screenshot(path=IMAGES / "run-sheet.png", full_page=True)
    projector = context.new_page()
    projector.set_viewport_size(SCREEN)
    projector.goto(evening.session + "projector/")
    projector.locator("#turns").wait_for()
    projector.screenshot(path=IMAGES / "projector.png")
    context.close()


def stamp(folder: Path) -> None:
    """Mark the tests' study as simulated, so that its pages say so."""
    (place,) = folder.rglob("*.sqlite3")
    with closing(sqlite3.connect(place)) as records, records:
        records.execute("UPDATE records_study SET simulated = ?", ('{"seed": 1, "scenario": "paper"}',))


def taken(page: Any) -> Image.Image:
    """What the window shows now, at the height of the pictures."""
    picture = Image.open(BytesIO(page.screenshot()))
    return picture.resize((round(picture.width * HEIGHT / picture.height), HEIGHT), Image.Resampling.LANCZOS)


def beside(pictures: list[Image.Image]) -> None:
    """Write pictures of one height side by side."""
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, HEIGHT), GROUND)
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + GAP
    sheet.quantize(128).save(IMAGES / "web.png", optimize=True)


if __name__ == "__main__":
    main()
