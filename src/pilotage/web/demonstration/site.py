"""The demonstration, whole: the rehearsed study as a living site, and a way in for one person of each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from pilotage.protocol.load import load
from pilotage.vocabulary import Role
from pilotage.web.demonstration.enrolling import (
    NewGroup,
    add_people,
    begin_questionnaires,
    fill_a_group,
    find_group,
    report_something,
)
from pilotage.web.demonstration.rehearsed import load_rehearsal
from pilotage.web.records import actions, audit
from pilotage.web.records.models import Participant, Study, User
from pilotage.web.records.protocols import of

# The last session of the rehearsed groups was so long ago: everything of theirs is in, and remembered.
ENDED_BEFORE = timedelta(weeks=6)


@dataclass(frozen=True)
class WayIn:
    """A link for someone of a role."""

    role: str
    url: str


def build(folder: Path, key: str, *, seed: int) -> NewGroup:
    """Register, open and fill the study of a folder; Django has been set up on it."""
    from pilotage.data.simulate import simulate

    loaded = load(folder)
    data = simulate(loaded, seed=seed, scenario="paper")
    study = actions.register(key, ".", loaded, simulated={"seed": seed, "scenario": "paper"})
    actions.open_for_enrolment(study, audit.SERVER)
    staff = {role.value: add_member(study, role) for role in Role}
    teachers = (staff["teacher"], add_member(study, "teacher", number=2))
    rater = add_member(study, "teacher", number=3)
    last = data.sessions["held_on"].max()
    assert isinstance(last, date)
    later = timezone.now().date() - ENDED_BEFORE - last
    weeks = timedelta(weeks=later.days // 7)
    load_rehearsal(study, data, later=weeks, teachers=teachers, rater=rater, reader=staff["researcher"])
    group = fill_a_group(study, teachers)
    report_something(group)
    return group


def build_once(folder: Path, key: str, *, seed: int) -> NewGroup:
    """Open the demonstration of a folder: made now, or as it was left."""
    study = Study.objects.filter(key=key).first()
    return find_group(study) if study else build(folder, key, seed=seed)


def ways_in(group: NewGroup) -> Iterator[WayIn]:
    """Yield a link for one person of each role, and for a participant in each language of the study."""
    for language in of(group.study).protocol.study.languages:
        places = group.cohort.places.filter(on_course=True, participant__identity__language=language)
        person = places.order_by("participant__code")[0].participant
        begin_questionnaires(group, person, finished=2)
        yield WayIn(f"participant ({language})", personal_link(person))
    for role in Role:
        user = User.objects.get(email=f"{role}@simulated.invalid")
        token = actions.make_sign_in_link(audit.SERVER, user, purpose="demonstration", lasts=timedelta(days=30))
        yield WayIn(role, settings.ENVIRONMENT.address + reverse("sign-in-link", args=[token]))


def links_to_a_questionnaire(group: NewGroup, count: int, instrument: str = "ffmq-39") -> Iterator[str]:
    """Make personal links of new people, each leading to the same open questionnaire."""
    assessment = of(group.study).protocol.assessments[0].id
    to = reverse("participant:ask", args=[assessment, instrument, 1])
    for person in add_people(group, count):
        yield f"{personal_link(person)}?{urlencode({'next': to})}"


def personal_link(person: Participant) -> str:
    """Make a new personal link and return its address."""
    token = actions.make_link(audit.SERVER, person)
    return settings.ENVIRONMENT.address + reverse("personal-link", args=[token])


def add_member(study: Study, role: str, number: int = 1) -> User:
    """Give a study a simulated member of staff in a role, or one more of them."""
    mark = f"-{number}" if number > 1 else ""
    name = f"Simulated {role.capitalize()}{f' {number}' if number > 1 else ''}"
    user = actions.add_staff(
        audit.SERVER,
        email=f"{role}{mark}@simulated.invalid",
        name=name,
        is_administrator=role == "administrator",
    )
    actions.give_role(audit.SERVER, user, study, role)
    return user
