"""A link for a member of staff: to set a password once, or to try the demonstration."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import private, public
from pilotage.web.accounts.first_administrator import PLACEHOLDER
from pilotage.web.accounts.forms import ChoosePasswordForm, FirstAdministratorForm
from pilotage.web.accounts.second_factor import DEMONSTRATION
from pilotage.web.pages.perform import result_of
from pilotage.web.records import actions, queries
from pilotage.web.records.models import SignInLink, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: Any, token: str) -> HttpResponse:
    """Show the link's page, which changes nothing; its button signs in, or keeps the password chosen."""
    link = queries.live_sign_in_link(token)
    if link is None or (link.purpose == DEMONSTRATION and not settings.ENVIRONMENT.demonstration):
        return private(render(request, "accounts/dead_staff_link.html", status=410))
    return private((_demonstration if link.purpose == DEMONSTRATION else _choose_password)(request, link))


def _demonstration(request: Any, link: SignInLink) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/demonstration_link.html", {"person": link.user})
    actions.use_sign_in_link(link)
    request.session.flush()
    login(request, link.user, backend=BACKEND)
    request.session[DEMONSTRATION] = True
    return redirect("my-studies")


def _choose_password(request: Any, link: SignInLink) -> HttpResponse:
    chosen = FirstAdministratorForm if link.user.email == PLACEHOLDER else ChoosePasswordForm
    form = chosen(link.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = result_of(lambda: _keep_password(link, form.cleaned_data), partial(form.add_error, None))
        if user is not None:
            request.session.flush()
            record_authentication(request, user, method="password", email=user.email)
            response: HttpResponse = perform_login(request, Login(user=user))
            return response
    return render(request, "accounts/choose_password.html", {"form": form, "person": link.user})


def _keep_password(link: SignInLink, form_data: dict[str, Any]) -> User:
    return actions.choose_first_password(
        link,
        password=form_data["new_password1"],
        name=form_data.get("name", ""),
        email=form_data.get("email", ""),
    )
