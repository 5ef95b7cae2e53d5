"""What every table is drawn from: the study, its protocol, and the people who consented, by code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records.models import Administration, Answer, Comment, Participant, Study
from pilotage.web.records.queries.flow import Passage, passages


@dataclass(frozen=True)
class Person:
    """A participant who consented, as the tables know them."""

    code: str
    arm: str | None
    cohort: str | None
    left_study_at: datetime | None
    erased: bool

    @property
    def among_participants(self) -> bool:
        """Whether more is told of them than their way through the study: they have an arm, and erased nothing."""
        return self.arm is not None and not self.erased


@dataclass(frozen=True)
class Staff:
    """Members of staff by role and number, in the order in which their accounts were made."""

    numbers: Mapping[tuple[int, str], int]

    def label(self, user: int | None, *roles: str) -> str:
        """Return a name without a person, by the first of these roles that they held, or any: 'researcher 1'."""
        held = [role for key, role in self.numbers if key == user]
        role = next((role for role in roles if role in held), held[0] if held else None)
        if role is None or user is None:
            return "the server" if user is None else "an administrator of the server"
        return f"{role} {self.numbers[user, role]}"

    def code(self, user: int, *roles: str) -> str:
        """Return the same as one word: 'teacher-1'."""
        return self.label(user, *roles).replace(" ", "-")


@dataclass(frozen=True)
class Source:
    """A study whose tables are drawn; ``people`` are those who consented, by primary key."""

    study: Study
    loaded: LoadedProtocol
    zone: ZoneInfo
    people: Mapping[int, Person]
    staff: Staff

    @cached_property
    def participants(self) -> dict[int, Person]:
        """Those of whom everything is told that they gave."""
        return {key: person for key, person in self.people.items() if person.among_participants}

    @cached_property
    def ways(self) -> tuple[Passage, ...]:
        """The way of everyone who was approached, as the coordinator's flow has it too."""
        return passages(self.study)

    @cached_property
    def administrations(self) -> dict[int, Administration]:
        """What was finished, or holds an answer; a page that was only opened says nothing.

        Looked up once, so that an answer given while the tables are drawn is in none of them.
        """
        answered = Exists(Answer.objects.filter(administration=OuterRef("pk")))
        written = Exists(Comment.objects.filter(administration=OuterRef("pk")))
        wanted = Q(completed_at__isnull=False) | answered | written
        rows = Administration.objects.filter(wanted, participant__in=self.participants).select_related("version")
        return {row.pk: row for row in rows}

    def day(self, moment: datetime | None) -> date | None:
        """Return the day of a moment, in the study's time zone."""
        return moment.astimezone(self.zone).date() if moment else None

    def before_leaving(self, participant: int, moment: datetime) -> bool:
        """Return whether something happened while the person was in the study."""
        left = self.participants[participant].left_study_at
        return left is None or moment <= left

    def words(self, text: str) -> str | None:
        """Return text that staff wrote, without the codes by which coordinators know people."""
        return self._coordinators_codes.sub("(a participant)", text).strip() or None

    @cached_property
    def _coordinators_codes(self) -> re.Pattern[str]:
        codes = Participant.objects.filter(study=self.study).values_list("code", flat=True)
        either = "|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if either else re.compile(r"(?!)")
