"""The second factor of staff: asked for before anything else is shown."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

DEMONSTRATION = "demonstration"


def has_second_factor(request: Any) -> bool:
    """Return whether the account has one (allauth asks for it at sign-in), or the demonstration let the person in."""
    if settings.ENVIRONMENT.demonstration and request.session.get(DEMONSTRATION):
        return True
    return bool(is_mfa_enabled(request.user))


def next_step(request: Any) -> HttpResponse:
    """Redirect to the sign-in page, or, for someone signed in by password alone, to setting up a second factor."""
    if request.user.is_authenticated:
        return redirect("mfa_activate_totp")
    parameters = {"next": request.get_full_path()} if request.method == "GET" else {}
    if getattr(request, "ended_by_idleness", False):
        return redirect(f"{reverse('signed-out')}?{urlencode({'why': 'staff-idle', **parameters})}")
    return redirect(f"{reverse('account_login')}?{urlencode(parameters)}")
