"""What was done of a session so far, from what was tapped: each block's state and minutes, and the time left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from pilotage.protocol.adherence import ITEMS
from pilotage.protocol.programme import Block
from pilotage.vocabulary import DeliveryState
from pilotage.web.records import protocols
from pilotage.web.records.models import Session, Study, Tap, User
from pilotage.web.records.queries.access import centres_of

MARKS = tuple(DeliveryState)
ADHERENCE = tuple(item.id for item in ITEMS)
"""Items of our own for practice in pairs, rated 0, 1 or 2: what methods call adherence to the form."""


@dataclass(frozen=True)
class Progress:
    """How a block stands: its mark, when it began, the seconds it took, and since when it runs."""

    mark: DeliveryState | None = None
    reason: str = ""
    began: datetime | None = None
    seconds: float = 0
    running: datetime | None = None

    def taken(self, now: datetime) -> float:
        """Return the seconds so far."""
        return self.seconds + ((now - self.running).total_seconds() if self.running else 0)

    def stopped(self, at: datetime) -> Progress:
        """Return the same, no longer running."""
        return replace(self, seconds=max(0.0, self.taken(at)), running=None)


@dataclass(frozen=True)
class BlockLine:
    """A block of the protocol on the run-sheet."""

    block: Block
    progress: Progress

    @property
    def departs(self) -> bool:
        """Whether a reason is wanted: a main or core block that was not done as planned."""
        return self.progress.mark not in (None, DeliveryState.DONE) and bool(self.block.main or self.block.core)

    @property
    def seconds(self) -> float:
        """Seconds it took so far."""
        return self.progress.taken(timezone.now())

    @property
    def minutes(self) -> int | None:
        """Whole minutes it took so far; None where it was not timed."""
        return round(self.seconds / 60) if self.progress.began else None


@dataclass(frozen=True)
class Time:
    """The time of a session in seconds: gone, left, and what the blocks that are not over still need."""

    gone: float
    left: float
    needs: float


def blocks_of(session: Session) -> tuple[Block, ...]:
    """Return the parts of a session, in order, as the protocol has them."""
    programme = protocols.of(session.cohort.study).protocol.programme
    return tuple(programme.blocks) if programme else ()


def lines_of(session: Session, rater: User) -> list[BlockLine]:
    """Return the run-sheet as one teacher has it."""
    blocks = progress(session.taps.filter(by=rater))
    return [BlockLine(block, blocks.get(block.id, Progress())) for block in blocks_of(session)]


def progress(taps: Iterable[Tap]) -> dict[str, Progress]:
    """Return each block's progress from what was tapped, in that order; one block runs at a time."""
    blocks: dict[str, Progress] = {}
    for tap in taps:
        if tap.what in ("start", *MARKS):
            running = [key for key, block in blocks.items() if block.running and key != tap.block]
            if tap.what == "start":
                blocks |= {key: blocks[key].stopped(tap.at) for key in running}
        if tap.block:
            blocks[tap.block] = _after(blocks.get(tap.block, Progress()), tap)
    return blocks


def time_of(session: Session, lines: Iterable[BlockLine], now: datetime) -> Time:
    """Return the time gone, left, and needed; an optional block needs nothing until it begins."""
    held = getattr(session, "held", None)
    gone = ((held.ended_at or now) - held.started_at).total_seconds() if held else 0.0
    wanted = [line for line in lines if line.progress.mark is None and (not line.block.optional or line.progress.began)]
    needs = sum(max(0.0, line.block.minutes * 60 - line.progress.taken(now)) for line in wanted)
    return Time(gone, session.planned_minutes * 60 - gone, needs)


def sessions_to_rate(user: User, study: Study) -> QuerySet[Session]:
    """Return the sessions that began and that others teach, at the centres where the user is a teacher."""
    sessions = Session.objects.filter(cohort__study=study, cohort__centre__in=centres_of(user, study, "teacher"))
    of_others = sessions.filter(held__isnull=False).exclude(cohort__teachers__user=user)
    return of_others.select_related("cohort__study", "held")


def _after(before: Progress, tap: Tap) -> Progress:
    match tap.what:
        case "start":
            return replace(before, began=before.began or tap.at, running=before.running or tap.at, mark=None, reason="")
        case "pause":
            return before.stopped(tap.at)
        case "undo":
            return replace(before, mark=None, reason="")
        case "reason":
            return replace(before, reason=tap.reason)
        case mark if mark in MARKS:
            return replace(before.stopped(tap.at), mark=DeliveryState(mark), reason=tap.reason)
    return before
