"""The front door: where someone belongs, and what they read when a form or a session is over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pilotage.web.accounts.access import public


@public
def front_door(request: Any) -> HttpResponse:
    """To one's own first page, or to signing in."""
    if request.participant is not None:
        return redirect("participant:home")
    return redirect("my-studies" if request.user.is_authenticated else "account_login")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its proof of origin; what was typed is in the browser's back button."""
    return render(request, "csrf_failure.html", status=403)
