"""What stands between a study and enrolment, how it opens, how it is amended, and its words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pilotage.protocol.load import load
from pilotage.web.records import actions, audit, protocols, queries
from pilotage.web.records.models import Event, Study, User, WordingText
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import CALM, Cast, a_member_of_staff, consented, signed_in, study_folder


def wording(instrument: str, items: int, codes: range, language: str = "en") -> str:
    """A wording file of our own making, in which every text is only a stand-in."""
    anchors = "\n".join(f"  {code}: stand-in answer {'x' * (code + 1)}" for code in codes)
    texts = "\n".join(f"  {n}: stand-in text of this one {'y' * n}" for n in range(1, items + 1))
    head = (
        f"pilotage: 1\ninstrument: {instrument}\nlanguage: {language}\nsource: made up for a test\ninstructions: none"
    )
    return f"{head}\nanchors:\n{anchors}\nitems:\n{texts}\n"


@pytest.fixture
def draft(db: None) -> Study:
    """A sound study whose protocol leaves nothing open; its people and words are still missing."""
    folder = study_folder("fresh")  # `calm` is the cast's, and open
    file = folder / "protocol.yaml"
    text = file.read_text().replace("registration: {unknown: not yet}", "registration: none")
    file.write_text(text.replace('"21:00",', '"21:00", reply_to: team@calm.example,'))
    return actions.register("fresh", "fresh", load(folder))


@pytest.fixture
def two(draft: Study) -> tuple[User, User]:
    """Two administrators of the study."""
    first = a_member_of_staff(draft, "administrator")
    second = User.objects.create(email="second@fresh.example", name="Berta Second")
    actions.give_role(audit.SERVER, second, draft, "administrator")
    return first, second


def page(client: Client, name: str, *args: object, study: str = "fresh") -> str:
    answer = client.get(reverse(f"administrator:{name}", args=[study, *args]))
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def complete(study: Study, first: User) -> None:
    for role in ("coordinator", "safety-contact"):
        a_member_of_staff(study, role)
    for instrument in ("pss-10", "ffmq-39"):
        for language in ("en", "nl"):
            actions.go_without_wording(first, study, instrument=instrument, language=language, reason="on paper")


def test_the_study_page_lists_what_is_missing_with_what_to_do(draft: Study, two: tuple[User, User]) -> None:
    shown = page(signed_in(two[0]), "study")
    assert "The text of Perceived Stress Scale, 10 items (Dutch) is missing." in shown
    assert "The study has no coordinator yet." in shown and "The study has no safety contact yet." in shown
    assert "Open enrolment" not in shown
    with pytest.raises(ActionRefused):
        actions.open_for_enrolment(draft, two[0])


def test_what_the_protocol_leaves_open_is_listed(draft: Study, two: tuple[User, User]) -> None:
    file = protocols.folder(draft) / "protocol.yaml"
    file.write_text(file.read_text().replace("registration: none", "registration: {unknown: asked for}"))
    (protocols.folder(draft) / "wording/consent.v1.nl.md").unlink()
    shown = page(signed_in(two[0]), "study")
    assert "The study's registration is not known: asked for." in shown
    assert "The consent text 'wording/consent.v1.nl.md' is not in the study's folder." in shown


def test_a_protocol_that_cannot_be_read_says_where(draft: Study, two: tuple[User, User]) -> None:
    file = protocols.folder(draft) / "protocol.yaml"
    file.write_text(file.read_text().replace("randomised: false", "randomised: perhaps"))
    assert "randomised" in page(signed_in(two[0]), "study") or "perhaps" in page(signed_in(two[0]), "study")


def test_when_nothing_is_missing_the_study_opens(draft: Study, two: tuple[User, User]) -> None:
    complete(draft, two[0])
    assert queries.standing_between(draft) == []
    client = signed_in(two[0])
    shown = page(client, "study")
    assert ">Open enrolment</summary>" in shown and "It cannot be a draft again" in shown  # it asks first
    assert ">Open enrolment</button>" not in shown
    assert client.get(reverse("administrator:open", args=["fresh"])).status_code == 405
    client.post(reverse("administrator:open", args=["fresh"]))
    version = protocols.in_force(draft)
    assert version is not None and version.number == 1 and version.by == two[0]


def test_an_amendment_shows_what_differs_and_needs_a_reason(draft: Study, two: tuple[User, User]) -> None:
    complete(draft, two[0])
    actions.open_for_enrolment(draft, two[0])
    client = signed_in(two[0])
    assert "is the one in force" in page(client, "amend")
    file = protocols.folder(draft) / "protocol.yaml"
    file.write_text(file.read_text().replace("planned: 12}", "planned: 14}").replace('version: "1"', 'version: "2"'))
    assert "View differences" in page(client, "study")
    shown = page(client, "amend")
    for part in ("arms[training].planned", "arms[control].planned", "12", "14", "version"):
        assert part in shown
    url = reverse("administrator:amend", args=["fresh"])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "more people wanted to come"}).status_code == 302
    assert [v.number for v in draft.versions.all()] == [1, 2]
    shown = page(client, "study")
    assert "more people wanted to come" in shown and "View differences" not in shown


def test_words_come_in_from_the_folder_and_a_second_person_signs_them(draft: Study, two: tuple[User, User]) -> None:
    (protocols.folder(draft) / "wording/pss-10.en.yaml").write_text(wording("pss-10", 10, range(5)))
    first, second = (signed_in(user) for user in two)
    assert "Import from folder" in page(first, "wordings")
    answer = first.post(reverse("administrator:from-folder", args=["fresh", "pss-10", "en"]))
    row = WordingText.objects.get()
    assert answer.url == reverse("administrator:sign-off", args=["fresh", row.pk])
    assert queries.wording_of(draft, "pss-10", "en") is None
    first.post(answer.url, {"compared": "on"})
    assert queries.wording_of(draft, "pss-10", "en") is None  # whoever brought them in does not sign
    assert "stand-in text of this one y" in page(second, "sign-off", row.pk)
    assert second.post(answer.url, {}).status_code == 200  # without the tick nothing is signed
    second.post(answer.url, {"compared": "on"})
    found = queries.wording_of(draft, "pss-10", "en")
    assert found is not None and found.fingerprint == row.fingerprint and len(found.items) == 10
    assert [e.what for e in Event.objects.filter(subject=f"wordingtext:{row.pk}")] == [
        "wording imported", "wording signed off",
    ]  # fmt: skip


def test_newer_words_are_in_use_once_they_are_signed_too(draft: Study, two: tuple[User, User]) -> None:
    for n, text in enumerate(("stand-in", "other")):
        file = protocols.folder(draft) / "wording/pss-10.en.yaml"
        file.write_text(wording("pss-10", 10, range(5)).replace("stand-in text", f"{text} text"))
        signed_in(two[0]).post(reverse("administrator:from-folder", args=["fresh", "pss-10", "en"]))
        found = queries.wording_of(draft, "pss-10", "en")
        assert (found is None) == (n == 0) and (found is None or found.items[1].startswith("stand-in text"))
        actions.sign_off_wording(two[1], WordingText.objects.latest("pk"))
    latest = queries.wording_of(draft, "pss-10", "en")
    assert latest is not None and latest.items[1].startswith("other text")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("pss.yaml", wording("pss-10", 10, range(5)), ""),
        ("pss.yaml", wording("pss-10", 9, range(5)), "Item 10 is missing"),
        ("pss.yaml", wording("pss-4", 4, range(5)), "does not use 'pss-4'"),
        ("pss.yaml", "a: [1", "YAML stops here"),
        ("pss.csv", "part,number,text\nitem,x,words\n", "which is not a whole number"),
        ("pss.docx", "words", "ends in .yaml or .csv"),
    ],
)
def test_a_file_that_is_sent_is_checked_whole(
    draft: Study, two: tuple[User, User], name: str, content: str, says: str
) -> None:
    url = reverse("administrator:wordings", args=["fresh"])
    answer = signed_in(two[0]).post(url, {"file": SimpleUploadedFile(name, content.encode())})
    assert WordingText.objects.exists() == (not says)
    assert answer.status_code == (200 if says else 302)
    assert says in answer.content.decode().replace("&#x27;", "'")


def test_a_spreadsheet_is_brought_in_too(draft: Study, two: tuple[User, User]) -> None:
    from pilotage.data.importing.wording_sheet import sheet
    from pilotage.instruments.wording import Wording
    from pilotage.yaml_file import read_yaml, validate

    file = protocols.folder(draft) / "w.yaml"
    file.write_text(wording("pss-10", 10, range(5)))
    text = sheet(validate(read_yaml(file), Wording), protocols.draft(draft).instruments["pss-10"], ";")
    file.unlink()
    url = reverse("administrator:wordings", args=["fresh"])
    signed_in(two[0]).post(url, {"file": SimpleUploadedFile("pss.csv", text.encode())})
    assert WordingText.objects.get().instrument == "pss-10"


def test_the_proof_sheet_is_a_page_to_print_with_no_key_on_it(draft: Study, two: tuple[User, User]) -> None:
    (protocols.folder(draft) / "wording/pss-10.en.yaml").write_text(wording("pss-10", 10, range(5)))
    client = signed_in(two[0])
    client.post(reverse("administrator:from-folder", args=["fresh", "pss-10", "en"]))
    shown = page(client, "proof", WordingText.objects.get().pk)
    assert "stand-in text of this one yyy" in shown and "<style" not in shown
    assert reverse("data-entry:style", args=["fresh"]) in shown


def test_going_without_words_is_a_choice_with_a_reason_in_the_log(draft: Study, two: tuple[User, User]) -> None:
    client, url = signed_in(two[0]), reverse("administrator:without", args=["fresh", "pss-10", "en"])
    client.post(url, {"reason": " "})
    assert not draft.without_wording.exists()
    client.post(url, {"reason": "the words are read from the booklet"})
    event = Event.objects.get(what="opening without wording chosen")
    assert (audit.detail(event) or {})["reason"] == "the words are read from the booklet"
    assert "asked without texts" in page(client, "wordings")
    elsewhere = reverse("administrator:without", args=["fresh", "pss-4", "en"])
    assert client.get(elsewhere).status_code == 404


def test_the_log_shows_what_happened_and_keeps_people_sealed(cast: Cast) -> None:
    person = consented(cast)
    actions.make_link(cast.staff["coordinator"], person, "participant")
    client = signed_in(cast.administrator)
    shown = page(client, "log", study="calm")
    assert "Personal link created" in shown and "sealed (about a person)" in shown
    assert "Cora Coordinator" in shown and person.identity.name not in shown
    assert audit.head()[1] in shown
    only = client.get(reverse("administrator:log", args=["calm"]), {"what": "role given"}).content.decode()
    assert "Role assigned" in only and "sealed (about a person)" not in only
    other = client.get(reverse("administrator:log", args=["calm"]), {"day": "1999-01-01"}).content.decode()
    assert "No events of this kind" in other


def test_another_studys_administrator_finds_nothing(cast: Cast) -> None:
    other = User.objects.create(email="other@elsewhere.example", name="Otto")
    row = WordingText.objects.create(study=cast.study, instrument="pss-10", language="en", content={}, fingerprint="f")
    for name, *args in (("study",), ("amend",), ("log",), ("wordings",), ("sign-off", row.pk), ("proof", row.pk)):
        assert signed_in(other).get(reverse(f"administrator:{name}", args=["calm", *args])).status_code == 404


def test_a_folder_added_later_is_taken_in(cast: Cast) -> None:
    folder = Path(settings.ENVIRONMENT.folder) / "storm"
    shutil.copytree(CALM, folder, dirs_exist_ok=True)
    file = folder / "protocol.yaml"
    file.write_text(file.read_text().replace("id: calm", "id: storm", 1))
    client = signed_in(cast.administrator)
    try:
        assert "Add study" in client.get(reverse("administrator:server")).content.decode()
        client.post(reverse("administrator:take-in"), {"folder": "storm"})
        assert Study.objects.filter(key="storm", folder="storm").exists()
        assert client.post(reverse("administrator:take-in"), {"folder": "../.."}).status_code == 404
    finally:
        shutil.rmtree(folder)
