"""Whoever waits for something is seen first."""

from pilotage.web.records.models import Step
from tests.web.cast import Cast, signed_in, someone


def test_those_with_something_to_do_stand_before_those_with_nothing(cast: Cast) -> None:
    for code, kind in (("P01", "declined"), ("P02", "approached")):
        Step.objects.create(participant=someone(cast, code), kind=kind, on="2026-02-10")
    page = signed_in(cast.staff["coordinator"]).get("/calm/people/").content.decode()
    assert page.index("Name of P02") < page.index("Name of P01")
