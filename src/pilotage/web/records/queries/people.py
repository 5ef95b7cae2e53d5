"""The people a coordinator works with: only those of their centres, with where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from pilotage.web.records import protocols
from pilotage.web.records.models import (
    Cohort,
    Consent,
    ConsentText,
    Identity,
    Leaving,
    Participant,
    PersonalLink,
    Screening,
    Step,
    Study,
    User,
)
from pilotage.web.records.queries.access import centres_of
from pilotage.web.records.queries.due import asked_of_all
from pilotage.web.records.queries.standing import Standing, standing

COORDINATOR = "coordinator"


def people_of(user: User, study: Study) -> QuerySet[Participant]:
    """Return the people of a coordinator's centres, with all that says where they stand."""
    return with_history(study.participants.filter(centre__in=centres_of(user, study, COORDINATOR)))


def person_for(user: User, study: Study, code: str) -> Participant | None:
    """Return the person of this code, where a coordinator's centres reach; else nobody is found."""
    return people_of(user, study).filter(code=code).first()


def people_in(user: User, study: Study, cohort: Cohort) -> QuerySet[Participant]:
    """Return the people of a coordinator's centres who have a place in a group."""
    return people_of(user, study).filter(place__cohort=cohort)


def with_history(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """Prefetch the rows from which a standing is computed, in a few queries for any number of people."""
    ones = ("identity", "centre", "allocation", "place__cohort", "study")
    return people.select_related(*ones).prefetch_related("steps", "screenings", "consents", "leavings", "links")


def standings(study: Study, people: Iterable[Participant], at: datetime | None = None) -> list[Standing]:
    """Return where each of these people stands, in their order."""
    moment, protocol, rows = at or timezone.now(), protocols.of(study).protocol, list(people)
    dues = asked_of_all(study, rows, moment)
    stood = [standing(person, protocol, dues[person.pk], moment) for person in rows]
    first = {person.pk for person in first_in_line(study)} if any(s.stage == "waiting list" for s in stood) else set()
    return [replace(s, next_step="promote") if s.person.pk in first else s for s in stood]


def waiting(study: Study) -> list[Participant]:
    """Return the waiting list, in order: those whose last step put them on it, first come first."""
    latest = Step.objects.filter(participant__study=study).values("participant").annotate(last=Max("pk"))
    on_it = Step.objects.filter(pk__in=latest.values("last"), kind="waiting list")
    people = study.participants.filter(pk__in=on_it.values("participant"), consents=None, erased_at=None)
    place_in_line = {step.participant_id: (step.at, step.pk) for step in on_it}
    return sorted(people.select_related("centre", "identity"), key=lambda person: place_in_line[person.pk])


def first_in_line(study: Study) -> list[Participant]:
    """Return whose turn it is: the first of the waiting list, for each centre and arm sought."""
    first: dict[tuple[int, str], Participant] = {}
    for person in waiting(study):
        first.setdefault((person.centre_id, person.arm_sought), person)
    return list(first.values())


def known_by(study: Study, email: str) -> Participant | None:
    """Return who in the study has this e-mail address already."""
    rows = Identity.objects.filter(participant__study=study, email__iexact=email.strip()).exclude(email="")
    identity = rows.select_related("participant").first()
    return identity.participant if identity else None


def known_addresses(study: Study) -> set[str]:
    """Return every e-mail address of the study's people, in small letters."""
    known = Identity.objects.filter(participant__study=study).exclude(email="")
    return {address.casefold() for address in known.values_list("email", flat=True)}


def live_links(person: Participant) -> list[PersonalLink]:
    """Return the personal links by which someone can come in."""
    return [link for link in person.links.all() if link.purpose == "participant" and link.revoked_at is None]


def has_consented(person: Participant) -> bool:
    """Return whether someone ever gave consent, whether or not it holds still."""
    return bool(person.consents.all())


def judged_criteria(person: Participant) -> dict[str, Screening]:
    """Return the criteria judged for someone so far, by the criterion's id."""
    return {screening.criterion: screening for screening in person.screenings.all()}


def earlier_reasons(study: Study, kind: str) -> list[str]:
    """Return the reasons given so far for a kind of step, each once, to choose from."""
    rows = Step.objects.filter(Q(kind=kind) & ~Q(reason=""), participant__study=study)
    return sorted(set(rows.values_list("reason", flat=True)))


def consent_texts_for(person: Participant) -> list[ConsentText]:
    """Return the versions a paper may be of, the latest first, in the person's language or else in any."""
    identity = getattr(person, "identity", None)
    texts = list(person.study.consent_texts.order_by("-since", "-pk"))
    return [text for text in texts if identity and text.language == identity.language] or texts


def consenting(study: Study) -> QuerySet[Participant]:
    """Return those whose consent holds, and those who had given it and left; not people of the course alone."""
    left = Leaving.objects.filter(what="study").values("participant")
    held = Consent.objects.filter(Q(ended_at=None) | Q(participant__in=left)).values("participant")
    return Participant.objects.filter(study=study, pk__in=held).order_by("pk")
