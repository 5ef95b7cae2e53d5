"""The administrator of a server makes accounts, gives roles and takes them back."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from pilotage.web.records.models import Event, RoleHeld, User
from tests.web.cast import Cast, signed_in


@pytest.fixture
def adam(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def give(client: Client, cast: Cast, user: User, role: str, **more: object) -> str:
    url = reverse("administrator:account", args=[user.pk])
    said = {"study": cast.study.pk, "role": role, **more}
    return client.post(url, said, follow=True).content.decode().replace("&#x27;", "'")


def roles(user: User) -> set[tuple[str, str | None]]:
    held = RoleHeld.objects.filter(user=user, until=None).select_related("centre")
    return {(one.role, one.centre.key if one.centre else None) for one in held}


def test_somebody_new_gets_a_link_by_mail_and_no_password_from_us(cast: Cast, adam: Client) -> None:
    said = {"name": "Nadia New", "email": "nadia@calm.example", "language": "nl"}
    page = adam.post(reverse("administrator:accounts"), said).content.decode()
    user = User.objects.get(email="nadia@calm.example")
    assert not user.has_usable_password()
    (message,) = mail.outbox
    assert message.to == [user.email] and "/s/" in message.body and message.body.split("/s/")[1][:32] in page
    again = adam.post(reverse("administrator:accounts"), said).content.decode()
    assert "nadia@calm.example already has an account." in again


def test_a_role_is_given_at_one_centre_or_at_all_and_ends(cast: Cast, adam: Client) -> None:
    user = User.objects.create(email="n@calm.example", name="Nadia")
    give(adam, cast, user, "teacher", centre=cast.north.pk)
    give(adam, cast, user, "data-entry")
    assert roles(user) == {("teacher", "north"), ("data-entry", None)}
    held = RoleHeld.objects.get(user=user, role="teacher")
    adam.post(reverse("administrator:end-role", args=[user.pk, held.pk]))
    assert roles(user) == {("data-entry", None)}
    assert Event.objects.filter(what__in=("role given", "role ended"), actor=cast.administrator.pk).count() == 3


@pytest.mark.parametrize(
    ("has", "asked", "says"),
    [
        ("teacher", "researcher", "Nobody can be both teacher and researcher"),
        ("researcher", "teacher", "Nobody can be both researcher and teacher"),
        ("coordinator", "researcher", "the protocol must say why"),
    ],
)
def test_roles_that_one_person_may_not_hold_are_refused_with_the_reason(
    cast: Cast, adam: Client, has: str, asked: str, says: str
) -> None:
    user = cast.staff[has]
    assert says in give(adam, cast, user, asked)
    assert roles(user) == {(has, None)}


def test_closing_an_account_ends_it_at_once_and_the_last_administrator_stays(cast: Cast, adam: Client) -> None:
    teacher = cast.staff["teacher"]
    theirs = signed_in(teacher)
    adam.post(reverse("administrator:disable", args=[teacher.pk]))
    assert theirs.get("/my-studies/").url.startswith(reverse("account_login"))
    adam.post(reverse("administrator:enable", args=[teacher.pk]))
    assert User.objects.get(pk=teacher.pk).is_active
    own = adam.post(reverse("administrator:disable", args=[cast.administrator.pk]), follow=True)
    assert "This is the only administrator" in own.content.decode()


def test_signing_someone_out_everywhere(cast: Cast, adam: Client) -> None:
    theirs = signed_in(cast.staff["teacher"])
    adam.post(reverse("administrator:end-sessions", args=[cast.staff["teacher"].pk]))
    assert theirs.get("/my-studies/").url.startswith(reverse("account_login"))


def test_a_lost_telephone_is_forgotten_and_set_up_again(cast: Cast, adam: Client) -> None:
    from allauth.mfa.models import Authenticator

    signed_in(cast.staff["teacher"])
    adam.post(reverse("administrator:forget-second-step", args=[cast.staff["teacher"].pk]))
    assert not Authenticator.objects.filter(user=cast.staff["teacher"]).exists()


def test_for_others_these_pages_are_not_there(cast: Cast) -> None:
    coordinator = signed_in(cast.staff["coordinator"])
    for name, *args in (("server",), ("accounts",), ("server-log",), ("account", cast.administrator.pk)):
        assert coordinator.get(reverse(f"administrator:{name}", args=args)).status_code == 404
    assert coordinator.get(reverse("administrator:study", args=["calm"])).status_code == 404


def test_the_pages_are_there_for_the_administrator(cast: Cast, adam: Client) -> None:
    for name, *args in (("server",), ("accounts",), ("server-log",), ("account", cast.staff["teacher"].pk)):
        page = adam.get(reverse(f"administrator:{name}", args=args))
        assert page.status_code == 200 and page.content.count(b"<h1") == 1


def test_ones_studies_have_one_way_each_and_one_way_alone_is_taken(cast: Cast, adam: Client) -> None:
    page = adam.get("/my-studies/").content.decode()
    assert "Calm" in page and reverse("administrator:study", args=["calm"]) in page
    assert signed_in(cast.staff["data-entry"]).get("/my-studies/").url == reverse("data-entry:forms", args=["calm"])
    nobody = User.objects.create(email="n@calm.example", name="Nadia")
    assert "You have no role in a study yet" in signed_in(nobody).get("/my-studies/").content.decode()
