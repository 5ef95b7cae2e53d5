"""The link that participants come in by: its page, its button, and the mailed code where the study asks for one."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.protocol.words import say
from pilotage.web.accounts.access import private, public
from pilotage.web.accounts.forms import EmailCodeForm
from pilotage.web.accounts.middleware import LINK
from pilotage.web.mail.transport import AddressRefusedError, Carrier, NotSentError, UnsureError
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import PersonalLink
from pilotage.web.records.refused import ActionRefused
from pilotage.yaml_file import Unknown

AWAITING = "awaits-code"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: Any, token: str) -> HttpResponse:
    """Opening it changes nothing, whoever or whatever opens it; its button lets the person in."""
    link = queries.live_link(token)
    if link is None:
        return private(_dead(request, token))
    if request.method == "POST":
        return private(_ask_code(request, link) if _needs_code(link) else _let_in(request, link))
    if request.link == link:
        return private(redirect(_first_page(request, link)))
    request.study = link.participant.study
    with translation.override(_language(request, link)):
        return private(render(request, "accounts/personal_link.html", {"link": link}))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Any) -> HttpResponse:
    """The code from the mail; five tries, ten minutes, and another on request."""
    link = queries.link_of_session(request.session.get(AWAITING))
    if link is None:
        return private(redirect("signed-out"))
    request.study = link.participant.study
    with translation.override(_language(request, link)):
        if request.method == "POST" and "again" in request.POST:
            return private(_ask_code(request, link))
        form = EmailCodeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                actions.use_code(link, form.cleaned_data["code"])
            except ActionRefused as refused:
                form.add_error("code", str(refused))
            else:
                return private(_let_in(request, link))
        return private(render(request, "accounts/personal_code.html", {"form": form}))


def _let_in(request: Any, link: PersonalLink) -> HttpResponse:
    """A session of its own, with nothing in it of whoever used this browser before."""
    actions.use_link(link)
    request.session.flush()
    request.session[LINK] = link.pk
    rotate_token(request)
    return redirect(_first_page(request, link))


def _ask_code(request: Any, link: PersonalLink) -> HttpResponse:
    with translation.override(_language(request, link)):
        try:
            _send(link, actions.make_code(link))
        except ActionRefused as refused:
            said = str(refused)
        except (NotSentError, UnsureError, AddressRefusedError):
            said = _("The mail could not be sent. Wait a minute, and ask for another code.")
        else:
            said = ""
        if request.session.get(AWAITING) != link.pk:
            request.session.flush()
            request.session[AWAITING] = link.pk
        if not said:
            return redirect("personal-code")
        form = EmailCodeForm({})
        form.errors.clear()
        form.add_error(None, said)
        request.study = link.participant.study
        return render(request, "accounts/personal_code.html", {"form": form})


def _send(link: PersonalLink, code: str) -> None:
    """A mail that holds the code, and nothing of the study or of the person."""
    words = _(
        "{code}\n\nThis is your code. It works once, for ten minutes. "
        "Did you not ask for it? Then you need do nothing: without it nobody comes in."
    )
    person, carrier = link.participant, Carrier()
    mail = EmailMessage(_("Your code"), words.format(code=f"{code[:4]} {code[4:]}"), to=[person.identity.email])
    try:
        carrier.carry(mail, simulated=person.study.simulated is not None)
    finally:
        carrier.close()


def _needs_code(link: PersonalLink) -> bool:
    asked = protocols.of(link.participant.study).protocol.consent.code_by_email
    return asked and link.purpose == "participant" and bool(link.participant.identity.email)


def _first_page(request: Any, link: PersonalLink) -> str:
    """Where the link's letter meant to lead, within the participant's own pages; their home where it says nothing."""
    if link.purpose != "participant":
        return reverse("participant:colleague-form")
    home, wanted = reverse("participant:home"), request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith(home)
    return wanted if safe else home


def _dead(request: Any, token: str) -> HttpResponse:
    """What to do when a link opens nothing any more; whom to ask, where the study is known."""
    study = queries.study_of_dead_link(token)
    contact = None
    if study is not None:
        request.study = study
        contact = protocols.of(study).protocol.correspondence.reply_to
    said = None if contact is None or isinstance(contact, Unknown) else say(contact, request.LANGUAGE_CODE)
    return render(request, "accounts/dead_link.html", {"contact": said}, status=410)


def _language(request: Any, link: PersonalLink) -> str:
    """The participant's own, unless the browser was told another; a colleague's is not known."""
    chosen: str = request.session.get("language") or (
        link.participant.identity.language if link.purpose == "participant" else request.LANGUAGE_CODE
    )
    return chosen
