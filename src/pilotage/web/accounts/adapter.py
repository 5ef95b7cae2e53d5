"""allauth as we use it: nobody signs themselves up, secrets are sealed, and links hold the server's own address."""

from __future__ import annotations

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
_NOT_SHOWN = frozenset(
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
        "email_password_mismatch": _("The e-mail address or the password is not correct. Check both and try again."),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "enter_current_password": _("This is not your current password. Check it and try again."),
        "same_as_current": _("This is already your password. Choose another one."),
        "rate_limited": _("You tried too often. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """Return False: nobody signs themselves up."""
        return False

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Do nothing: wrong passwords are counted by axes alone, which keeps its count in the database."""

    def login(self, request: Any, user: Any) -> None:
        """Sign a person in who has taken every step, and note the moment in the log."""
        super().login(request, user)
        actions.note_sign_in(user)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password once more; wrong ones count as at sign-in."""
        owner = self.authenticate(self.request, email=user.email, password=password)
        return owner is not None and owner.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return False within five minutes of a step of signing in: who just gave a password is not asked again."""
        steps = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - step["at"] < RECENT for step in steps)

    def set_password(self, user: Any, password: str) -> None:
        """Keep a password chosen by its owner; it signs out whoever is signed in by the one before."""
        actions.set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail once the page is answered, so that no answer takes longer for an address that has an account."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        afterwards(self.request, message.send)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link in a mail, with the address from the settings and never from a request's Host."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.ENVIRONMENT.address) + path.replace("UID-KEY", key)

    def add_message(self, request: Any, level: int, message_template: str | None = None, *args: Any, **kw: Any) -> None:
        """Show a message, unless the page says the same anyway."""
        if message_template not in _NOT_SHOWN:
            super().add_message(request, level, message_template, *args, **kw)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of second factors, sealed with the server's key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code that the app shows now. Wait for the next code and enter that one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the server's key."""
        return keys.seal_text_for_server(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return keys.unseal_text_for_server(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as part of a page: without the declaration of a file."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]
