"""What was said of a session afterwards: ratings of its blocks and of the pairs, deviations, and the debrief."""

from __future__ import annotations

from django.db.models import QuerySet

from pilotage.web.records.models import AdherenceRating, BlockDelivered, Deviation, Session, Study, User
from pilotage.web.records.queries.run_sheet import sessions_to_rate


def session_to_rate(user: User, study: Study, key: int) -> Session | None:
    """Return the session of this key; None where this user is not to rate it."""
    return sessions_to_rate(user, study).filter(pk=key).first()


def sessions_with_rating(user: User, study: Study) -> list[tuple[Session, bool]]:
    """Return the sessions that a user can rate, latest first, each with whether they have rated it."""
    rated = set(BlockDelivered.objects.filter(rater=user).values_list("session", flat=True))
    sessions = sessions_to_rate(user, study).order_by("-planned_start")
    return [(session, session.pk in rated) for session in sessions]


def block_ratings(session: Session, rater: User) -> dict[str, str]:
    """Return how far each block was done, as one rater says."""
    return {row.block: row.done for row in BlockDelivered.objects.filter(session=session, rater=rater)}


def adherence_ratings(session: Session, rater: User) -> dict[str, int | None]:
    """Return one rater's values of the items of adherence; None for an item that does not apply."""
    return {row.item: row.value for row in AdherenceRating.objects.filter(session=session, rater=rater)}


def deviations_of(session: Session) -> QuerySet[Deviation]:
    """Return the deviations that were noted of a session, in the order in which they were."""
    return session.deviations.order_by("pk")


def blocks_with_deviation(session: Session, user: User) -> set[str]:
    """Return the blocks of which a user has noted a deviation."""
    return set(session.deviations.filter(by=user).exclude(block="").values_list("block", flat=True))


def debrief_notes(session: Session, user: User) -> str:
    """Return the notes of a user's debrief; empty where there are none."""
    debrief = session.debriefs.filter(by=user).first()
    return debrief.notes if debrief is not None else ""


def has_debrief(session: Session) -> bool:
    """Return whether any teacher of the session kept a debrief."""
    return session.debriefs.exists()
