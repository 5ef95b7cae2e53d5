"""The certificate of attendance of one person, as the report draws it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.days import day_of


def certificate_page(person: Participant) -> HttpResponse | None:
    """The page to print, in the person's language; None while there is nothing to certify."""
    from pilotage.report.documents.certificate import Certificate, certificate

    found, protocol = queries.attended(person), protocols.of(person.study).protocol
    if found is None or protocol.programme is None:
        return None
    cohort = person.place.cohort
    said = Certificate(
        person=person.identity.name,
        programme=protocol.programme.name,
        study=protocol.study.title,
        attended=found.sessions,
        held=found.held,
        minutes=found.minutes,
        first=found.first,
        last=found.last,
        teachers=tuple(teacher.user.name for teacher in cohort.teachers.select_related("user").order_by("pk")),
        place=cohort.centre.name,
        issued=day_of(person.study),
    )
    style_at, simulated = reverse("participant:certificate-style"), person.study.simulated is not None
    language = person.identity.language
    return HttpResponse(certificate(said, language=language, simulated=simulated, stylesheet=style_at))
