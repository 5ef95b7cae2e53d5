"""What a participant sees on their first page: what there is to do, what comes, and what they were given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records import items, keys, protocols
from pilotage.web.records.models import Consent, ConsentText, Participant, Session
from pilotage.web.records.queries.due import Due, asked_of, valid_consent
from pilotage.web.records.queries.standing import Stage, stage_of
from pilotage.yaml_file import Unknown

SECONDS_AN_ITEM = 8
"""Ours: how long an item takes, for the minutes that are left; a person reads and answers seven or eight a minute."""


@dataclass(frozen=True)
class OpenAssessment:
    """One assessment that is open now: what it asks, how much of it is done, and how long it stays open."""

    assessment: Assessment
    number: int
    dues: tuple[Due, ...]
    minutes: int

    @property
    def done(self) -> int:
        """How many questionnaires and forms are finished."""
        return sum(due.finished for due in self.dues)

    @property
    def next_due(self) -> Due:
        """The one to go on with: begun before new."""
        left = [due for due in self.dues if not due.finished]
        return next((due for due in left if due.begun), left[0])


@dataclass(frozen=True)
class AtHome:
    """All that the cards of the first page are made from."""

    participant: Participant
    loaded: LoadedProtocol
    now: datetime
    """In the study's own time zone."""
    dues: tuple[Due, ...]
    stage: Stage

    @cached_property
    def consent(self) -> Consent | None:
        """The consent that holds."""
        return valid_consent(self.participant)

    @property
    def on_course(self) -> bool:
        """Whether they have a place on the course, and have not left it."""
        place = getattr(self.participant, "place", None)
        left = any(leaving.what == "course" for leaving in self.participant.leavings.all())
        return place is not None and place.on_course and not left

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions of their course, in order; none for those who do not follow it."""
        if not self.on_course:
            return ()
        sessions = self.participant.place.cohort.sessions.order_by("planned_start")
        return tuple(sessions)

    @property
    def next_session(self) -> Session | None:
        """The session that comes, or is going on."""
        coming = (s for s in self.sessions if s.state == "planned" and s.planned_start >= self.now)
        return next(coming, None)

    def open_assessments(self, *, by_someone_else: bool = False) -> tuple[OpenAssessment, ...]:
        """Return the assessments that are open and not done, those that close first before others."""
        result = (r for r in self._open_assessments(by_someone_else) if r.done < len(r.dues))
        return tuple(sorted(result, key=lambda r: (r.dues[0].closes is None, r.dues[0].closes or self.now)))

    @property
    def next_opening(self) -> Due | None:
        """What is asked next, when nothing is asked now."""
        coming = [d for d in self.dues if d.state == "to come" and not d.any_time and not d.by_someone_else]
        return min(coming, key=lambda due: due.opens, default=None)

    def _open_assessments(self, by_someone_else: bool) -> Iterator[OpenAssessment]:
        open_now = [d for d in self.dues if _can_be_answered(d) and d.by_someone_else == by_someone_else]
        for (name, number), dues in groupby(open_now, key=lambda due: (due.assessment.id, due.number)):
            rows = tuple(dues)
            left = sum(self._items(due) for due in rows if not due.finished)
            minutes = max(1, ceil(left * SECONDS_AN_ITEM / 60))
            yield OpenAssessment(self.loaded.protocol.assessment(name), number, rows, minutes)

    def _items(self, due: Due) -> int:
        return len(items.item_ids(items.source(self.loaded, due.instrument)))


def at_home(participant: Participant, at: datetime | None = None) -> AtHome:
    """Return what a participant's first page is made from, now."""
    loaded = protocols.of(participant.study)
    zone = ZoneInfo(loaded.protocol.study.time_zone)
    now = (at or timezone.now()).astimezone(zone)
    prefetch_related_objects([participant], "steps", "screenings", "consents__text", "leavings", "place__cohort")
    dues = tuple(asked_of(participant, now))
    return AtHome(participant, loaded, now, dues, stage_of(participant, zone)[0])


def consent_text(participant: Participant, language: str) -> ConsentText | None:
    """Return the words to agree to today, in a language or else in the study's first; None where there are none."""
    protocol = protocols.of(participant.study).protocol
    today = timezone.now().astimezone(ZoneInfo(protocol.study.time_zone)).date()
    started = [v.id for v in protocol.consent.versions if isinstance(v.starts, Unknown) or v.starts <= today]
    texts = ConsentText.objects.filter(study=participant.study, version=started[-1] if started else "")
    by_language = {text.language: text for text in texts}
    return next((by_language[key] for key in (language, *protocol.study.languages) if key in by_language), None)


def newer_text(participant: Participant, language: str) -> ConsentText | None:
    """Return the words that came into force after those someone agreed to, and that they agree to anew."""
    values, text = valid_consent(participant), consent_text(participant, language)
    return text if values is not None and text is not None and text.version != values.text.version else None


def latest_consent(participant: Participant) -> Consent | None:
    """Return the consent that someone gave last, whether or not it has ended; None where they never gave one."""
    return participant.consents.select_related("text").order_by("-given_at").first()


def course_can_be_taken_alone(participant: Participant) -> bool:
    """Return whether there is a course that someone may take without the study."""
    protocol = protocols.of(participant.study).protocol
    return protocol.course_and_study == "apart" and protocol.programme is not None


def has_taken_part(participant: Participant) -> bool:
    """Return whether someone ever consented to the study or has had a place on the course."""
    return participant.consents.exists() or hasattr(participant, "place")


def token_of(participant: Participant, purpose: str, assessment: str = "") -> str:
    """Return the token of the link that a participant gave to somebody, while it holds; else nothing."""
    now = timezone.now()
    links = participant.links.filter(purpose=purpose, assessment=assessment, revoked_at=None)
    link = links.filter(Q(expires_at=None) | Q(expires_at__gt=now)).last()
    token = keys.unseal(participant.pk, link.sealed_token) if link else None
    return token.decode() if token else ""


def _can_be_answered(due: Due) -> bool:
    """Open now, or done in a round that is open now; neither on paper nor at any time."""
    on_paper = due.assessment.mode == "paper" or (due.administration is not None and due.administration.mode == "paper")
    return due.state in ("open", "finished") and not due.any_time and not (on_paper and not due.finished)
