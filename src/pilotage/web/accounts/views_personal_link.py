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
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import PersonalLink
from pilotage.web.records.refused import ActionRefused
from pilotage.yaml_file import Unknown

AWAITING = "awaits-code"
"""In the session: the link whose button was pressed, until its code is typed."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: Any, token: str) -> HttpResponse:
    """Show the link's page, which changes nothing, whoever or whatever opens it; its button lets the person in."""
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
    """Take the code from the mail: five tries within ten minutes, and another code on request."""
    link = queries.link_of_session(request.session.get(AWAITING))
    if link is None:
        return private(redirect("signed-out"))
    request.study = link.participant.study
    with translation.override(_language(request, link)):
        if request.method == "POST" and "again" in request.POST:
            return private(_ask_code(request, link))
        form = EmailCodeForm(request.POST if request.method == "POST" else None)
        if perform_form(form, lambda: actions.use_code(link, form.cleaned_data["code"]), field="code"):
            return private(_let_in(request, link))
        return private(render(request, "accounts/personal_code.html", {"form": form}))


def _let_in(request: Any, link: PersonalLink) -> HttpResponse:
    """Begin a session of its own, with nothing in it of whoever used this browser before."""
    actions.use_link(link)
    request.session.flush()
    request.session[LINK] = link.pk
    rotate_token(request)
    return redirect(_first_page(request, link))


def _ask_code(request: Any, link: PersonalLink) -> HttpResponse:
    with translation.override(_language(request, link)):
        problem = _send_code(link)
        if request.session.get(AWAITING) != link.pk:
            request.session.flush()
            request.session[AWAITING] = link.pk
        if not problem:
            return redirect("personal-code")
        form = EmailCodeForm({})
        form.errors.clear()  # nobody has typed anything yet
        form.add_error(None, problem)
        request.study = link.participant.study
        return render(request, "accounts/personal_code.html", {"form": form})


def _send_code(link: PersonalLink) -> str:
    """Send a new code, and return why that could not be done; empty where it was."""
    try:
        _send(link, actions.make_code(link))
    except ActionRefused as refusal:
        return str(refusal)
    except (NotSentError, UnsureError, AddressRefusedError):
        return _("We could not send the e-mail. Wait a minute and ask for another code.")
    return ""


def _send(link: PersonalLink, code: str) -> None:
    """Send a mail that holds the code, and nothing of the study or of the person."""
    words = _(
        "{code}\n\nThis is your code. You can use it once, within ten minutes. "
        "Did you not ask for it? Then you do not have to do anything: without the code nobody can open your page."
    )
    person, carrier = link.participant, Carrier()
    mail = EmailMessage(_("Your code"), words.format(code=f"{code[:4]} {code[4:]}"), to=[person.identity.email])
    try:
        carrier.carry(mail, simulated=person.study.simulated is not None)
    finally:
        carrier.close()


def _needs_code(link: PersonalLink) -> bool:
    required = protocols.of(link.participant.study).protocol.consent.code_by_email
    return required and link.purpose == "participant" and bool(link.participant.identity.email)


def _first_page(request: Any, link: PersonalLink) -> str:
    """Return where the letter with the link leads, within the participant's own pages; else their first page."""
    if link.purpose != "participant":
        return reverse("participant:colleague-form")
    home, wanted = reverse("participant:home"), request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith(home)
    return wanted if safe else home


def _dead(request: Any, token: str) -> HttpResponse:
    """Say what to do when a link opens nothing any more; and whom to ask, where the study is known."""
    study = queries.study_of_dead_link(token)
    contact = None
    if study is not None:
        request.study = study
        contact = protocols.of(study).protocol.correspondence.reply_to
    words = None if contact is None or isinstance(contact, Unknown) else say(contact, request.LANGUAGE_CODE)
    return render(request, "accounts/dead_link.html", {"contact": words}, status=410)


def _language(request: Any, link: PersonalLink) -> str:
    """Return the participant's own language, unless another was chosen in this browser; a colleague's is not known."""
    chosen: str = request.session.get("language") or (
        link.participant.identity.language if link.purpose == "participant" else request.LANGUAGE_CODE
    )
    return chosen
