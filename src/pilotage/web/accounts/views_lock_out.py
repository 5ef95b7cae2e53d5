"""After five wrong passwords an address waits: what axes counts, and the page it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def address_tried(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the e-mail address by which tries are counted, whatever capitals and spaces were typed."""
    tried = credentials or {}
    typed = tried.get("email") or tried.get("username") or (request.POST.get("login", "") if request else "")
    return str(typed).strip().casefold()


def page(request: HttpRequest, response: HttpResponse | None, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """Say how long to wait, in the same words whether or not the address has an account."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
