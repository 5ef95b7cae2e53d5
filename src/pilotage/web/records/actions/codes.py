"""Codes mailed to participants where the study asks for one besides the link: short-lived, once, five tries."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import EmailCode, PersonalLink
from pilotage.web.records.refused import ActionRefused

DIGITS = 8
LASTS = timedelta(minutes=10)
TRIES = 5
BETWEEN = timedelta(seconds=30)
AN_HOUR = 6


@transaction.atomic
def make_code(link: PersonalLink) -> str:
    """Make a new code for whoever opened this link; the one before ends.

    Raises
    ------
    ActionRefused
        When one was made a moment ago, or six in an hour.
    """
    PersonalLink.objects.select_for_update().get(pk=link.pk)
    now = timezone.now()
    codes = EmailCode.objects.filter(link=link)
    if codes.filter(sent_at__gt=now - BETWEEN).exists():
        raise ActionRefused(_("We have just sent you a code. Check your e-mail, or wait half a minute."))
    if codes.filter(sent_at__gt=now - timedelta(hours=1)).count() >= AN_HOUR:
        raise ActionRefused(
            _("You have asked for many codes in the past hour. Wait an hour, or ask the coordinator of the study.")
        )
    codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    made = EmailCode.objects.create(link=link, code_hash=_hashed(link, code), sent_at=now, expires_at=now + LASTS)
    audit.record(link.participant, AuditAction.CODE_MADE, made, about=link.participant)
    return code


def use_code(link: PersonalLink, typed: str) -> None:
    """Take a code; a wrong one is counted, also when it is refused.

    Raises
    ------
    ActionRefused
        When it is wrong, used, too old, or tried too often.
    """
    refused = _try(link, "".join(filter(str.isdigit, typed)))
    if refused:
        raise ActionRefused(refused)


@transaction.atomic
def _try(link: PersonalLink, typed: str) -> str:
    """Return why a code is refused; empty when it was the right one."""
    PersonalLink.objects.select_for_update().get(pk=link.pk)
    now = timezone.now()
    row = EmailCode.objects.filter(link=link, used_at=None, expires_at__gt=now).order_by("-sent_at").first()
    if row is None or row.tries >= TRIES:
        return _("This code has expired. Ask for a new one.")
    row.tries += 1
    right = constant_time_compare(row.code_hash, _hashed(link, typed))
    row.used_at = now if right else None
    row.save(update_fields=["tries", "used_at"])
    if right:
        audit.record(link.participant, AuditAction.CODE_USED, row, about=link.participant)
        return ""
    return _("This code is not correct. Use the code in the most recent e-mail.")


def _hashed(link: PersonalLink, code: str) -> str:
    """Hash a code with the server's secret, since so few digits could be tried one by one."""
    return salted_hmac("pilotage.email-code", f"{link.pk}:{code}", algorithm="sha256").hexdigest()
