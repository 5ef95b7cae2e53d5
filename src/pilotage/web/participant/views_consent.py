"""Consent: the information, what one agrees to, one's name beneath; a copy to keep; or saying no."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.pages import markdown
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.participant.forms_consent import ConsentForm
from pilotage.web.records import actions, queries
from pilotage.web.records.models import ConsentText, Participant


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show the information and take consent from those who may take part.

    Those who agreed to a text that is no longer in force are asked once more.
    """
    at, language = queries.at_home(person), translation.get_language() or "en"
    again = at.consent is not None
    text = queries.newer_text(person, language) if again else queries.consent_text(person, language)
    if again and text is None:
        return redirect("participant:consent-copy")
    if text is None or not (again or at.stage == "eligible"):
        return redirect("participant:home")
    form = ConsentForm(text, request.POST or None)
    if request.method == "POST" and perform_form(form, lambda: _give_consent(person, text, form)):
        messages.success(request, _("Thank you. You now take part in the study. You may stop at any time."))
        return redirect("participant:consent-copy")
    context = {
        "form": form,
        "text": text,
        "words": markdown.html(text.text),
        "today": at.now,
        "again": again,
        "course_apart": queries.course_can_be_taken_alone(person),
    }
    return render(request, "participant/consent.html", context)


@participant
@require_safe
def consent_copy(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show what the person agreed to, as it was shown then, to keep or print."""
    latest = queries.latest_consent(person)
    if latest is None:
        raise Http404
    signature = getattr(latest, "signature", None)
    context = {
        "consent": latest,
        "words": markdown.html(latest.text.text),
        "statements": [(part["text"], part["id"] in latest.agreed) for part in latest.text.statements],
        "name": signature.typed_name if signature else "",
    }
    return render(request, "participant/consent_copy.html", context)


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, person: Participant) -> HttpResponse:
    """Take a no to the study; where course and study are apart, the person may still take the course."""
    if queries.at_home(person).stage != "eligible":
        return redirect("participant:home")
    apart = queries.course_can_be_taken_alone(person)
    if request.method == "POST":
        alone = apart and request.POST.get("course") == "yes"
        reason = request.POST.get("reason", "")[:200]
        success = _("Thank you for telling us. We ask nothing of you.")
        perform(request, lambda: actions.decline_study(person, course_alone=alone, reason=reason), success)
        return redirect("participant:home")
    return render(request, "participant/decline.html", {"course_apart": apart})


def _give_consent(person: Participant, text: ConsentText, form: ConsentForm) -> None:
    actions.give_consent(person, text, form.agreed, form.cleaned_data["typed_name"])
