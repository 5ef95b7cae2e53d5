"""The page of the room in a real browser: an evening with a group, as a teacher taps through it."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pilotage.pairing.room.server import RoomServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
NAMES = "Anna, Bram, Cato, Daan, Eva, Fenna, Gijs, Hanna, Imre, Jelle, Kim"
# Every target that a finger is to hit is at least 44 px high; words in a line of text are as high as that too.
SMALL = """() => [...document.querySelectorAll('button, input:not([type=radio]), select, summary')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RoomServer]:
    served = RoomServer(tmp_path / "room.json", today=lambda: "2026-11-23")
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[(1440, "light"), (820, "dark")], ids=["wide", "tablet, dark"])
def page(browser: Browser, server: RoomServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 1180}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.clock.install(time="2026-11-23T19:00:00")
    page.goto(server.address)
    yield page
    context.close()
    assert [one for one in complaints if "409" not in one and "404" not in one and "ERR_FAILED" not in one] == []


def named(page: Page, names: str = NAMES) -> None:
    page.get_by_label("Add names").fill(names)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#people li")).to_have_count(len(names.split(",")))


def tap(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def set_to(page: Page, name: str, state: str) -> None:
    page.get_by_role("group", name=name).get_by_role("button", name=state, exact=True).click()


def test_an_evening_from_names_to_the_last_bell(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Session 1")
    assert "#" not in page.url, "the key is not left standing in the address"
    named(page)
    set_to(page, "Cato", "Away")
    tap(page, "Make pairs")
    expect(page.locator("#groups li")).to_have_count(5)
    set_to(page, "Cato", "Here")
    tap(page, "Change as few groups as possible")
    expect(page.locator("#groups li")).to_have_count(5)
    expect(page.locator("#changed")).to_be_hidden()
    expect(page.locator("#groups")).to_contain_text("Cato")

    tap(page, "Start")
    expect(page.locator("#tracks .left")).to_have_text(["5:00", "3:45"])
    page.clock.run_for(225_100)
    expect(page.locator("#spoken")).to_have_text("Threes: The second speaks, the others listen.")
    page.clock.run_for(75_000)
    expect(page.locator("#tracks .said .round")).to_have_text(["Pairs · round 2 of 3", "Threes · round 2 of 4"])
    page.reload()
    expect(page.locator("#tracks .said .round").first).to_have_text("Pairs · round 2 of 3")
    page.clock.run_for(600_500)
    expect(page.locator("#spoken")).to_contain_text("time is up.")
    expect(page.locator("#tracks .left")).to_have_text(["0:00", "0:00"])


def test_the_page_is_open_to_everyone_and_fits(page: Page) -> None:
    named(page)
    tap(page, "Make pairs")
    for part in page.locator("summary").all():
        part.click()
    expect(page.locator("#met td").first).to_be_visible()
    page.clock.run_for(10_000)
    serious = [found for found in Axe().run(page).response["violations"] if found["impact"] in {"serious", "critical"}]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    assert page.evaluate(SMALL) == []


def test_two_change_places_by_two_taps_and_a_refusal_is_said(page: Page) -> None:
    named(page, "Anna, Bram, Cato, Daan")
    tap(page, "Make pairs")
    groups = page.locator("#groups li")
    one, other = (groups.nth(at).get_by_role("button").last.inner_text() for at in (0, 1))
    tap(page, one)
    expect(page.locator("#hint")).to_have_text(f"Now tap the person who swaps places with {one}.")
    tap(page, other)
    expect(groups.first).to_contain_text(other)
    page.get_by_text("How people are divided").click()
    first = groups.first.get_by_role("button").first.inner_text()
    page.get_by_label("First person", exact=True).select_option(first)
    page.get_by_label("Second person", exact=True).select_option(one)
    tap(page, "Keep apart")
    tap(page, other)
    tap(page, one)
    expect(page.get_by_role("alert")).to_contain_text("kept apart")


def test_the_large_view_shows_time_and_pairs_and_no_more(page: Page) -> None:
    named(page, "Anna, Bram, Cato, Daan")
    tap(page, "Make pairs")
    tap(page, "Show on large screen")
    expect(page.locator("#large-groups li")).to_have_count(2)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    page.clock.run_for(2000)
    expect(page.locator("#large-tracks .left")).to_have_text("4:58")
    assert page.evaluate("document.querySelector('#large').scrollHeight <= innerHeight + 1")
    tap(page, "Back")
    expect(page.locator("#large")).to_be_hidden()


def test_without_its_key_the_page_shows_nothing(page: Page, server: RoomServer) -> None:
    named(page, "Anna, Bram")
    stranger = page.context.new_page()
    stranger.goto(f"http://{server.host}/")
    expect(stranger.get_by_role("alert")).to_contain_text("no key")
    assert "Bram" not in stranger.locator("#people").inner_text()


def test_when_the_server_is_gone_the_timer_goes_on(page: Page, server: RoomServer) -> None:
    named(page, "Anna, Bram")
    tap(page, "Make pairs")
    tap(page, "Start")
    page.route("**/do/*", lambda route: route.abort())
    set_to(page, "Anna", "Away")
    expect(page.get_by_role("alert")).to_contain_text("The timer goes on")
    page.clock.run_for(60_000)
    expect(page.locator("#tracks .left")).to_have_text("4:00")
    page.unroute("**/do/*")
    set_to(page, "Anna", "Away")
    expect(page.get_by_role("alert")).to_be_hidden()
