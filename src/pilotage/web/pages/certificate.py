"""The certificate of attendance of one person, as the report draws it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from pilotage.protocol.words import say
from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Participant


def certificate_page(person: Participant) -> HttpResponse | None:
    """Return the page to print, in the person's language; None while there is nothing to certify."""
    from pilotage.report.documents.certificate import Certificate, certificate

    attended, protocol = queries.attended(person), protocols.of(person.study).protocol
    if attended is None or protocol.programme is None:
        return None
    cohort = person.place.cohort
    content = Certificate(
        person=person.identity.name,
        programme=say(protocol.programme.name, person.identity.language),
        study=protocol.study.title,
        attended=attended.sessions,
        held=attended.held,
        minutes=attended.minutes,
        first=attended.first,
        last=attended.last,
        teachers=queries.teacher_names(cohort),
        place=cohort.centre.name,
        issued=queries.day_of(person.study),
    )
    style_at, simulated = reverse("participant:certificate-style"), person.study.simulated is not None
    language = person.identity.language
    return HttpResponse(certificate(content, language=language, simulated=simulated, stylesheet=style_at))
