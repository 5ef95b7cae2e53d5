"""Links: what opening them never does, what their buttons do, and the code where a study asks for one."""

from __future__ import annotations

import logging
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilotage.web.accounts.first_administrator import PLACEHOLDER, first_administrator_link
from pilotage.web.accounts.quiet_log import HideTokens
from pilotage.web.records import actions, audit
from pilotage.web.records.models import EmailCode, Event, Participant, Study, User
from pilotage.web.records.refused import ActionRefused
from tests.web.accounts.signing import with_app
from tests.web.cast import Cast, at_home, consented

NEW = "a quiet lake at night"
HOME = "/me/"


@pytest.fixture
def person(cast: Cast) -> Participant:
    return consented(cast)


def link_of(person: Participant, purpose: str = "participant") -> str:
    return reverse("personal-link", args=[actions.make_link(audit.SERVER, person, purpose)])


def with_codes(cast: Cast) -> None:
    """The study asks for a mailed code from now on."""
    file = settings.ENVIRONMENT.folder / "calm" / "protocol.yaml"
    file.write_text(file.read_text().replace("consent:\n", "consent:\n  code_by_email: true\n", 1))
    actions.amend(cast.study, audit.SERVER, "a code besides the link")


def code_in(message: mail.EmailMessage) -> str:
    return re.search(r"\d{4} \d{4}", str(message.body))[0]


# The participant's link


def test_opening_a_link_changes_nothing(person: Participant) -> None:
    url, events = link_of(person), Event.objects.count
    before = events()
    for method in ("get", "head", "get"):
        client = Client(headers={"purpose": "prefetch"})
        answer = getattr(client, method)(url)
        assert answer.status_code == 200 and not client.session.keys()
    assert events() == before
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "same-origin"


def test_its_page_says_which_study_and_nothing_personal(person: Participant) -> None:
    page = Client().get(link_of(person)).content.decode()
    assert "<h1>Calm</h1>" in page and "Go to my page" in page
    assert person.identity.name not in page and person.identity.email not in page and person.code not in page


def test_its_button_lets_the_person_in_as_often_as_they_come_back(person: Participant) -> None:
    url = link_of(person)
    for _ in range(2):
        client = Client()
        assert client.post(url).url == HOME
        assert client.session["link"] == person.links.get(revoked_at=None).pk


def test_whoever_used_the_browser_before_is_gone_and_the_session_is_new(cast: Cast, person: Participant) -> None:
    client = at_home(consented(cast, "P02"))
    before = client.session.session_key
    client.post(link_of(person))
    assert client.session.session_key != before
    assert client.session["link"] == person.links.get(revoked_at=None).pk


def test_the_button_needs_proof_that_it_was_pressed_here(person: Participant) -> None:
    client = Client(enforce_csrf_checks=True)
    url = link_of(person)
    assert client.post(url).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(url).content.decode())[1]
    before = client.cookies["csrftoken"].value
    assert client.post(url, {"csrfmiddlewaretoken": token}).url == HOME
    assert client.cookies["csrftoken"].value != before


@pytest.mark.parametrize("end", ["revoked", "over", "replaced", "erased", "unknown"])
def test_a_link_that_ended_says_what_to_do(person: Participant, end: str) -> None:
    url = link_of(person)
    if end == "revoked":
        actions.revoke_links(audit.SERVER, person)
    elif end == "over":
        person.links.update(expires_at=timezone.now() - timedelta(1))
    elif end == "replaced":
        link_of(person)
    elif end == "erased":
        Participant.objects.filter(pk=person.pk).update(erased_at=timezone.now())
    else:
        url = reverse("personal-link", args=["x" * 32])
    for answer in (Client().get(url), Client().post(url)):
        assert answer.status_code == 410
        assert "ask the study coordinator" in answer.content.decode().replace("&#x27;", "'")


def test_a_link_lasts_as_long_as_the_protocol_says(cast: Cast, person: Participant) -> None:
    file = settings.ENVIRONMENT.folder / "calm" / "protocol.yaml"
    file.write_text(file.read_text() + "\naccess:\n  link_lasts: 10 days\n")
    actions.amend(cast.study, audit.SERVER, "links end")
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        url = reverse("personal-link", args=[actions.hand_out_link(audit.SERVER, person)])
        clock.shift(timedelta(days=9, hours=23))
        assert Client().get(url).status_code == 200
        clock.shift(timedelta(hours=2))
        assert Client().get(url).status_code == 410


def test_ending_a_link_ends_the_session_it_opened(person: Participant) -> None:
    client = Client()
    client.post(link_of(person))
    actions.revoke_links(audit.SERVER, person)
    assert client.get(reverse("front-door")).url == reverse("account_login")


def test_two_hours_without_a_page_end_a_participants_session(person: Participant) -> None:
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        client = Client()
        client.post(link_of(person))
        client.get(reverse("front-door"))
        clock.shift(2 * 3600 - 60)
        assert client.get(reverse("front-door")).url == HOME
        clock.shift(2 * 3600 + 60)
        assert client.get(reverse("front-door")).url == reverse("account_login")


def test_signing_out_forgets_the_person(person: Participant) -> None:
    client = Client()
    client.post(link_of(person))
    assert client.get(reverse("sign-out")).status_code == 405
    assert "signed-out" in client.post(reverse("sign-out")).url
    assert not client.session.keys()


def test_a_colleague_comes_to_the_one_form(person: Participant) -> None:
    assert "colleague" in Client().post(link_of(person, "colleague")).url


def test_a_token_is_in_no_line_of_the_log(person: Participant, caplog: pytest.LogCaptureFixture) -> None:
    canary = "canary-" + "k" * 25
    hide = HideTokens()
    caplog.handler.addFilter(hide)
    with caplog.at_level(logging.WARNING):
        Client().get(f"/p/{canary}/")
        Client().get(f"/p/{canary}/nowhere/")
        Client(enforce_csrf_checks=True).post(f"/p/{canary}/")
        Client().get(f"/s/{canary}/")
        Client().get(f"/account/password/new/2-{canary}/")
        logging.getLogger("django.request").error("Internal Server Error: %s", f"/p/{canary}/")
    caplog.handler.removeFilter(hide)
    assert len(caplog.records) >= 5
    assert canary not in caplog.text
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["tokens"]


# The mailed code


def test_where_the_study_asks_for_a_code_it_comes_between(cast: Cast, person: Participant) -> None:
    with_codes(cast)
    client = Client()
    assert client.post(link_of(person)).url == reverse("personal-code")
    assert "link" not in client.session
    (message,) = mail.outbox
    assert message.to == [person.identity.email]
    for word in ("Calm", person.identity.name, person.code, "http"):
        assert word not in message.subject + str(message.body)
    before = client.session.session_key
    assert client.post(reverse("personal-code"), {"code": code_in(message)}).url == HOME
    assert client.session.session_key != before and "link" in client.session


@pytest.mark.parametrize(("when", "opens"), [("twice", False), ("late", False), ("in time", True)])
def test_a_code_lives_ten_minutes_and_works_once(cast: Cast, person: Participant, when: str, opens: bool) -> None:
    with_codes(cast)
    url = link_of(person)
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        client = Client()
        client.post(url)
        code = code_in(mail.outbox[0])
        clock.shift(10 * 60 + 1 if when == "late" else 9 * 60)
        if when == "twice":
            actions.use_code(person.links.get(revoked_at=None), code)
        answer = client.post(reverse("personal-code"), {"code": code})
    assert (answer.status_code == 302) == opens


def test_after_five_wrong_codes_the_right_one_is_over(cast: Cast, person: Participant) -> None:
    with_codes(cast)
    client = Client()
    client.post(link_of(person))
    for _ in range(5):
        assert client.post(reverse("personal-code"), {"code": "1234"}).status_code == 200
    answer = client.post(reverse("personal-code"), {"code": code_in(mail.outbox[0])})
    assert "This code has expired" in answer.content.decode()


def test_another_code_ends_the_one_before_and_not_many_are_sent(cast: Cast, person: Participant) -> None:
    with_codes(cast)
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        client = Client()
        client.post(link_of(person))
        again = client.post(reverse("personal-code"), {"again": "1"})
        assert "We have just sent you a code" in again.content.decode()
        for _ in range(7):
            clock.shift(60)
            answer = client.post(reverse("personal-code"), {"again": "1"})
        assert "Wait an hour" in answer.content.decode()
        assert len(mail.outbox) == 6
        with pytest.raises(ActionRefused):
            actions.use_code(person.links.get(revoked_at=None), code_in(mail.outbox[-2]))
        actions.use_code(person.links.get(revoked_at=None), code_in(mail.outbox[-1]))


def test_codes_are_kept_as_hashes(cast: Cast, person: Participant) -> None:
    with_codes(cast)
    Client().post(link_of(person))
    kept = EmailCode.objects.get()
    assert len(kept.code_hash) == 64 and code_in(mail.outbox[0]).replace(" ", "") not in kept.code_hash


def test_a_code_of_someone_simulated_becomes_a_file(
    cast: Cast, person: Participant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_codes(cast)
    Study.objects.filter(pk=cast.study.pk).update(simulated={"seed": 1, "scenario": "as planned"})
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", tmp_path)
    assert Client().post(link_of(person)).url == reverse("personal-code")
    assert mail.outbox == []
    (file,) = tmp_path.iterdir()
    assert person.identity.email in file.read_text()


def test_nobody_types_a_code_without_having_opened_a_link(db: None) -> None:
    assert Client().get(reverse("personal-code")).url == reverse("signed-out")


# Staff's links


def staff_link(user: User, purpose: str = "password") -> str:
    return reverse("sign-in-link", args=[actions.make_sign_in_link(audit.SERVER, user, purpose)])


def test_a_link_for_a_password_is_used_once_and_leads_to_the_second_step(cast: Cast) -> None:
    user = actions.add_staff(cast.administrator, email="new@calm.example", name="Nadia New")
    url, client = staff_link(user), Client()
    for _ in range(2):
        assert client.get(url).status_code == 200
    weak = client.post(url, {"new_password1": "calm", "new_password2": "calm"})
    assert weak.status_code == 200 and not User.objects.get(pk=user.pk).has_usable_password()
    client.post(url, {"new_password1": NEW, "new_password2": NEW})
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert client.get("/my-studies/").url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # without the password once more
    assert client.get(url).status_code == 410


def test_a_link_for_a_password_does_not_pass_by_a_second_step_that_is_there(cast: Cast) -> None:
    user, client = with_app(cast.staff["teacher"]), Client()
    answer = client.post(staff_link(user), {"new_password1": NEW, "new_password2": NEW})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_links_of_a_demonstration_open_nothing_elsewhere(cast: Cast) -> None:
    url = staff_link(cast.staff["teacher"], "demonstration")
    assert Client().get(url).status_code == Client().post(url).status_code == 410


def test_in_a_demonstration_a_link_lets_in_without_password_as_often_as_one_likes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, demonstration=True))
    url = staff_link(cast.staff["administrator"], "demonstration")
    for _ in range(2):
        client = Client()
        client.get(url)
        assert not client.session.keys()
        client.post(url)
        assert client.session["demonstration"] is True
        assert client.get("/my-studies/").status_code == 200


def test_the_server_lets_its_first_administrator_in_and_then_nobody(nobody_yet: None) -> None:
    path = first_administrator_link()
    assert path and User.objects.get().email == PLACEHOLDER
    again, client = first_administrator_link(), Client()
    assert client.get(path).status_code == 410  # the newest only
    said = {"name": "Ada", "email": "ada@centre.example", "new_password1": NEW, "new_password2": NEW}
    client.post(again, said)
    user = User.objects.get()
    assert (user.name, user.email, user.is_administrator) == ("Ada", "ada@centre.example", True)
    assert first_administrator_link() is None


def test_a_staff_link_ends_in_time(cast: Cast) -> None:
    url = staff_link(cast.staff["teacher"])
    with time_machine.travel(time.time() + 4 * 24 * 3600, tick=False):
        assert Client().get(url).status_code == 410


# Language


def test_the_language_one_chooses_stays_with_the_person(cast: Cast, person: Participant) -> None:
    client = at_home(person)
    assert client.post(reverse("set-language"), {"language": "nl", "next": "/signed-out/"}).url == "/signed-out/"
    person.identity.refresh_from_db()
    assert person.identity.language == "nl"
    visitor = Client()
    visitor.post(reverse("set-language"), {"language": "nl"})
    assert visitor.get(reverse("account_login")).headers["Content-Language"] == "nl"


def test_choosing_a_language_leads_nowhere_else_and_only_to_one_there_is(db: None) -> None:
    answer = Client().post(reverse("set-language"), {"language": "nl", "next": "https://elsewhere.example/"})
    assert answer.url == "/"
    assert Client().post(reverse("set-language"), {"language": "xx"}).status_code == 400
