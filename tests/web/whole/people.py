"""The people of the whole way, each with a browser: what they do on their pages, whatever language these speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
_LINK = re.compile(r"http://[^\s\"<]+/p/[^\s\"<]+/")


@dataclass
class Town:
    """A browser, the site it opens, and what axe found on the pages that were seen."""

    browser: Any
    address: str
    links: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @contextmanager
    def staff(self, role: str, language: str) -> Iterator[Person]:
        """A member of staff at a desk, who came in by their link and reads this language."""
        with self._page(DESK) as page:
            page.goto(self.address + self.links[role])
            page.click("main form button")
            person = Person(self, page)
            person.read_in(language)
            yield person

    @contextmanager
    def at_home(self, link: str) -> Iterator[Person]:
        """A participant on a phone, who came in by their own link and its button."""
        with self._page(PHONE) as page:
            page.goto(link)
            page.click("main form button")
            yield Person(self, page)

    @contextmanager
    def _page(self, size: dict[str, int]) -> Iterator[Any]:
        context = self.browser.new_context(viewport=size, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("response", self._note)
        yield page
        context.close()

    def _note(self, response: Any) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status} {response.url}")


@dataclass
class Person:
    """Someone at a page."""

    town: Town
    page: Any

    def go(self, address: str) -> None:
        self.page.goto(self.town.address + address)
        self.look()

    def send(self, form: str = "main form.form") -> None:
        """Press the one button that says what happens, and look at what comes."""
        self.page.locator(f"{form} .button:not(.second):not(.plain)").first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Nothing serious is wrong with the page for those who hear it or use a keyboard."""
        kind = re.sub(r"\d+|[A-Z]+\d+|(?<=/)[A-Za-z0-9_-]{30,}(?=/)", "*", self.page.url)
        if kind in self.town.seen:
            return
        self.town.seen.add(kind)
        for found in Axe().run(self.page).response["violations"]:
            if found["impact"] in ("serious", "critical"):
                self.town.wrong.append(f"{self.page.url}: {found['id']} {found['nodes'][0]['html'][:120]}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.town.wrong.append(f"{self.page.url} is {wide} pixels too wide")

    def read_in(self, language: str) -> None:
        button = self.page.locator(f'form:has(input[name="language"][value="{language}"]) button')
        other = self.page.locator(f'button[name="language"][value="{language}"]')
        wanted = button if button.count() else other
        if wanted.count():
            wanted.first.click()
            self.page.wait_for_load_state()

    def choose(self, item: int | str, value: str) -> None:
        self.page.locator(f'#item-{item} label:has(input[value="{value}"])').first.click()

    def chosen(self, item: int | str) -> str | None:
        found = self.page.locator(f"#item-{item} input:checked")
        return found.get_attribute("value") if found.count() else None

    def pick(self, name: str, value: str) -> None:
        self.page.locator(f'label:has(input[name="{name}"][value="{value}"])').first.click()

    def saved(self) -> None:
        """Everything on the page has arrived at the server."""
        self.page.locator('#saved[data-state="saved"]').wait_for()

    def finish(self) -> None:
        """Send a questionnaire; the page that says it arrived has no form any more."""
        self.page.locator('button[name="go"][value="finish"]').click()
        self.page.locator("form.questionnaire").wait_for(state="detached")
        self.look()

    def link_shown(self) -> str:
        found = _LINK.search(self.page.inner_text("main"))
        assert found, self.page.inner_text("main")
        return found[0]
