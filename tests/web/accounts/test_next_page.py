"""A letter's link leads on to what the letter is about, and nowhere else."""

import pytest
from django.test import Client

from pilotage.web.records import actions, audit
from tests.web.cast import Cast, consented


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/me/ask/pre/pss-10/1/", "/me/ask/pre/pss-10/1/"),
        ("https://elsewhere.example/me/", "/me/"),
        ("//elsewhere.example/me/", "/me/"),
        ("/calm/people/", "/me/"),
        ("", "/me/"),
    ],
)
def test_a_personal_link_leads_on_within_the_participants_own_pages(cast: Cast, next_page: str, leads_to: str) -> None:
    token = actions.make_link(audit.SERVER, consented(cast))
    answer = Client().post(f"/p/{token}/", query_params={"next": next_page})
    assert answer.headers["Location"] == leads_to
