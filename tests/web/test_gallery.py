"""The look of the pages, in a real browser: every sample page, light and dark, on a phone and on a desktop."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "pilotage" / "web" / "static" / "pilotage"
PAGES = sorted(file.stem for file in (Path(__file__).parent / "gallery" / "templates" / "gallery").glob("*.html"))
ERRORS = [f"errors/{name}" for name in ("400", "403", "403_csrf", "404", "500")]
SHAPES = [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")]
TARGETS = """() => [...document.querySelectorAll('.button, .option, .box, .way, summary, select, .navigation a')]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    serve = [sys.executable, "-m", "tests.web.gallery.serve"]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


# Two of the four each time; all of them with the long proofs.
EACH_TIME = [(360, "light"), (1440, "dark")]
TRIED = [pytest.param(shape, marks=[] if shape in EACH_TIME else pytest.mark.long) for shape in SHAPES]


@pytest.fixture(params=TRIED, ids=lambda shape: f"{shape[0]} {shape[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES + ERRORS)
def test_a_page_is_open_to_everyone_and_fits(page: Page, address: str, name: str) -> None:
    complaints: list[str] = []
    page.once("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/{name}/")
    serious = [found for found in Axe().run(page).response["violations"] if found["impact"] in {"serious", "critical"}]

    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in serious] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    assert page.evaluate(TARGETS) == [], "a target under 44 px"
    assert complaints == [], "what the browser said, refusals by the policy among them"


def test_no_page_carries_a_style_or_a_script_of_its_own(address: str) -> None:
    for name in PAGES + ERRORS:
        html = _get(f"{address}/{name}/").decode()
        assert not [word for word in (" style=", "<style", "<script>", " onclick=", "javascript:") if word in html]


def test_menus_open_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/people/")
    page.get_by_text("Menu").click()

    assert page.get_by_role("button", name="Sign out").is_visible()
    assert page.get_by_role("link", name="Monitoring").is_visible()
    context.close()


def test_a_stepper_moves_a_number_and_without_script_it_is_typed(browser: Browser, address: str) -> None:
    for scripted in (True, False):
        context = browser.new_context(java_script_enabled=scripted)
        page = context.new_page()
        page.goto(f"{address}/diary/")
        more = page.get_by_role("button", name="In conversations: one more")
        assert more.is_visible() is scripted
        if scripted:
            more.click()
            assert page.get_by_label("In conversations", exact=True).input_value() == "3"
        context.close()


def test_what_needs_another_look_is_heard_first_and_leads_to_its_field(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/forms/")

    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("link", name="E-mail address: Enter a valid email address.").click()
    field = page.get_by_label("E-mail address")
    assert field.evaluate("e => e === document.activeElement")
    assert field.input_value() == "jan@"
    assert field.get_attribute("aria-describedby") == "id_email_helptext id_email_error"
    page.close()


def test_the_first_view_of_a_questionnaire_is_light(address: str) -> None:
    html = _get(f"{address}/questionnaire/")
    files = [STATIC / "pilotage.css", STATIC / "base.js", STATIC / "icon.svg"]
    htmx = _get(f"{address}/static/django_htmx/htmx-2.min.js")
    sent = sum(len(gzip.compress(part)) for part in [html, htmx, *(file.read_bytes() for file in files)])

    assert sent < 60_000
    assert len((STATIC / "pilotage.css").read_bytes()) < 25_000


def test_every_sample_page_is_named(address: str) -> None:
    assert json.loads(_get(address))["pages"] == PAGES


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        return bytes(answer.read())
