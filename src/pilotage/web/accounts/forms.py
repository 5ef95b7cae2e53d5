"""The forms of signing in: a code, a password, and who the first administrator is."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

CODE = {"class": "code-entry", "inputmode": "numeric", "autocomplete": "one-time-code"}


def _plain(form: forms.Form, label: Any, *named: str) -> None:
    """Give fields our label, and take away the words inside them that vanish as one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name in named:
        form.fields[name].label = label


class SignInForm(AllauthLoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("E-mail address"), "login")
        self.fields["password"].help_text = ""  # the page itself has the way to another password


class PasswordAgainForm(AllauthReauthenticateForm):  # type: ignore[misc]
    """One's password, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("Password"), "password")


class ForgottenForm(AllauthResetPasswordForm):  # type: ignore[misc]
    """The address to which the way to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("E-mail address"), "email")


class _OneCode(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, _("Code"), "code")
        self.fields["code"].widget.attrs.update(CODE)


class SecondStepForm(_OneCode, AuthenticateForm):  # type: ignore[misc]
    """The app's code, or a recovery code, at sign-in."""


class SecondStepAgainForm(_OneCode, ReauthenticateForm):  # type: ignore[misc]
    """The app's code before something that matters."""


class SetUpSecondStepForm(_OneCode, ActivateTOTPForm):  # type: ignore[misc]
    """The app's first code, which shows that it has the secret."""


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """A password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Password")
        self.fields["new_password1"].help_text = _(
            "Use at least 12 characters. A sentence you can remember works best."
        )
        self.fields["new_password2"].label = _("Repeat password")
        self.fields["new_password2"].help_text = ""


class FirstAdministratorForm(ChoosePasswordForm):
    """Who the first administrator is, and their password."""

    name = forms.CharField(max_length=120, label=_("Your name"))
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("You use this address to sign in."))
    field_order = ("name", "email", "new_password1", "new_password2")


class EmailCodeForm(forms.Form):
    """The code that was mailed to a participant."""

    code = forms.CharField(max_length=20, label=_("Code from the e-mail"), widget=forms.TextInput(attrs=CODE))
