"""Answering on a phone in a real browser, against a real server: reloads, no network, another device, no script."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.web.participant.site import Site, frozen_answers, running

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
PSS, FFMQ, WEEK = "/me/ask/post/pss-10/1/", "/me/ask/post/ffmq-39/1/", "/me/ask/weeks/week/2/"
PAGED = "/me/ask/pre/ffmq-39/1/"
ABOUT, EVALUATION = "/me/ask/pre/about-you/1/", "/me/ask/evaluation/evaluation/1/"
STORED = """SELECT item, value FROM ({rows}) AS stored
    JOIN records_administration ON records_administration.id = administration_id
    JOIN records_participant ON records_participant.id = participant_id
    WHERE code = ? AND assessment = ?""".format(
    rows="""SELECT administration_id, item, value FROM records_answer
        UNION ALL SELECT administration_id, item, text FROM records_comment"""
)
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Phones:
    """Browsers that open a site."""

    site: Site
    browser: Any

    @property
    def address(self) -> str:
        return self.site.address

    @property
    def cookies(self) -> dict[str, str]:
        return self.site.cookies

    @contextmanager
    def phone(self, code: str, **options: Any) -> Iterator[Any]:
        """A page of a browser of its own, signed in."""
        context = self.browser.new_context(viewport=PHONE, **options)
        context.add_cookies([{"name": "pilotage", "value": self.cookies[code], "url": self.address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield page
        context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Phones]:
    with running(tmp_path_factory.mktemp("after"), "2026-03-21") as found:
        yield Phones(found, browser)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[Phones]:
    """The same study before the course, when questionnaires are paged."""
    with running(tmp_path_factory.mktemp("before"), "2026-02-20") as found:
        yield Phones(found, browser)


def choose(page: Any, item: int | str, value: str) -> None:
    page.locator(f'#item-{item} label:has(input[value="{value}"])').first.click()


def chosen(page: Any, item: int | str) -> str | None:
    found = page.locator(f"#item-{item} input:checked")
    return found.get_attribute("value") if found.count() else None


def says(page: Any, words: str) -> None:
    sync_api.expect(page.locator("#saved")).to_contain_text(words)


def stored(phones: Phones, code: str, assessment: str) -> dict[str, str | None]:
    """What the database of the server holds of someone's answers, their own words among them."""
    with closing(sqlite3.connect(phones.site.folder / "pilotage.sqlite3")) as database:
        return dict(database.execute(STORED, (code, assessment)).fetchall())


def answer(page: Any, step: Callable[[], object]) -> None:
    """Answer one question, and wait until the server has taken it and the page says so."""
    with page.expect_response("**/answers/"):
        step()
    says(page, "saved")


def faults_of(page: Any) -> list[str]:
    """The errors that the page's scripts will raise."""
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    return faults


def type_in(page: Any, item: str, words: str) -> None:
    page.locator(f"#answer-{item}").press_sequentially(words, delay=5)


def test_answers_outlive_a_reload_and_a_lost_network_and_a_second_device_goes_on(site: Phones) -> None:
    with site.phone("P01") as phone, site.phone("P01") as tablet:
        phone.goto(site.address + FFMQ)
        for item in range(1, 11):
            choose(phone, item, "4")
        says(phone, "saved")
        phone.reload()
        assert [chosen(phone, item) for item in (1, 10, 11)] == ["4", "4", None]

        phone.context.set_offline(True)
        for item in range(11, 21):
            choose(phone, item, "2")
        says(phone, "stored on this device")
        sync_api.expect(phone.locator("#answered")).to_contain_text("20 of 39")
        phone.get_by_role("button", name="Send my answers").click()
        says(phone, "There is no network.")

        tablet.goto(site.address + FFMQ)
        assert (chosen(tablet, 10), chosen(tablet, 11)) == ("4", None)

        phone.context.set_offline(False)
        says(phone, "saved")
        tablet.reload()
        assert chosen(tablet, 20) == "2"
        choose(tablet, 1, "1")
        for item in range(21, 40):
            choose(tablet, item, "3")
        says(tablet, "saved")

        phone.get_by_role("button", name="Send my answers").click()
        sync_api.expect(phone.get_by_text("Your answers have arrived")).to_be_visible()
        tablet.reload()
        sync_api.expect(tablet.get_by_text("Your answers have arrived")).to_be_visible()


def test_what_a_closed_page_kept_is_sent_when_it_is_opened_again(site: Phones) -> None:
    with site.phone("P02") as phone:
        phone.goto(site.address + FFMQ)
        phone.route("**/answers/", lambda route: route.abort())
        choose(phone, 7, "5")
        says(phone, "stored on this device")
        phone.goto("about:blank")
        phone.unroute("**/answers/")
        phone.goto(site.address + FFMQ)
        assert chosen(phone, 7) == "5"
        says(phone, "saved")
    with site.phone("P02") as other:
        other.goto(site.address + FFMQ)
        assert chosen(other, 7) == "5"


def test_the_first_page_sends_what_was_kept(site: Phones) -> None:
    with site.phone("P03") as phone:
        phone.goto(site.address + FFMQ)
        phone.route("**/answers/", lambda route: route.abort())
        choose(phone, 3, "2")
        says(phone, "stored on this device")
        phone.unroute("**/answers/")
        phone.goto(f"{site.address}/me/")
        sync_api.expect(phone.get_by_text("They have arrived.")).to_be_visible()


def test_another_person_on_the_same_phone_sends_nothing_of_the_first(site: Phones) -> None:
    with site.phone("P04") as phone:
        phone.goto(site.address + FFMQ)
        phone.route("**/answers/", lambda route: route.abort())
        choose(phone, 5, "5")
        says(phone, "stored on this device")
        phone.unroute("**/answers/")
        phone.context.add_cookies([{"name": "pilotage", "value": site.cookies["P05"], "url": site.address}])
        phone.goto(site.address + FFMQ)
        assert chosen(phone, 5) is None


def test_questions_that_follow_from_an_answer_come_and_go_with_it(site: Phones) -> None:
    with site.phone("P02") as phone:
        phone.goto(site.address + WEEK)
        follow = phone.locator("#item-description")
        sync_api.expect(follow).to_be_hidden()
        choose(phone, "unpleasant", "yes")
        sync_api.expect(follow).to_be_visible()
        phone.locator("#answer-description").fill("A hard evening.")
        says(phone, "saved")
        phone.reload()
        assert phone.locator("#answer-description").input_value() == "A hard evening."
        choose(phone, "unpleasant", "no")
        sync_api.expect(follow).to_be_hidden()


WORDS = "Too long,\nfor me."
TYPED = {"grade": "8", "recommend": "no", "why-not": WORDS, "learned": "pause listen", "last-day": "2026-03-18"}


def give_every_kind(page: Any, step: Callable[[Callable[[], object]], object]) -> None:
    """Answer an item of each kind there is on the form: rating, choice, words, several choices, day."""
    step(lambda: choose(page, "grade", "8"))
    step(lambda: choose(page, "recommend", "no"))
    step(lambda: type_in(page, "why-not", WORDS))
    step(lambda: choose(page, "learned", "listen"))
    step(lambda: choose(page, "learned", "pause"))
    step(lambda: page.locator("#answer-last-day").fill("2026-03-18"))


def filled_in(page: Any) -> dict[str, str | None]:
    ticked = page.locator("#item-learned input:checked").evaluate_all("all => all.map(box => box.value).join(' ')")
    typed = {item: page.locator(f"#answer-{item}").input_value() for item in ("why-not", "last-day")}
    return {item: chosen(page, item) for item in ("grade", "recommend")} | typed | {"learned": ticked}


def send(page: Any) -> None:
    page.get_by_role("button", name="Send my answers").click()
    sync_api.expect(page.get_by_text("Your answers have arrived")).to_be_visible()


def test_each_kind_of_answer_is_stored_as_it_is_given_and_stays_when_it_is_sent(site: Phones) -> None:
    with site.phone("P06") as phone, site.phone("P06") as tablet:
        faults = faults_of(phone)
        phone.goto(site.address + EVALUATION)
        give_every_kind(phone, lambda step: answer(phone, step))
        assert stored(site, "P06", "evaluation") == TYPED
        phone.reload()
        assert filled_in(phone) == TYPED
        tablet.goto(site.address + EVALUATION)
        assert filled_in(tablet) == TYPED
        send(phone)
        assert stored(site, "P06", "evaluation") == TYPED and faults == []
        in_tables = frozen_answers(site.site, "P06", "evaluation")
        assert in_tables == {item: value for item, value in TYPED.items() if item != "why-not"}


def test_each_kind_of_answer_is_sent_without_script_too(site: Phones) -> None:
    with site.phone("P05", java_script_enabled=False) as phone:
        phone.goto(site.address + EVALUATION)
        give_every_kind(phone, lambda step: step())
        send(phone)
        assert stored(site, "P05", "evaluation") == TYPED


def test_a_number_is_stored_as_it_is_typed_and_stays_when_it_is_sent(before: Phones) -> None:
    with before.phone("P03") as phone, before.phone("P03") as tablet:
        faults = faults_of(phone)
        phone.goto(before.address + ABOUT)
        answer(phone, lambda: type_in(phone, "age", "44"))
        assert stored(before, "P03", "pre") == {"age": "44"}
        for page in (phone, tablet):
            page.goto(f"{before.address}{ABOUT}?page=1")
            assert page.locator("#answer-age").input_value() == "44"
        phone.get_by_role("button", name="Next").click()
        phone.get_by_role("button", name="Send my answers").click()
        sync_api.expect(phone.get_by_text("You left one question blank")).to_be_visible()
        send(phone)
        assert stored(before, "P03", "pre") == {"age": "44"} and faults == []
        assert frozen_answers(before.site, "P03", "pre") == {"age": "44", "gender": None}


def test_a_number_that_is_none_holds_the_sending_up_and_no_other_answer(before: Phones) -> None:
    with before.phone("P04") as phone:
        phone.goto(before.address + ABOUT)
        answer(phone, lambda: type_in(phone, "age", "44"))
        phone.locator("#answer-age").fill("forty")
        sync_api.expect(phone.locator("#item-age .error")).to_contain_text("Enter a whole number")
        phone.get_by_role("button", name="Next").click()
        answer(phone, lambda: choose(phone, "gender", "other"))
        phone.get_by_role("button", name="Send my answers").click()
        sync_api.expect(phone.locator("#answer-age")).to_be_focused()
        phone.reload()
        assert phone.locator("#answer-age").input_value() == "forty"
        sync_api.expect(phone.locator("#item-age .error")).to_contain_text("Enter a whole number")
        assert stored(before, "P04", "pre") == {"age": "44", "gender": "other"}
        phone.locator("#answer-age").fill("45")
        phone.get_by_role("button", name="Next").click()
        send(phone)
        assert stored(before, "P04", "pre") == {"age": "45", "gender": "other"}


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 404, "content_type": "text/html", "body": "<h1>Not found</h1>"},
        {"status": 409, "content_type": "text/html", "body": "<h1>Conflict</h1>"},
        {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"},
        {"status": 200, "content_type": "text/html", "body": "<h1>Sign in to this network</h1>"},
        {"status": 200, "content_type": "application/json", "body": "{}"},
    ],
)
def test_no_reply_but_the_server_s_own_discards_what_waits(site: Phones, reply: dict[str, Any]) -> None:
    with site.phone("P04") as phone:
        faults = faults_of(phone)
        phone.goto(site.address + FFMQ)
        phone.route("**/answers/", lambda route: route.fulfill(**reply))
        choose(phone, 39, "5")
        says(phone, "stored on this device")
        phone.unroute("**/answers/")
        with phone.expect_response("**/answers/"):
            phone.reload()
        says(phone, "saved")
        assert chosen(phone, 39) == "5" and faults == []
        answer(phone, lambda: choose(phone, 39, "1"))


def test_the_page_promises_to_save_each_answer_only_where_its_script_does(site: Phones) -> None:
    promise, button = "Each answer is saved as you give it.", "Your answers are saved when you press a button below."
    for by_script in (True, False):
        with site.phone("P05", java_script_enabled=by_script) as phone:
            phone.goto(site.address + FFMQ)
            assert phone.get_by_text(promise).is_visible() == by_script
            assert phone.get_by_text(button).is_visible() != by_script


def test_it_can_be_answered_by_keyboard_alone(site: Phones) -> None:
    with site.phone("P03") as phone:
        phone.goto(site.address + PSS)
        phone.locator("#item-1 input").first.focus()
        phone.keyboard.press("Space")
        phone.keyboard.press("ArrowRight")
        phone.keyboard.press("Tab")
        phone.keyboard.press("Space")
        says(phone, "saved")
        assert (chosen(phone, 1), chosen(phone, 2)) == ("1", "0")


def test_it_is_answered_without_script_too(site: Phones) -> None:
    with site.phone("P05", java_script_enabled=False) as phone:
        phone.goto(site.address + PSS)
        for item in range(1, 11):
            phone.check(f'input[name="answer-{item}"][value="1"]', force=True)
        phone.click("button[value=finish]")
        assert "Your answers have arrived" in phone.content()


def test_the_page_breaks_no_rule_of_the_browser_and_axe_finds_nothing(site: Phones) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    with site.phone("P04", bypass_csp=True) as phone:
        for address in ("/me/", PSS, FFMQ, WEEK, "/me/sessions/", "/me/materials/", "/me/consent/copy/"):
            phone.goto(site.address + address)
            found = axe.Axe().run(phone).response["violations"]
            assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], address
    with site.phone("P04") as phone:
        said: list[str] = []
        phone.on("console", lambda message: said.append(message.text))
        phone.goto(site.address + FFMQ)
        choose(phone, 1, "1")
        says(phone, "saved")
        assert said == []


def test_pages_turn_without_a_network_and_by_the_browser_s_own_back(before: Phones) -> None:
    with before.phone("P01") as phone:
        phone.goto(before.address + PAGED)
        turn = phone.get_by_role("button", name="Next")
        choose(phone, 1, "3")
        turn.click()
        sync_api.expect(phone.locator("#item-2")).to_be_visible()
        sync_api.expect(phone.locator("#item-1")).to_be_hidden()
        phone.context.set_offline(True)
        choose(phone, 2, "4")
        turn.click()
        choose(phone, 3, "5")
        says(phone, "stored on this device")
        phone.go_back()
        sync_api.expect(phone.locator("#item-2")).to_be_visible()
        assert chosen(phone, 2) == "4"
        phone.get_by_role("button", name="Back").click()
        sync_api.expect(phone.locator("#item-1")).to_be_visible()
        phone.context.set_offline(False)
        says(phone, "saved")
    with before.phone("P01") as tablet:
        tablet.goto(before.address + PAGED)
        sync_api.expect(tablet.locator("#item-4")).to_be_visible()
        sync_api.expect(tablet.locator("#answered")).to_contain_text("3 of 39")


def test_pages_are_answered_to_the_end_without_script(before: Phones) -> None:
    with before.phone("P02", java_script_enabled=False) as phone:
        phone.goto(f"{before.address}/me/ask/pre/pss-10/1/")
        for item in range(1, 11):
            phone.check(f'#item-{item} input[value="2"]')
            phone.click("button[value=finish]" if item == 10 else "button[value=next]")
        assert "Your answers have arrived" in phone.content()
