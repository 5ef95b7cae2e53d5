"""Signing in as a person does: password, then the code of an app."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

from pilotage.web.records.models import User

PASSWORD = "calm waters run deep"  # as the cast has it
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(user: User) -> User:
    """Someone who set up an app before."""
    auth.TOTP.activate(user, SECRET)
    return user


def code_now(secret: str = SECRET) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30)))


def password_step(client: Client, email: str, password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def sign_in(user: User) -> Client:
    """Both steps; the account must have an app."""
    client = Client()
    password_step(client, user.email)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert Authenticator.objects.filter(user=user).exists()
    return client
