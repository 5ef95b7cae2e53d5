"""allauth as we use it: nobody signs themselves up, secrets are sealed, and links hold the server's own address."""

from __future__ import annotations

import base64
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pilotage.web.accounts.afterwards import afterwards
from pilotage.web.records import actions, keys

RECENT = 300  # seconds
_SAID_ENOUGH = frozenset(
    {
        "account/messages/logged_in.txt",
        "account/messages/logged_out.txt",
        "mfa/messages/totp_activated.txt",
        "mfa/messages/recovery_codes_generated.txt",
    }
)


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together. Look at both again."),
        "incorrect_password": _("This is not your password. Look at it again."),
        "enter_current_password": _("This is not your password now. Look at it again."),
        "same_as_current": _("This is your password already. Choose another one."),
        "rate_limited": _("That went too fast. Wait a minute, and try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Wrong passwords are counted by axes alone, which keeps its count in the database."""

    def login(self, request: Any, user: Any) -> None:
        """Every step was taken; when somebody came in stands in the log."""
        super().login(request, user)
        actions.note_sign_in(user)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """The password once more; wrong ones count as at sign-in."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not within five minutes of a step of signing in: who has just given a password is not asked again."""
        given = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - step["at"] < RECENT for step in given)

    def set_password(self, user: Any, password: str) -> None:
        """A password chosen by its owner; it ends whoever is signed in by the one before."""
        actions.set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sent once the page is answered, so that no answer takes longer for an address that has an account."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        afterwards(self.request, message.send)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address from the settings, never from a request's Host."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.ENVIRONMENT.address) + path.replace("UID-KEY", key)

    def add_message(self, request: Any, level: int, message_template: str | None = None, *args: Any, **kw: Any) -> None:
        """Only what a person does not see anyway."""
        if message_template not in _SAID_ENOUGH:
            super().add_message(request, level, message_template, *args, **kw)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of second factors, sealed with the server's key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code that the app shows now. Wait for the next one, and type that."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return base64.b64encode(keys.seal_for_server(text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return keys.unseal_for_server(base64.b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of a page: without the declaration of a file."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]
