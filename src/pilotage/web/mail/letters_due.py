"""What is sent now, what was, what will be, and why not: decided from the records at the moment it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.web.mail.occasions import one_an_occasion
from pilotage.web.mail.planned import Kind, Letter, LetterCase, LetterStatus, Planned
from pilotage.web.mail.quiet_hours import after_quiet
from pilotage.web.mail.rules import RULES
from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Message, Participant, Study

# Ours: how long a person waits for what they did to be confirmed, so that quiet hours do not hold for it.
PROMPTLY = timedelta(hours=1)
TRIES = 6
_FIRST_DELAY, _LONGEST_DELAY = timedelta(minutes=2), timedelta(hours=4)


def letters_due(study: Study, now: datetime | None = None) -> list[Letter]:
    """Return the letters due to participants of a study now, those who wait for an answer first, in a few queries."""
    if protocols.in_force(study) is None:
        return []
    cases = _cases(study, None, now or timezone.now())
    results = [(line, case.person) for case in cases for line in _lines(case) if line.state == "due"]
    results.sort(key=lambda row: (not row[0].planned.prompt, row[0].when or row[0].planned.at))
    return [Letter(person, line.planned, line.why) for line, person in results]


def explain(participant: Participant, now: datetime | None = None) -> list[LetterStatus]:
    """Return every letter of one person, in order of time: sent, still to come, or not sent and why."""
    study = participant.study
    if protocols.in_force(study) is None:
        return []
    [case] = _cases(study, participant, now or timezone.now())
    end_of_time = datetime.max.replace(tzinfo=case.zone)
    return sorted(_lines(case), key=lambda line: line.when or line.planned.at or end_of_time)


def still_due(letter: Letter, now: datetime | None = None) -> Planned | None:
    """Return the same letter as things stand now; None where it is due no more. To be asked where it is claimed."""
    fresh = queries.as_now(letter.participant)
    lines = explain(fresh, now) if fresh else []
    same = (line.planned for line in lines if line.state == "due" and line.kind == letter.kind)
    return next((planned for planned in same if planned.dedupe_key == letter.dedupe_key), None)


def askable(line: LetterStatus, now: datetime) -> Literal["now", "again", ""]:
    """Return whether a coordinator may have a letter sent that waits, or once more one that was sent."""
    planned = line.planned
    if line.state == "to come" and planned.at is not None and planned.at <= now:
        return "now"
    if not planned.again:
        return ""
    return {"given up": "now", "sent": "again", "bounced": "again", "interrupted": "again"}.get(line.state, "")  # type: ignore[return-value]


def unreachable(person: Participant, *, by_link: bool = True) -> str:
    """Return why no letter reaches a person; empty when one does. ``by_link``: one that holds their personal link."""
    identity = getattr(person, "identity", None)
    if identity is None:
        return _("Their contact data were removed.")
    if not identity.email:
        return _("They have no e-mail address.")
    if identity.email == identity.bounced:
        return _("E-mail to their address is returned. Correct the address.")
    links = queries.own_links(person)
    if by_link and links and all(link.revoked_at is not None for link in links):
        return _("Their personal link was ended. Send them a new one.")
    return ""


def next_try(message: Message, at_most: timedelta = _LONGEST_DELAY) -> datetime:
    """Return when a letter that failed is tried again: after two minutes, and each time after twice as long."""
    delay: timedelta = min(_FIRST_DELAY * 2 ** min(message.tries - 1, 10), at_most)
    return message.claimed_at + delay


def _cases(study: Study, only: Participant | None, now: datetime) -> list[LetterCase]:
    rows, protocol = queries.for_letters(study, only), protocols.of(study).protocol
    dues = queries.asked_of_all(study, rows, now)
    return [LetterCase(person, protocol, dues[person.pk], queries.letters_by_key(person), now) for person in rows]


def _lines(case: LetterCase) -> list[LetterStatus]:
    planned = [row for rule in RULES for row in rule(case)]
    planned += [again for row in planned for again in _asked_again(case, row)]
    planned += _no_longer_called_for(case, planned)
    return one_an_occasion(case, [_line(case, row) for row in planned])


def _no_longer_called_for(case: LetterCase, planned: Sequence[Planned]) -> list[Planned]:
    """Return letters that went by a rule which the protocol, or the calendar, no longer gives cause for."""
    known = {(letter.kind, letter.dedupe_key) for letter in planned}
    against = _("This letter is no longer needed.")
    others = [key for key in case.messages if key not in known]
    return [Planned(cast(Kind, kind), dedupe_key, None, against=against) for kind, dedupe_key in others]


def _asked_again(case: LetterCase, planned: Planned) -> Iterable[Planned]:
    """Yield the same letter once more for each time that a coordinator asked for it."""
    for (kind, dedupe_key), message in case.messages.items():
        if kind == planned.kind and dedupe_key.startswith(f"{planned.dedupe_key}:again-"):
            yield replace(planned, dedupe_key=dedupe_key, at=message.claimed_at, prompt=True, again=False)


def _line(case: LetterCase, planned: Planned) -> LetterStatus:
    message = case.messages.get((planned.kind, planned.dedupe_key))
    gone = _gone(case, planned, message) if message is not None else None
    if gone is not None:
        return gone
    against = planned.against or unreachable(case.person, by_link=planned.by_link)
    if against:
        return LetterStatus(planned, "not sent", None, against)
    if planned.at is None:
        return LetterStatus(planned, "to come", None, _("Sent once they are found eligible."))
    if planned.until is not None and case.now >= planned.until:
        return LetterStatus(planned, "not sent", None, _("It is too late to send this letter."))
    return _coming(case, planned, message)


def _gone(case: LetterCase, planned: Planned, message: Message) -> LetterStatus | None:
    """Return what became of a letter that was begun; None where it may go yet."""
    match message.state:
        case "sent":
            return LetterStatus(planned, "sent", message.sent_at)
        case "bounced":
            return LetterStatus(planned, "bounced", message.sent_at or message.claimed_at, message.trouble)
        case "failed" if message.tries >= TRIES:
            return LetterStatus(planned, "given up", message.claimed_at, message.trouble)
        case "claimed" if not queries.was_interrupted(message, case.now):
            return LetterStatus(planned, "being sent", message.claimed_at)
        case "claimed" if not planned.surely:
            unknown = _("The server stopped while sending this letter. It may have been sent, so it is not sent again.")
            return LetterStatus(planned, "interrupted", message.claimed_at, message.trouble or unknown)
    return None


def _coming(case: LetterCase, planned: Planned, message: Message | None) -> LetterStatus:
    dues = message is not None and message.state == "asked"
    earliest = planned.at or case.now
    if message is not None and message.state == "failed":
        earliest = max(earliest, next_try(message))
    waited_for = dues or (planned.prompt and case.now - (planned.at or case.now) < PROMPTLY)
    when = case.now if dues else max(earliest, case.now)
    when = when if waited_for else after_quiet(when, case.protocol.correspondence, case.zone)
    if when <= case.now:
        return LetterStatus(planned, "due", when, _("A coordinator asked for it to be sent.") if dues else "")
    return LetterStatus(planned, "to come", when, message.trouble if message is not None else _why_later(case, planned))


def _why_later(case: LetterCase, planned: Planned) -> str:
    return _("Sent after the quiet hours.") if planned.at is not None and planned.at <= case.now else ""
