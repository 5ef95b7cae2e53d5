"""The front door: where someone belongs, and what they read when a form or a session has ended."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import any_staff, public
from pilotage.web.accounts.navigation import Entry, roles_and_parts
from pilotage.web.records import actions, queries

WHYS = ("idle", "staff-idle", "left", "link")


@public
def front_door(request: Any) -> HttpResponse:
    """Redirect to the person's own first page, or to signing in."""
    if request.link is not None:
        return redirect("participant:home" if request.link.purpose == "participant" else "participant:colleague-form")
    return redirect("my-studies" if request.user.is_authenticated else "account_login")


@any_staff
@require_safe
def my_studies(request: Any) -> HttpResponse:
    """Show the person's studies and roles with a link for each; where there is only one, go straight there."""
    studies = [(study, roles_and_parts(request.user, study)) for study in queries.studies_of(request.user)]
    ways = [part.url for _study, parts in studies for _role, part in parts if part]
    if len(ways) == 1 and not request.user.is_administrator:
        return redirect(ways[0])
    places = [(queries.title_of(study), study, parts) for study, parts in studies]
    return render(request, "accounts/my_studies.html", {"places": places, "server": _server(request)})


def _server(request: Any) -> Entry | None:
    if not request.user.is_administrator:
        return None
    return Entry(_("Studies and accounts"), reverse("administrator:server"), current=False)


@public
@require_safe
def signed_out(request: Any) -> HttpResponse:
    """Say why someone is signed out, what is safe, and where to go from here."""
    why = request.GET.get("why", "left")
    target = request.GET.get("next", "")
    context = {"why": why if why in WHYS else "left", "next": target if _is_ours(request, target) else ""}
    return render(request, "accounts/signed_out.html", context)


@public
@require_POST
def sign_out(request: Any) -> HttpResponse:
    """Sign a participant or a colleague out; their link brings them back."""
    request.session.flush()
    return redirect(f"{reverse('signed-out')}?why=left")


@public
@require_POST
def set_language(request: Any) -> HttpResponse:
    """Choose the language to read in: kept with the person, or in the browser while nobody is signed in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("This language is not available."))
    person = request.participant or (request.user if request.user.is_authenticated else None)
    if person is not None and getattr(request.link, "purpose", "participant") == "participant":
        actions.choose_language(person, language)
        request.session.pop("language", None)
    else:
        request.session["language"] = language
    translation.activate(language)
    target = request.POST.get("next", "")
    return redirect(target if _is_ours(request, target) else "front-door")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came back without its proof of origin; what was typed is behind the browser's back button."""
    return render(request, "403_csrf.html", status=403)


def _is_ours(request: HttpRequest, url: str) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
