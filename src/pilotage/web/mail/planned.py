"""A letter as the state of things calls for it, and what becomes of it at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from pilotage.protocol.protocol import Protocol
from pilotage.web.records import queries
from pilotage.web.records.models import Consent, Identity, Leaving, Message, Participant, Session
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.standing import Stage

Kind: TypeAlias = Literal[
    "consent-invitation",
    "invitation",
    "reminder",
    "closing-soon",
    "consent-copy",
    "leaving-receipt",
    "personal-link",
    "session-change",
]
State: TypeAlias = Literal["sent", "bounced", "being sent", "interrupted", "due", "to come", "not sent", "given up"]
About: TypeAlias = "Sequence[Due] | Consent | Leaving | Session | None"


@dataclass(frozen=True)
class LetterCase:
    """One person at one moment: all that the rules look at."""

    person: Participant
    protocol: Protocol
    dues: Sequence[Due]
    messages: Mapping[tuple[str, str], Message]
    now: datetime

    @cached_property
    def zone(self) -> ZoneInfo:
        """The study's own time zone."""
        return ZoneInfo(self.protocol.study.time_zone)

    @cached_property
    def stage(self) -> Stage:
        """How far the person came."""
        return queries.stage_of(self.person, self.zone)[0]

    @property
    def identity(self) -> Identity | None:
        """Who it is; None once nobody may know any more."""
        return getattr(self.person, "identity", None)


@dataclass(frozen=True)
class Planned:
    """A letter that a rule calls for: what it is about, from when, until when, and what stands against it."""

    kind: Kind
    dedupe_key: str
    at: datetime | None
    """From when it is due; None while that is not known."""
    until: datetime | None = None
    against: str = ""
    """Why it is not sent, as things stand."""
    about: About = None
    occasion: str = ""
    """Letters about one occasion stand back for each other."""
    prompt: bool = False
    """The person waits for it: quiet hours do not hold for it while that is so."""
    surely: bool = False
    """Sent again when nobody knows whether it went: better twice than never. Of all others better never than twice."""
    by_link: bool = True
    """Whether it holds the personal link, and is worth nothing without one."""
    again: bool = False
    """Whether a coordinator can have it sent, or sent once more."""


@dataclass(frozen=True)
class LetterStatus:
    """What became of a letter, or will: when, and why."""

    planned: Planned
    state: State
    when: datetime | None
    why: str = ""

    @property
    def kind(self) -> Kind:
        """What kind of letter it is."""
        return self.planned.kind

    @property
    def dedupe_key(self) -> str:
        """What it is about, such as pre:1."""
        return self.planned.dedupe_key


@dataclass(frozen=True)
class Letter:
    """A letter that is due to somebody now."""

    participant: Participant
    planned: Planned
    why: str

    @property
    def kind(self) -> Kind:
        """What kind of letter it is."""
        return self.planned.kind

    @property
    def dedupe_key(self) -> str:
        """What it is about, such as pre:1."""
        return self.planned.dedupe_key
