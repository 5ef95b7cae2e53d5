"""A certificate of attendance, once the course is over."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import participant, public
from pilotage.web.pages.certificate import certificate_page
from pilotage.web.records.models import Participant


@participant
@require_safe
def certificate(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show the person's own certificate."""
    page = certificate_page(person)
    if page is None:
        raise Http404
    return page


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Return the stylesheet of the certificate, on the screen and in print."""
    # Here, since the report brings much with it that no other page needs.
    from pilotage.report.documents.certificate import style as stylesheet

    return HttpResponse(stylesheet(), content_type="text/css")
