"""Which letters the state of things calls for: one rule for each kind, and nothing is kept for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from pilotage.protocol.windows import window_of
from pilotage.vocabulary import CALLED_OFF, SessionState
from pilotage.web.mail.planned import LetterCase, Planned
from pilotage.web.records import queries
from pilotage.web.records.models import Session
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.standing import AHEAD

# Ours: what somebody did is confirmed while it is fresh, also after a server stood still, and not years later.
FRESH = timedelta(days=14)
_A_DAY = timedelta(days=1)
# Ours: of a session that is nearer than this people hear at once, also in the quiet hours.
HALF_A_DAY = timedelta(hours=12)


def consent_invitation(case: LetterCase) -> Iterator[Planned]:
    """Yield a letter to whoever was found eligible and has neither consented nor declined."""
    step = queries.outcome_of(case.person)
    at = step.at if step is not None and case.stage == "eligible" else None
    yield Planned("consent-invitation", "eligible", at, against=_not_to_consent(case), again=case.stage == "eligible")


def invitation(case: LetterCase) -> Iterator[Planned]:
    """Yield one letter for all that is asked at an assessment, as it opens, or as early as the protocol says."""
    early = case.protocol.correspondence.invitation
    for name, dues in _occasions(case):
        assessment = dues[0].assessment
        at = dues[0].opens - early if early and window_of(assessment).repeats is None else dues[0].opens
        yield _about(case, "invitation", name, dues, at)


def reminders(case: LetterCase) -> Iterator[Planned]:
    """Yield reminders, as long after opening as the protocol says, while something is left to answer."""
    for name, dues in _occasions(case):
        for number, later in enumerate(dues[0].assessment.reminders, start=1):
            at = dues[0].opens + later
            if dues[0].closes is None or at < dues[0].closes:
                yield _about(case, "reminder", f"{name}:reminder-{number}", dues, at)


def closing_soon(case: LetterCase) -> Iterator[Planned]:
    """Yield a last letter, as long before closing as the protocol says; none where that is as soon as it opens."""
    before = case.protocol.correspondence.closing_soon
    for name, dues in _occasions(case):
        closes = dues[0].closes
        if before is not None and closes is not None and closes - before >= dues[0].opens + _A_DAY:
            yield _about(case, "closing-soon", name, dues, closes - before)


def consent_copy(case: LetterCase) -> Iterator[Planned]:
    """Yield a copy of what somebody agreed to on the web, to keep; of a paper they keep a copy."""
    for consent in queries.consents_to_confirm(case.person):
        against = _("They left the study.") if consent.ended_at is not None else ""
        yield Planned(
            "consent-copy",
            f"consent-{consent.pk}",
            consent.given_at,
            consent.given_at + FRESH,
            against,
            consent,
            prompt=True,
            surely=True,
            by_link=False,
            again=True,
        )


def leaving_receipt(case: LetterCase) -> Iterator[Planned]:
    """Yield one letter for all that was left at once: what was left, and what becomes of the answers."""
    for at, group in groupby(queries.leavings_in_order(case.person), key=lambda leaving: leaving.at):
        left = {leaving.what: leaving for leaving in group}
        dedupe_key = "+".join(sorted(left))
        about = left.get("study") or left["course"]
        yield Planned("leaving-receipt", dedupe_key, at, at + FRESH, "", about, prompt=True, surely=True, by_link=False)


def personal_link(case: LetterCase) -> Iterator[Planned]:
    """Yield a new personal link, where a coordinator asked for one to be sent."""
    links = {f"link-{link.pk}": link for link in queries.own_links(case.person)}
    for (kind, dedupe_key), message in case.messages.items():
        if kind == "personal-link" and dedupe_key in links:
            ended = links[dedupe_key].revoked_at is not None
            against = _("This link was replaced or ended.") if ended else ""
            yield Planned("personal-link", dedupe_key, message.claimed_at, None, against, prompt=True, surely=True)


def session_change(case: LetterCase) -> Iterator[Planned]:
    """Yield a letter to whoever is on the course: a session to come was moved, is not held, or is held after all."""
    left = any(leaving.what == "course" for leaving in queries.leavings_in_order(case.person))
    for session in queries.course_sessions(case.person):
        start = session.planned_start
        if start > case.now and _changed(case, session):
            dedupe_key = f"session-{session.pk}:{session.state}:{start.astimezone(UTC):%Y%m%dT%H%M}"
            against = _("They left the course.") if left else ""
            soon = start - case.now < HALF_A_DAY
            yield Planned("session-change", dedupe_key, case.now, start, against, session, prompt=soon)


RULES: tuple[Callable[[LetterCase], Iterator[Planned]], ...] = (
    consent_invitation,
    invitation,
    reminders,
    closing_soon,
    consent_copy,
    leaving_receipt,
    personal_link,
    session_change,
)


def _changed(case: LetterCase, session: Session) -> bool:
    """Return whether a session differs from what people last heard; they know the calendar as it was first made."""
    moved = session.first_planned_start not in (None, session.planned_start)
    heard = any(dedupe_key.startswith(f"session-{session.pk}:") for _kind, dedupe_key in case.messages)
    return moved or heard or session.state in (*CALLED_OFF, SessionState.REPLACED)


def _about(case: LetterCase, kind: str, dedupe_key: str, dues: list[Due], at: datetime) -> Planned:
    occasion = f"{dues[0].assessment.id}:{dues[0].number}"
    against = _not_to_answer(case, dues)
    return Planned(
        kind,  # type: ignore[arg-type]  # the callers name kinds
        dedupe_key,
        at,
        dues[0].closes,
        against,
        dues,
        occasion,
        again=kind != "closing-soon" and not against and dues[0].state != "to come",
    )


def _occasions(case: LetterCase) -> Iterator[tuple[str, list[Due]]]:
    """Yield each time that an assessment is asked, with all that is asked at it; what is told at any time is not."""
    waited_for = [due for due in case.dues if not due.any_time]
    waited_for.sort(key=lambda due: (due.opens, due.assessment.id, due.number))
    for (assessment, number), dues in groupby(waited_for, key=lambda due: (due.assessment.id, due.number)):
        yield f"{assessment}:{number}", list(dues)


def _not_to_answer(case: LetterCase, dues: list[Due]) -> str:
    if (
        case.person.erased_at is not None
        or case.stage == "left the study"
        or queries.valid_consent(case.person) is None
    ):
        return _("They left the study.")
    if all(due.finished for due in dues):
        return _("All questionnaires were completed.")
    if dues[0].assessment.mode == "paper":
        return _("This assessment is completed on paper.")
    if dues[0].closes is not None and case.now >= dues[0].closes:
        return _("This assessment has closed.")
    return ""


def _not_to_consent(case: LetterCase) -> str:
    if case.stage == "eligible" or case.stage in set(AHEAD) - {"waiting list", "no reply"}:
        return ""
    if case.person.erased_at is not None or case.stage == "left the study":
        return _("They left the study.")
    words = {
        "declined": _("They declined to take part."),
        "not eligible": _("They are not eligible."),
        "no reply": _("They have not replied."),
        "waiting list": _("They are on the waiting list."),
        "course only": _("They follow the course without taking part in the study."),
    }
    return words.get(case.stage, _("They have consented."))
