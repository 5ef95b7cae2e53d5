"""A whole session on a tablet in a real browser: people come and go, the network drops, and the room sees its pairs."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.teacher.evening import Evening, running

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
TABLET, SCREEN, PHONE = ({"width": w, "height": h} for w, h in ((820, 1180), (1440, 900), (360, 740)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    with running(tmp_path) as found:
        yield found


@contextmanager
def device(browser: Any, evening: Evening, who: str, size: Any) -> Iterator[Any]:
    """A browser of its own, signed in."""
    context = browser.new_context(viewport=size)
    context.add_cookies([{"name": "pilotage", "value": evening.cookies[who], "url": evening.address}])
    context.set_default_timeout(15_000)
    yield context
    context.close()


def kept(evening: Evening, question: str) -> list[tuple[Any, ...]]:
    """What the records hold, read beside the server."""
    (place,) = evening.folder.rglob("*.sqlite3")
    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as records:
        return list(records.execute(question))


def mark(page: Any, person: str, status: str) -> None:
    page.locator(f'#person-{person} button[value="{status}"]').click()


def block(page: Any, key: str, what: str) -> None:
    page.locator(f'#block-{key} form:first-of-type button[value="{what}"]').click()


def says(page: Any, words: str) -> None:
    sync_api.expect(page.locator("#saved")).to_contain_text(words)


def ready(page: Any) -> None:
    """Its script runs; before that a tap is a plain form, which is kept as well."""
    sync_api.expect(page.locator("#run-sheet[data-ready]")).to_be_attached()


def groups(page: Any) -> list[int]:
    """How many people are in each group that is shown."""
    sync_api.expect(page.locator("ul.pairs")).to_be_visible()
    return sorted(text.count("–") + 1 for text in page.locator("ul.pairs li").all_inner_texts())


def names(page: Any) -> str:
    return " ".join(page.locator("ul.pairs li").all_inner_texts())


def test_a_whole_session_with_people_who_come_and_go_and_a_network_that_drops(browser: Any, evening: Evening) -> None:
    with device(browser, evening, "teacher", TABLET) as tablet:
        page = tablet.new_page()
        page.goto(evening.session + "run-sheet/")

        ready(page)
        # Greta is not there, Hugo wrote so; all others are.
        mark(page, "P07", "absent")
        says(page, "saved")
        page.get_by_role("button", name="Mark everyone present").click()
        sync_api.expect(page.locator("#in-room")).to_have_text("6 of 8 present")
        ready(page)

        block(page, "arrival", "start")
        block(page, "arrival", "done")
        block(page, "pairs", "start")
        says(page, "saved")
        page.get_by_role("button", name="Make pairs").click()
        assert groups(page) == [2, 2, 2]
        ready(page)

        # Greta comes after all: an odd number, and one tap puts it right.
        page.locator("#people summary").click()
        mark(page, "P07", "late")
        sync_api.expect(page.get_by_text("Greta arrived.")).to_be_visible()
        page.get_by_role("button", name="Update the pairs").click()
        assert groups(page) == [2, 2, 3]
        ready(page)

        page.get_by_role("button", name="Start the turns").click()
        says(page, "saved")
        with device(browser, evening, "teacher", SCREEN) as large:
            room = large.new_page()
            room.goto(evening.session + "projector/")
            assert groups(room) == [2, 2, 3]
            assert room.locator("nav, header").count() == 0
            sync_api.expect(room.locator('[data-size="2"] [data-part=round]')).to_have_text("Round 1 of 3 · in pairs")
            sync_api.expect(room.locator('[data-size="3"] [data-part=round]')).to_have_text("Round 1 of 4 · in threes")

        the_network_drops(page, tablet, evening)

        # Cees has left: one group changes, and the others stay as they are.
        page.get_by_role("button", name="Update the pairs").click()
        assert groups(page) == [2, 2, 2]
        assert "Cees" not in names(page)
        ready(page)

        page.get_by_text("Report a concern", exact=True).click()
        page.get_by_label("In a few words").fill("she was very quiet")
        page.locator("#concern").get_by_role("button", name="Dina Simulated").click()
        says(page, "saved")

        page.get_by_role("link", name="End session").click()
        page.get_by_role("button", name="Save times").click()
        page.get_by_role("link", name="Open debrief").click()
        page.get_by_label("core to the programme").first.check()
        page.get_by_role("button", name="Save debrief").click()
        sync_api.expect(page.get_by_text("Debrief saved. Thank you.")).to_be_visible()

    assert kept(evening, "SELECT done, reason FROM records_blockdelivered WHERE block = 'pairs'") == [
        ("partly", "time was short")
    ]
    assert kept(evening, "SELECT core, block FROM records_deviation") == [("core", "pairs")]
    assert kept(evening, "SELECT source, description FROM records_adverseevent") == [("teacher", "she was very quiet")]
    with device(browser, evening, "P01", PHONE) as phone:
        page = phone.new_page()
        page.goto(evening.address + "/me/")
        sync_api.expect(page.get_by_text("12 March").first).to_be_visible()


def the_network_drops(page: Any, tablet: Any, evening: Evening) -> None:
    """What is tapped is kept through a reload, the time goes on, and all of it arrives later: once, in its order."""
    sync_api.expect(page.locator("#run-sheet[data-kept=yes]")).to_be_attached()
    before = len(kept(evening, "SELECT id FROM records_tap"))
    evening.line.cut()
    tablet.set_offline(True)
    page.locator("#people summary").click()
    mark(page, "P03", "left early")
    block(page, "pairs", "partly")
    page.get_by_role("button", name="time was short").click()
    says(page, "stored on this device")
    clock = page.locator('[data-size="2"] [data-part=clock]')
    was = clock.inner_text()
    page.wait_for_timeout(1500)
    assert clock.inner_text() != was

    page.reload()
    says(page, "stored on this device")
    sync_api.expect(page.locator('#block-pairs button[data-mark="partly"]')).to_have_attribute("aria-pressed", "true")
    assert clock.inner_text() < was
    assert len(kept(evening, "SELECT id FROM records_tap")) == before

    evening.line.mend()
    tablet.set_offline(False)
    says(page, "saved")
    sync_api.expect(page.get_by_text("Cees left.")).to_be_visible()
    arrived = kept(evening, "SELECT what FROM records_tap ORDER BY id")[before:]
    assert arrived == [("left early",), ("partly",), ("reason",)]


def test_five_minutes_without_network_are_in_the_time_of_the_session(browser: Any, evening: Evening) -> None:
    with device(browser, evening, "teacher", TABLET) as tablet:
        page = tablet.new_page()
        page.clock.install()
        page.goto(evening.session + "run-sheet/")
        ready(page)
        block(page, "arrival", "start")
        says(page, "saved")
        tablet.set_offline(True)
        page.clock.run_for("05:00")
        block(page, "arrival", "done")
        says(page, "stored on this device")
        sync_api.expect(page.locator("[data-part=gone]")).to_have_text("0:05")
        sync_api.expect(page.locator("#block-arrival [data-part=taken]")).to_have_text("(5)")
        tablet.route("**/tap/", lambda route: route.fulfill(status=200, content_type="text/html", body="Sign in here"))
        with page.expect_response("**/tap/"):
            tablet.set_offline(False)
        says(page, "stored on this device")
        tablet.unroute("**/tap/")
        page.evaluate("dispatchEvent(new Event('online'))")
        says(page, "saved")
    assert kept(evening, "SELECT done FROM records_blockdelivered") == [("done",)]


COUNTED = """
globalThis.counts = {asked: 0, held: 0, kept: 0};
Object.defineProperty(navigator, "wakeLock", {value: {request: async () => {
  counts.asked += 1; counts.held += 1;
  return {released: false, release: async () => { counts.held -= 1; }};
}}});
const ask = fetch;
globalThis.fetch = (address, options) => {
  if (options?.method === "HEAD") counts.kept += 1;
  return ask(address, options);
};
"""


def test_while_a_session_goes_on_the_screen_stays_on_and_the_teacher_signed_in(browser: Any, evening: Evening) -> None:
    with device(browser, evening, "teacher", TABLET) as tablet:
        page = tablet.new_page()
        page.add_init_script(COUNTED)
        page.clock.install()
        page.goto(evening.session + "run-sheet/")
        ready(page)
        page.clock.run_for("11:00")
        assert page.evaluate("counts") == {"asked": 0, "held": 0, "kept": 0}
        block(page, "arrival", "start")
        says(page, "saved")
        with page.expect_response(lambda response: response.request.method == "HEAD" and response.status == 200):
            page.clock.run_for("11:00")
        assert page.evaluate("counts") == {"asked": 1, "held": 1, "kept": 2}
        page.clock.fast_forward("05:00:00")
        page.clock.run_for("00:10")
        kept_for = page.evaluate("counts.kept")
        page.clock.run_for("11:00")
        assert page.evaluate("counts") == {"asked": 1, "held": 0, "kept": kept_for}


def test_the_run_sheet_works_without_script(browser: Any, evening: Evening) -> None:
    context = browser.new_context(viewport=TABLET, java_script_enabled=False)
    context.add_cookies([{"name": "pilotage", "value": evening.cookies["teacher"], "url": evening.address}])
    page = context.new_page()
    page.goto(evening.session + "run-sheet/")
    block(page, "arrival", "done")
    assert page.locator('#block-arrival button[data-mark="done"]').get_attribute("aria-pressed") == "true"
    mark(page, "P01", "present")
    mark(page, "P02", "present")
    page.get_by_role("button", name="Make pairs").click()
    assert groups(page) == [2]
    context.close()


def test_nothing_serious_stands_against_these_pages(browser: Any, evening: Evening) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with device(browser, evening, "teacher", TABLET) as tablet:
        page = tablet.new_page()
        page.goto(evening.session + "run-sheet/")
        page.get_by_role("button", name="Mark everyone present").click()
        sync_api.expect(page.locator("#in-room")).to_have_text("7 of 8 present")
        ready(page)
        block(page, "pairs", "start")
        says(page, "saved")
        page.get_by_role("button", name="Make pairs").click()
        for part in ("run-sheet/", "projector/", "debrief/"):
            page.goto(evening.session + part)
            violations = axe.run(page).response["violations"]
            serious = [violation for violation in violations if violation["impact"] in ("serious", "critical")]
            assert not serious, (part, serious)


def test_signing_out_leaves_nothing_of_the_room_behind(browser: Any, evening: Evening) -> None:
    with device(browser, evening, "teacher", TABLET) as tablet:
        page = tablet.new_page()
        page.goto(evening.session + "run-sheet/")
        sync_api.expect(page.locator("#run-sheet[data-kept=yes]")).to_be_attached()
        assert page.evaluate("caches.has('pilotage-room')")
        tablet.clear_cookies()
        page.goto(evening.session + "run-sheet/")
        sync_api.expect(page).to_have_url(re.compile("/account/login/"))
        page.wait_for_function("caches.has('pilotage-room').then((there) => !there)")
