"""The whole way of a study in a real browser, in each language: enrolled, asked, kept safe, left, analysed."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.visitor import free_port, start_site
from tests.web.whole.people import Person, Town

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

ITEMS = {"pss-10": 10, "ffmq-39": 39, "scs-26": 26, "eq-40": 40, "proqol-5": 30}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, port = tmp_path_factory.mktemp("whole"), free_port()
    server = start_site(folder, port, "tests.web.whole.site")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Town(browser, f"http://127.0.0.1:{port}", json.loads((folder / "links.json").read_text()))
        browser.close()
    server.terminate()
    server.wait(20)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_someone_is_enrolled_asked_and_kept_safe(town: Town, language: str) -> None:
    with town.staff("coordinator", language) as cora:
        code, link = enrolled(cora, language, "Anna" if language == "en" else "Anneke")
        with town.at_home(link) as anna:
            consents(anna, f"Person of {language}")
            cora.go(f"/calm/people/{code}/")
            placed(cora, code)
            answers_with_a_reload_a_lost_network_and_a_second_device(town, anna, link)
            for instrument in ("pss-10", "scs-26", "eq-40", "proqol-5"):
                answers(anna, instrument)
            keeps_a_diary(anna)
            reports_a_reaction(anna, f"Something about {language} frightened me.")
        handles_it(cora, f"Something about {language} frightened me.")
    assert not town.wrong, "\n".join(town.wrong)


def test_another_leaves_the_study_keeps_the_course_and_is_erased_from_the_research(town: Town) -> None:
    with town.staff("coordinator", "en") as cora:
        code, link = enrolled(cora, "en", "Bram")
        with town.at_home(link) as bram:
            consents(bram, "Bram Example")
            placed(cora, code)
            answers(bram, "pss-10")
            bram.go("/me/leave/")
            bram.pick("what", "study")
            bram.pick("answers", "erase")
            bram.send()
            bram.send()  # are you sure?
            bram.go("/me/sessions/")
            assert "19.00" in bram.page.inner_text("main") or bram.page.locator("main time").count()
            answer = bram.page.goto(f"{town.address}/me/ask/post/ffmq-39/1/")
            assert answer.status == 404 or bram.page.locator("form.questionnaire").count() == 0
        cora.go(f"/calm/people/{code}/")
        assert "left the study" in cora.page.inner_text("main").lower()
    assert not town.wrong, "\n".join(town.wrong)


def test_the_researcher_freezes_the_data_and_downloads_the_report(town: Town, tmp_path: Path) -> None:
    with town.staff("researcher", "en") as rosa:
        rosa.go("/calm/data/plan/")
        rosa.send("main form")
        rosa.go("/calm/data/freeze/")
        rosa.send("main form")
        page = rosa.page
        page.locator("main").get_by_role("button", name="Analyse").or_(
            page.locator("main form[action$='/analyse/'] button")
        ).first.click()
        page.get_by_role("link", name="Word").first.wait_for(timeout=90_000)
        rosa.look()
        with page.expect_download() as download:
            page.get_by_role("link", name="Word").first.click()
        report = tmp_path / "report.docx"
        download.value.save_as(report)
        assert "word/document.xml" in zipfile.ZipFile(report).namelist()
        whole = page.content() + zipfile.ZipFile(report).read("word/document.xml").decode()
        for name in ("Anna", "Anneke", "Bram", "people.example"):
            assert name not in whole
    assert not town.wrong, "\n".join(town.wrong)


def enrolled(cora: Person, language: str, name: str) -> tuple[str, str]:
    """Approached, heard, screened and eligible, and given a personal link: the code and the link."""
    page = cora.page
    cora.go("/calm/people/approach/")
    page.fill("[name=name]", f"{name} Example")
    page.fill("[name=email]", f"{name.lower()}@people.example")
    page.select_option("[name=language]", language)
    page.select_option("[name=arm_sought]", "training")
    cora.send()
    code = page.url.rstrip("/").rpartition("/")[2]
    cora.go(f"/calm/people/{code}/answer/")
    cora.pick("reply", "interested")
    cora.send()
    cora.go(f"/calm/people/{code}/screening/")
    for criterion in ("adult", "trained"):
        cora.pick(f"met_{criterion}", "yes")
        page.fill(f"[name=evidence_{criterion}]", "seen")
    cora.send()
    cora.go(f"/calm/people/{code}/link/")
    cora.send("main form")
    return code, cora.link_shown()


def consents(person: Person, name: str) -> None:
    person.go("/me/")
    person.go("/me/consent/")
    for statement in ("understood", "room"):
        person.page.locator(f'[name="statement-{statement}"]').check()
    person.page.fill("[name=typed_name]", name)
    person.send()
    person.go("/me/consent/copy/")
    assert name in person.page.inner_text("main")


def placed(cora: Person, code: str) -> None:
    cora.go(f"/calm/people/{code}/arm/")
    cora.pick("arm", "training")
    cora.send()
    cora.send()  # an arm is for good, so it is asked about
    cora.go(f"/calm/people/{code}/place/")
    if cora.page.locator("select[name=cohort]").count():
        cora.page.select_option(
            "select[name=cohort]", index=cora.page.locator("select[name=cohort] option").count() - 1
        )
    else:
        cora.page.locator("label:has(input[name=cohort])").first.click()
    cora.send()


def answers_with_a_reload_a_lost_network_and_a_second_device(town: Town, person: Person, link: str) -> None:
    page, form = person.page, "/me/ask/post/ffmq-39/1/"
    person.go(form)
    for item in range(1, 11):
        person.choose(item, "4")
    person.saved()
    page.reload()
    assert (person.chosen(1), person.chosen(10), person.chosen(11)) == ("4", "4", None)
    page.context.set_offline(True)
    for item in range(11, 21):
        person.choose(item, "2")
    page.locator('#saved[data-state="waiting"]').wait_for()
    page.context.set_offline(False)
    person.saved()
    with town.at_home(link) as tablet:
        tablet.go(form)
        assert (tablet.chosen(20), tablet.chosen(21)) == ("2", None)
        for item in range(21, 40):
            tablet.choose(item, "3")
        tablet.saved()
        tablet.finish()
    person.go(form)
    assert page.locator("form.questionnaire").count() == 0


def answers(person: Person, instrument: str) -> None:
    person.go(f"/me/ask/post/{instrument}/1/")
    for item in range(1, ITEMS[instrument] + 1):
        person.choose(item, "2")
    person.saved()
    person.finish()


def keeps_a_diary(person: Person) -> None:
    person.go("/me/practice/")
    person.pick("minutes-formal", "15")
    person.saved()
    person.go("/me/practice/")
    assert person.page.locator('input[name="minutes-formal"]:checked').get_attribute("value") == "15"


def reports_a_reaction(person: Person, words: str) -> None:
    person.go("/me/something-unpleasant/")
    person.page.fill("[name=what]", words)
    for role in ("coordinator", "safety-contact"):
        box = person.page.locator(f'[name=may_know][value="{role}"]')
        if not box.is_checked():
            box.check()
    person.send()
    assert "112" in person.page.inner_text("main") or person.page.url.endswith("/")


def handles_it(cora: Person, words: str) -> None:
    page = cora.page
    cora.go("/calm/safety/")
    assert words not in page.content()
    page.locator("article.report a, article.report button").first.click()
    page.wait_for_load_state()
    cora.look()
    if page.locator("form[action$='/open/'] button").count():
        page.locator("form[action$='/open/'] button").first.click()
        page.wait_for_load_state()
    assert words in page.inner_text("main")
    here = page.url.replace(cora.town.address, "").split("#")[0]
    report = here.split("/safety/")[1].split("/")[0]
    for step, fill in (("judge", judged), ("relation", related), ("action", acted)):
        cora.go(f"/calm/safety/{report}/{step}/")
        fill(cora)
        cora.send()
    page.locator("form[action$='/close/'] button").click()
    page.wait_for_load_state()
    cora.go("/calm/safety/")
    assert page.locator("article.report form[action$='/open/']").count() == 0


def judged(cora: Person) -> None:
    cora.pick("severity", "mild")
    cora.pick("serious", "no")
    cora.page.fill("textarea[name=screened]", "Was frightened.")


def related(cora: Person) -> None:
    cora.pick("relatedness", "possible")
    cora.pick("expectedness", "expected")


def acted(cora: Person) -> None:
    cora.page.fill("[name=action]", "Called, and listened.")
    cora.pick("outcome", "resolved")
