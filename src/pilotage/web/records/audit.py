"""The log: every write adds an event in its own transaction, and every event is chained to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from pilotage.vocabulary import AuditAction
from pilotage.web.records import keys
from pilotage.web.records.models import ChainHead, Event, Participant, Study, User

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Actor:
    """Who did it: a member of staff, a participant, or the server itself."""

    kind: str
    id: int | None = None


SERVER = Actor("server")
By = User | Participant | Actor


def actor(by: By) -> Actor:
    """Return the actor that a person is."""
    if isinstance(by, Actor):
        return by
    return Actor("user" if isinstance(by, User) else "participant", by.pk)


def record(
    by: By,
    what: AuditAction,
    subject: models.Model,
    *,
    study: Study | None = None,
    about: Participant | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Add an event to the chain, inside the transaction of the write that it tells of.

    Parameters
    ----------
    by : User, Participant or Actor
    what : AuditAction
        What happened.
    subject : Model
        The row it happened to; saved before.
    about : Participant, optional
        Whose key seals before, after and reason. Without one they stay readable, so nothing personal may be in them.

    Raises
    ------
    RuntimeError
        Outside a transaction: the event and the write must stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"'{what}' is written outside a transaction.")
    who = actor(by)
    content = _written({"before": before, "after": after, "reason": reason})
    head, _ = ChainHead.objects.select_for_update().get_or_create(id=1)
    study_id = study.pk if study else about.study_id if about else None
    event = Event(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor_kind=who.kind,
        actor=who.id,
        study=study_id,
        what=what,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        person=about.pk if about else None,
        detail=keys.seal(about, content) if about else content,
        previous=head.hash,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    ChainHead.objects.filter(id=1).update(sequence=event.sequence, hash=event.hash)
    return event


def digest(event: Event) -> str:
    """Return the hash of an event: SHA-256 over all it says, the sealed detail as it is sealed, and the one before."""
    details = {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": [event.actor_kind, event.actor],
        "study": event.study,
        "what": event.what,
        "subject": event.subject,
        "person": event.person,
        "detail": bytes(event.detail).hex(),
        "previous": event.previous,
    }
    return hashlib.sha256(_written(details)).hexdigest()


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold, and why."""

    sequence: int
    why: str


def broken() -> Iterator[Broken]:
    """Yield every place where the log was altered: rows changed, missing, moved or added by other hands."""
    previous, expected = BEGINNING, 1
    for event in Event.objects.order_by("sequence").iterator(chunk_size=1000):
        if event.sequence != expected:
            yield Broken(expected, f"events {expected} to {event.sequence - 1} are missing")
        if event.previous != previous:
            yield Broken(event.sequence, "it does not follow the event before it")
        if event.hash != digest(event):
            yield Broken(event.sequence, "what it says was changed after it was written")
        previous, expected = event.hash, event.sequence + 1
    head = ChainHead.objects.filter(id=1).first() or ChainHead()
    if (head.sequence, head.hash) != (expected - 1, previous):
        yield Broken(head.sequence, "the last events were cut off, or the head was changed")


def head() -> tuple[int, str]:
    """Return how many events there are, and the hash of the last."""
    row = ChainHead.objects.filter(id=1).first() or ChainHead()
    return row.sequence, row.hash


def detail(event: Event) -> dict[str, Any] | None:
    """Return before, after and reason; None where the person's key was destroyed."""
    raw = bytes(event.detail) if event.person is None else keys.unseal(event.person, event.detail)
    if raw is None:
        return None
    value: dict[str, Any] = json.loads(raw)
    return value


def _written(details: Mapping[str, Any]) -> bytes:
    return json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return str(value)
