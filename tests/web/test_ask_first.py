"""What cannot be undone, or shuts somebody out, asks first and says what follows; without script too."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.web.cast import Cast, signed_in, someone

ASKED = [
    ("coordinator", "/calm/people/P01/arm/", "Assign arm", "The arm cannot be changed afterwards."),
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
    someone(cast, "P01")
    page = signed_in(cast.staff[role]).get(address.format(teacher=cast.staff["teacher"].pk))
    html = unescape(page.content.decode())
    asked = [block for block in re.findall(r"<details.*?</details>", html, re.S) if f">{action}</summary>" in block]
    assert len(asked) == 1 and follows in asked[0] and asked[0].count("<button") == 1
    assert f">{action}</button>" not in html
