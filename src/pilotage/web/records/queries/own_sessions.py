"""The sessions of a participant's own course, as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pilotage.protocol.load import LoadedProtocol
from pilotage.vocabulary import SessionState
from pilotage.web.records import protocols
from pilotage.web.records.models import Participant, Session
from pilotage.web.records.queries.delivery import apologies_of, next_session, sessions_followed_by


@dataclass(frozen=True)
class OwnSession:
    """A session with its place and theme, and whether the person wrote that they cannot come."""

    session: Session
    place: str
    video_link: str
    theme: str
    cannot_come: bool
    can_change: bool
    """Whether they can still say that they cannot come, or that they can after all."""


def own_sessions(participant: Participant, now: datetime) -> list[OwnSession]:
    """Return the sessions of someone's course, in order of time; none for those not on one, or who left it."""
    loaded, apologies = protocols.of(participant.study), apologies_of(participant)
    return [_own(session, apologies, loaded, now) for session in sessions_followed_by(participant)]


def own_next_session(participant: Participant, now: datetime) -> OwnSession | None:
    """Return the session that goes on or comes next; None where there is none."""
    coming = next_session(list(sessions_followed_by(participant)), now)
    if coming is None:
        return None
    return _own(coming, apologies_of(participant), protocols.of(participant.study), now)


def session_followed_by(participant: Participant, key: int) -> Session | None:
    """Return one session of someone's course; None where it is not one of theirs."""
    return sessions_followed_by(participant).filter(pk=key).first()


def _own(session: Session, apologies: set[int], loaded: LoadedProtocol, now: datetime) -> OwnSession:
    cohort, begun = session.cohort, getattr(session, "held", None) is not None
    expected = session.state in (SessionState.PLANNED, SessionState.REPLACED)
    return OwnSession(
        session=session,
        place=session.location or cohort.location,
        video_link=session.video_link or cohort.video_link,
        theme=_theme(session, loaded),
        cannot_come=session.pk in apologies,
        can_change=expected and not begun and session.planned_start > now,
    )


def _theme(session: Session, loaded: LoadedProtocol) -> str:
    programme = loaded.protocol.programme
    themes = (plan.theme for plan in programme.sessions if plan.delivered == session.number) if programme else ()
    return next((theme for theme in themes if isinstance(theme, str)), "")
