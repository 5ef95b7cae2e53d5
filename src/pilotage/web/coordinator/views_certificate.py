"""Someone's certificate of attendance, for a coordinator to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.links import to_person
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.pages.certificate import certificate_page
from pilotage.web.records.models import Study


@staff("coordinator")
@require_safe
def certificate(request: Any, study: Study, code: str) -> HttpResponse:
    """Show the certificate; or go back, where there is nothing to certify yet."""
    person = person_or_404(request, study, code)
    page = certificate_page(person) if hasattr(person, "identity") else None
    if page is None:
        messages.info(request, _("There is no certificate yet: the course is not over, or no session was attended."))
        return to_person(person)
    return page
