"""Safety notices: to those who handle reports at once, and to a deputy when nobody opened one in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from pilotage.web.mail.compose import new_reference, safety_notice
from pilotage.web.mail.letters_due import next_try
from pilotage.web.mail.outbox import hand_over
from pilotage.web.mail.transport import Carrier, OutOfReachError
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety_notices import NoticeDue

KIND = "safety-notice"
LONGEST_DELAY = timedelta(minutes=10)


def send_notices(study: Study, carrier: Carrier, now: datetime) -> int:
    """Give every notice that is due; how many went. Quiet hours do not hold, and it is tried until it goes."""
    sent = 0
    for notice in queries.safety_notices_due(study, now):
        try:
            sent += _send(study, notice, carrier, now)
        except OutOfReachError:
            break
    return sent


def _send(study: Study, notice: NoticeDue, carrier: Carrier, now: datetime) -> bool:
    dedupe_key = f"{notice.event.pk}:{notice.step}"
    held = queries.letter_to_staff(study, notice.user, KIND, dedupe_key)
    if held is not None and held.state == "sent":  # stopped before that was written down
        actions.note_safety_told(notice.event, notice.to, notice.step)
        return False
    if held is not None and held.state == "failed" and now < next_try(held, LONGEST_DELAY):
        return False
    message = actions.claim_message(study, KIND, dedupe_key, new_reference(), user=notice.user, now=now)
    if message is None:
        return False
    language, deputy = notice.user.language if notice.user else "en", notice.step == "deputy"
    mail = partial(safety_notice, study, notice.to, language, message, deputy=deputy)
    went = hand_over(message, study, carrier, mail, give_up=False)
    if went:
        actions.note_safety_told(notice.event, notice.to, notice.step)
    return went
