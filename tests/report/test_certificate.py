"""A certificate says how long somebody was there, and nothing else about them."""

from datetime import date

import pytest

from pilotage.report.documents.certificate import Certificate, certificate

OF = {
    "person": "Anna de Vries", "programme": "Interpersonal Mindfulness Program", "study": "IMP", "attended": 8,
    "held": 9, "minutes": 1170, "first": date(2027, 1, 19), "last": date(2027, 3, 16),
    "teachers": ("Jan Bakker", "Els Smit"), "place": "Centre, Amsterdam", "issued": date(2027, 3, 20),
}  # fmt: skip


def test_a_certificate_says_who_attended_what_for_how_long_when_and_with_whom() -> None:
    page = certificate(Certificate(**OF, reference="2027-03-A"))
    for said in ("Anna de Vries", "8 of 9 sessions", "19 hours and 30 minutes", "19 January 2027 to 16 March 2027",
                 "Jan Bakker, Els Smit", "Centre, Amsterdam", "20 March 2027", "2027-03-A"):  # fmt: skip
        assert said in page


def test_it_is_made_in_dutch_and_in_english_where_a_language_is_not_known() -> None:
    dutch, other = (certificate(Certificate(**OF), language=language) for language in ("nl", "fr"))
    assert 'lang="nl"' in dutch and "8 van 9 bijeenkomsten" in dutch and "19 uur en 30 minuten" in dutch
    assert 'lang="en"' in other and "Certificate of attendance" in other


def test_it_needs_nothing_from_elsewhere_and_takes_a_site_s_own_styles() -> None:
    page = certificate(Certificate(**OF))
    assert "http" not in page and "src=" not in page and "<link" not in page
    linked = certificate(Certificate(**OF), stylesheet="/static/certificate.css")
    assert '<link rel="stylesheet" href="/static/certificate.css">' in linked and "<style" not in linked


def test_a_name_is_text_and_never_markup() -> None:
    page = certificate(Certificate(**OF | {"person": "<script>alert(1)</script>"}))
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_a_rehearsal_certifies_nothing_and_says_so() -> None:
    assert "SIMULATED" in certificate(Certificate(**OF), simulated=True)
    assert "SIMULATED" not in certificate(Certificate(**OF))


@pytest.mark.parametrize("wrong", [{"attended": 0}, {"attended": 10}, {"minutes": 0}, {"last": date(2027, 1, 1)}])
def test_what_cannot_be_so_is_not_certified(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"certified|before"):
        Certificate(**OF | wrong)
