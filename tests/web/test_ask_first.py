"""What cannot be undone, or shuts somebody out, asks first and says what follows; without script too."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pilotage.web.records import actions, audit
from pilotage.web.records.models import Allocation, Consent, ConsentText
from tests.web.cast import Cast, consented, signed_in, someone

ASKED = [
    ("coordinator", "/calm/people/P01/", "End personal link", "The link stops working"),
    (
        "administrator",
        "/administration/accounts/{teacher}/",
        "Sign out everywhere",
        "signed out on every device at once",
    ),
    ("administrator", "/administration/accounts/{teacher}/", "Reset second step", "recovery codes stop working"),
    ("administrator", "/administration/accounts/{teacher}/", "Close account", "can no longer sign in"),
]


@pytest.mark.parametrize(("role", "address", "action", "follows"), ASKED)
def test_the_button_that_does_it_stands_behind_what_follows(
    cast: Cast, role: str, address: str, action: str, follows: str
) -> None:
    actions.make_link(audit.SERVER, consented(cast, "P01"))
    page = signed_in(cast.staff[role]).get(address.format(teacher=cast.staff["teacher"].pk))
    html = unescape(page.content.decode())
    asked = [block for block in re.findall(r"<details.*?</details>", html, re.S) if f">{action}</summary>" in block]
    assert len(asked) == 1 and follows in asked[0] and asked[0].count("<button") == 1
    assert f">{action}</button>" not in html


def test_a_link_that_is_shown_is_ended_from_its_page_after_the_same_question(cast: Cast) -> None:
    consented(cast, "P01")
    html = unescape(signed_in(cast.staff["coordinator"]).post("/calm/people/P01/link/").content.decode())
    assert ">End personal link</summary>" in html and "The link stops working" in html
    assert ">End personal link</button>" not in html


def test_an_arm_is_assigned_only_by_the_answer_to_the_question(cast: Cast) -> None:
    person, cora = someone(cast, "P01"), signed_in(cast.staff["coordinator"])
    text = ConsentText.objects.get(study=cast.study, language="en")
    Consent.objects.create(participant=person, text=text, agreed=["understood", "room"])
    html = unescape(cora.post("/calm/people/P01/arm/", {"arm": "control"}).content.decode())
    assert "P01 is assigned to the arm Control. The arm cannot be changed afterwards." in html
    assert '<input type="hidden" name="arm" value="control">' in html and not Allocation.objects.exists()
    cora.post("/calm/people/P01/arm/", {"arm": "control", "sure": "yes"})
    assert Allocation.objects.get().arm == "control"
