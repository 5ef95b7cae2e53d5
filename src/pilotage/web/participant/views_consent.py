"""Consent: the words, what one agrees to, one's name beneath; a copy to keep; or saying no."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.pages import markdown
from pilotage.web.participant.forms import ConsentForm
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.refused import ActionRefused


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, person: Participant) -> HttpResponse:
    """The information, the statements, and the name beneath; asked of those who may take part.

    Asked once more of those who agreed to words that are not in force any more.
    """
    at, language = queries.at_home(person), translation.get_language() or "en"
    again = at.consent is not None
    text = queries.newer_text(person, language) if again else queries.consent_text(person, language)
    if again and text is None:
        return redirect("participant:consent-copy")
    if text is None or not (again or at.stage == "eligible"):
        return redirect("participant:home")
    form = ConsentForm(text, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_consent(person, text, form.agreed, form.cleaned_data["typed_name"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. You take part from now on, and may stop at any time."))
            return redirect("participant:consent-copy")
    context = {"form": form, "text": text, "words": markdown.html(text.text), "today": at.now, "again": again}
    context["apart"] = _apart(person)
    with timezone.override(at.now.tzinfo):
        return render(request, "participant/consent.html", context)


@participant
@require_safe
def consent_copy(request: HttpRequest, person: Participant) -> HttpResponse:
    """What was agreed to, as it was shown, to keep or print."""
    given = person.consents.select_related("text").order_by("-given_at").first()
    if given is None:
        raise Http404
    signature = getattr(given, "signature", None)
    context = {
        "consent": given,
        "words": markdown.html(given.text.text),
        "statements": [(said["text"], said["id"] in given.agreed) for said in given.text.statements],
        "name": signature.typed_name if signature else "",
    }
    with timezone.override(_zone(person)):
        return render(request, "participant/consent_copy.html", context)


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, person: Participant) -> HttpResponse:
    """Saying no to the research; where course and study are apart, the course may still be taken."""
    if queries.at_home(person).stage != "eligible":
        return redirect("participant:home")
    if request.method == "POST":
        alone = _apart(person) and request.POST.get("course") == "yes"
        try:
            actions.decline_study(person, course_alone=alone, reason=request.POST.get("reason", "")[:200])
        except ActionRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Thank you for telling us. Nothing is asked of you."))
        return redirect("participant:home")
    return render(request, "participant/decline.html", {"apart": _apart(person)})


def _apart(person: Participant) -> bool:
    """Whether one may take the course without the study."""
    protocol = protocols.of(person.study).protocol
    return protocol.course_and_study == "apart" and protocol.programme is not None


def _zone(person: Participant) -> ZoneInfo:
    return ZoneInfo(protocols.of(person.study).protocol.study.time_zone)
