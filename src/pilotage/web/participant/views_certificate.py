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
    """One's own."""
    page = certificate_page(person)
    if page is None:
        raise Http404
    return page


@public
@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The styles it is printed with."""
    from pilotage.report.documents.certificate import style as styles

    return HttpResponse(styles(), content_type="text/css")
