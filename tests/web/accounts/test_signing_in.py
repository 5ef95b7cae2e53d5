"""Staff sign in with a password and a second step; nobody else does."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from pilotage.web.records import actions, audit
from pilotage.web.records.models import Event, User
from tests.web.accounts.signing import PASSWORD, SECRET, code_now, password_step, sign_in, with_app
from tests.web.cast import Cast, signed_in

STUDIES = "/my-studies/"


@pytest.fixture
def cora(cast: Cast) -> User:
    return cast.staff["coordinator"]


def test_password_and_code_open_the_door(cora: User) -> None:
    client = sign_in(with_app(cora))
    assert client.get(STUDIES).status_code in (200, 302)
    assert client.session["_auth_user_id"] == str(cora.pk)
    assert Event.objects.filter(what="signed in", actor=cora.pk).count() == 1


def test_the_password_alone_opens_nothing_of_an_account_with_a_second_step(cora: User) -> None:
    client = Client()
    assert password_step(client, with_app(cora).email).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(STUDIES).url.startswith(reverse("account_login"))


def test_without_a_second_step_it_is_set_up_before_anything_is_shown(cora: User) -> None:
    client = Client()
    password_step(client, cora.email)
    assert client.get(STUDIES).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert b"<svg" in page.content and b"data:image" not in page.content
    secret = re.search(r"<code>(\w+)</code>", page.content.decode())[1]
    before = client.session.session_key
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.session.session_key != before
    codes = client.get(answer.url)
    assert len(re.findall(r"<code>\d{8}</code>", codes.content.decode())) == 10
    assert "no-store" in codes["Cache-Control"]


def test_the_session_is_a_new_one_after_each_step(cora: User) -> None:
    with_app(cora)
    client = Client()
    client.post(reverse("set-language"), {"language": "nl"})
    keys = [client.session.session_key]
    password_step(client, cora.email)
    keys.append(client.session.session_key)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_a_recovery_code_works_once(cora: User) -> None:
    codes = RecoveryCodes.activate(with_app(cora)).get_unused_codes()
    for expected in (302, 200):
        client = Client()
        password_step(client, cora.email)
        answer = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert answer.status_code == expected


def test_wrong_codes_are_counted(cora: User) -> None:
    client = Client()
    password_step(client, with_app(cora).email)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "_auth_user_id" not in client.session


def test_the_secret_of_the_app_is_sealed_in_the_database(cora: User) -> None:
    with_app(cora)
    assert SECRET not in str(Authenticator.objects.get(user=cora).data)


def test_five_wrong_passwords_close_the_door_also_to_the_right_one(cora: User) -> None:
    client = Client()
    codes = [password_step(client, cora.email, "wrong").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    shut = password_step(Client(), cora.email.upper())
    assert shut.status_code == 429
    assert b"Please wait" in shut.content and b"Nothing was changed" in shut.content


def test_the_count_stands_in_the_database_and_so_holds_for_every_process(cora: User) -> None:
    from axes.models import AccessAttempt

    for _ in range(5):
        password_step(Client(), cora.email, "wrong")
    assert [attempt.failures_since_start for attempt in AccessAttempt.objects.all()] == [5]


def test_the_door_opens_again_after_a_while_and_others_come_in_meanwhile(cast: Cast, cora: User) -> None:
    for _ in range(5):
        password_step(Client(), cora.email, "wrong")
    assert password_step(Client(), cast.staff["teacher"].email).status_code == 302
    assert password_step(Client(), cora.email, REMOTE_ADDR="10.0.0.9").status_code == 302
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        assert password_step(Client(), cora.email).status_code == 302


def test_an_unknown_address_gets_the_same_answer(cora: User) -> None:
    known, unknown = (
        re.sub(r'value="[^"]*"|x-csrftoken": "\w+', "", password_step(Client(), email, "wrong").content.decode())
        for email in (cora.email, "nobody@calm.example")
    )
    assert known == unknown
    locked = [password_step(Client(), "nobody@calm.example", "wrong").status_code for _ in range(4)]
    assert locked[-1] == 429


def test_an_unknown_address_takes_as_long(cora: User, settings: object) -> None:
    hasher = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [hasher]  # type: ignore[attr-defined]
    cora.set_password(PASSWORD)
    cora.save()

    def seconds(email: str) -> float:
        taken = []
        for n in range(3):
            begun = time.perf_counter()
            password_step(Client(), email, "wrong", REMOTE_ADDR=f"10.0.0.{n}")
            taken.append(time.perf_counter() - begun)
        return min(taken)

    known, unknown = seconds(cora.email), seconds("nobody@calm.example")
    assert 0.5 < known / unknown < 2


def test_a_disabled_account_is_out_at_once_and_stays_out(cast: Cast, cora: User) -> None:
    client = signed_in(cora)
    actions.disable(cast.administrator, cora)
    assert client.get(STUDIES).url.startswith(reverse("account_login"))
    actions.enable(cast.administrator, cora)
    assert client.get(STUDIES).url.startswith(reverse("account_login"))


def test_all_sessions_of_someone_end_together(cast: Cast, cora: User) -> None:
    telephone, desk = signed_in(cora), signed_in(cora)
    actions.end_sessions(cast.administrator, cora)
    assert {client.get(STUDIES).url.split("?")[0] for client in (telephone, desk)} == {reverse("account_login")}


def test_half_an_hour_without_a_page_ends_a_sign_in_and_the_page_says_so(cora: User) -> None:
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        client = signed_in(cora)
        client.get(STUDIES)
        clock.shift(29 * 60)
        assert "signed-out" not in client.get(STUDIES).headers.get("Location", "")
        clock.shift(31 * 60)
        away = client.get(STUDIES)
        assert away.url.startswith(reverse("signed-out"))
        page = client.get(away.url).content.decode()
    assert "You did nothing here for a while" in page
    assert f"{reverse('account_login')}?next={STUDIES}" in page


def test_a_study_may_name_a_shorter_time(cast: Cast, cora: User) -> None:
    file = settings.ENVIRONMENT.folder / "calm" / "protocol.yaml"
    file.write_text(file.read_text() + "access: {staff_idle: 10 minutes}\n")
    actions.amend(cast.study, audit.SERVER, "shorter")
    with time_machine.travel("2026-02-20 10:00Z", tick=False) as clock:
        client = signed_in(cora)
        client.get(STUDIES)
        clock.shift(11 * 60)
        assert client.get(STUDIES).url.startswith(reverse("signed-out"))


def test_the_way_to_another_password_is_mailed_after_the_page_and_says_nothing_of_accounts(cora: User) -> None:
    answers = [Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
               for email in (cora.email, "nobody@calm.example")]  # fmt: skip
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert [message.to for message in mail.outbox] == [[cora.email]]
    assert settings.ENVIRONMENT.address in mail.outbox[0].body
    assert cora.email not in mail.outbox[0].subject


def test_another_password_ends_sessions_and_does_not_pass_by_the_second_step(cora: User) -> None:
    before = sign_in(with_app(cora))
    Client().post(reverse("account_reset_password"), {"email": cora.email})
    path = re.search(r"(/account/password/new/\S+)", mail.outbox[0].body)[1]
    client = Client()
    page = client.get(path, follow=True)
    assert page.status_code == 200
    new = "still waters run deeper"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert before.get(STUDIES).url.startswith(reverse("account_login"))
    assert password_step(Client(), cora.email, new).url == reverse("mfa_authenticate")


def test_only_the_addresses_we_use_are_there(db: None) -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if name.startswith(("account_", "mfa_"))} == {
        "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
        "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }  # fmt: skip
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_every_page_of_signing_in_is_ours(cora: User) -> None:
    client = sign_in(with_app(cora))
    RecoveryCodes.activate(cora)
    for name in ("account_logout", "account_change_password", "mfa_index", "mfa_deactivate_totp",
                 "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_reauthenticate",
                 "mfa_reauthenticate"):  # fmt: skip
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert b"pilotage.css" in page.content and b"<h1>" in page.content, name
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
                 "account_reset_password_from_key_done", "signed-out"):  # fmt: skip
        assert b"pilotage.css" in Client().get(reverse(name)).content, name


def test_the_second_step_moves_to_another_telephone(cora: User) -> None:
    client = sign_in(with_app(cora))
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(STUDIES).url == reverse("mfa_activate_totp")
