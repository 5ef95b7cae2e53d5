"""The cast of every web test: a small study, its staff, and people at each stage of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.test import Client

from pilotage.protocol.load import load
from pilotage.web.records import actions, audit, keys
from pilotage.web.records.models import (
    Allocation,
    Centre,
    Cohort,
    Consent,
    ConsentText,
    Identity,
    Participant,
    PersonalLink,
    Place,
    ProtocolVersion,
    Session,
    Study,
    User,
)

CALM = Path(__file__).parent / "study"
STAFF = {
    "coordinator": "Cora Coordinator",
    "teacher": "Theo Teacher",
    "data-entry": "Dana Entry",
    "researcher": "Rosa Researcher",
    "safety-contact": "Vera Veilig",
    "administrator": "Adam Administrator",
}


@dataclass
class Cast:
    """The study `calm`, open for enrolment, with one of each staff and some people."""

    study: Study
    version: ProtocolVersion
    north: Centre
    south: Centre
    cohort: Cohort
    staff: dict[str, User]

    @property
    def administrator(self) -> User:
        return self.staff["administrator"]


def calm(key: str = "calm") -> Cast:
    """The study, opened, with its staff; sessions on three Thursdays from 5 March 2026, 19.00 in Amsterdam."""
    study = actions.register(key, key, load(study_folder(key)))
    version = actions.open_for_enrolment(study, audit.SERVER)
    north, south = (study.centres.get(key=name) for name in ("north", "south"))
    staff = {role: a_member_of_staff(study, role, key) for role in STAFF}
    cohort = Cohort.objects.create(
        study=study, centre=north, key="spring", name="Spring group", minimum=4, maximum=6, starts_on=date(2026, 3, 5)
    )
    for number, day in enumerate((5, 12, 19), start=1):
        start = datetime(2026, 3, day, 18, 0, tzinfo=UTC)
        Session.objects.create(cohort=cohort, number=number, planned_start=start, planned_minutes=60)
    cohort.teachers.create(user=staff["teacher"])
    return Cast(study, version, north, south, cohort, staff)


def study_folder(key: str) -> Path:
    """The study's folder on the server, with the files as they are kept here."""
    folder = Path(settings.ENVIRONMENT.folder) / key
    shutil.copytree(CALM, folder, dirs_exist_ok=True)
    return folder


def a_member_of_staff(study: Study, role: str, of: str = "") -> User:
    user = User.objects.create(email=f"{role}@{of or study.key}.example", name=STAFF[role])
    user.set_password("calm waters run deep")
    user.is_administrator = role == "administrator"
    user.save()
    actions.give_role(audit.SERVER, user, study, role)
    return user


def someone(cast: Cast, code: str = "P01", arm: str = "training", centre: Centre | None = None) -> Participant:
    """Someone approached, with a name and an address."""
    person = Participant.objects.create(study=cast.study, centre=centre or cast.north, code=code, arm_sought=arm)
    keys.give_key(person)
    Identity.objects.create(participant=person, name=f"Name of {code}", email=f"{code.lower()}@people.example")
    return person


def consented(cast: Cast, code: str = "P01", arm: str = "training", centre: Centre | None = None) -> Participant:
    """Someone who consented, has an arm, and a place in the group (its dates alone, for the control arm)."""
    person = someone(cast, code, arm, centre)
    text = ConsentText.objects.get(study=cast.study, version="v1", language="en")
    Consent.objects.create(participant=person, text=text, agreed=["understood", "room"])
    Allocation.objects.create(participant=person, arm=arm, method="by choice")
    Place.objects.create(participant=person, cohort=cast.cohort, on_course=arm == "training")
    return person


def signed_in(user: User) -> Client:
    """A browser in which a member of staff has signed in, second factor included."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at_home(person: Participant) -> Client:
    """A browser in which a participant came in by their link."""
    actions.make_link(audit.SERVER, person)
    link = PersonalLink.objects.get(participant=person, purpose="participant", revoked_at=None)
    client = Client()
    session = client.session
    session["link"] = link.pk
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
