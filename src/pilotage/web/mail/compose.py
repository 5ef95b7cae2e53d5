"""A letter in words: a plain mail in the person's language, with their link and nothing that they reported or said."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.web.mail.planned import Planned
from pilotage.web.records import actions, audit, keys, protocols, queries
from pilotage.web.records.models import Consent, Message, Participant, Session, Study
from pilotage.yaml_file import Unknown


def new_reference() -> str:
    """Make a Message-ID of its own, by which a bounce is known; nobody can guess it."""
    return f"<{uuid4()}@{urlsplit(settings.ENVIRONMENT.address).hostname}>"


def letter_to(person: Participant, planned: Planned, message: Message, now: datetime) -> EmailMessage:
    """Compose the mail of a letter to a participant; make a personal link where the person has none."""
    identity, study = person.identity, person.study
    context = {"planned": planned, "link": _link(person, now, or_new=planned.by_link), "now": now}
    context |= _about(planned)
    with translation.override(identity.language), timezone.override(queries.zone_of(study)):
        return _mail(study, f"mail/{planned.kind}.txt", context, identity.email, identity.language, message)


def safety_notice(study: Study, address: str, language: str, message: Message, *, deputy: bool) -> EmailMessage:
    """Compose the notice that a report waits: never whose, and never what."""
    to_inbox = settings.ENVIRONMENT.address + reverse("safety:inbox", kwargs={"study": study.key})
    context = {"inbox": to_inbox, "deputy": deputy}
    with translation.override(language), timezone.override(queries.zone_of(study)):
        return _mail(study, "mail/safety-notice.txt", context, address, language, message)


def _mail(
    study: Study, template: str, context: dict[str, Any], to: str, language: str, message: Message
) -> EmailMessage:
    """Compose a mail from a template, whose first line is the subject."""
    protocol = protocols.of(study).protocol
    reply_to = _reply_to(protocol, language)
    details = {
        "study_title": protocol.study.short_title or protocol.study.title,
        "reply_to": reply_to,
        "simulated": study.simulated is not None,
    }
    subject, _, body = render_to_string(template, {**context, **details}).strip().partition("\n")
    headers = {"Message-ID": message.reference, "Auto-Submitted": "auto-generated", "Content-Language": language}
    return EmailMessage(
        subject.strip(), body.strip() + "\n", to=[to], reply_to=[reply_to] if "@" in reply_to else None, headers=headers
    )


def _reply_to(protocol: Protocol, language: str) -> str:
    value = protocol.correspondence.reply_to
    if value is None or isinstance(value, Unknown):
        return ""
    name, address = parseaddr(say(value, language))
    return formataddr((name, address)) if name else address


def _about(planned: Planned) -> dict[str, Any]:
    """Return what a letter is about, by the name that its template knows it by."""
    about = planned.about
    if isinstance(about, Consent):
        ticked = [(statement["text"], statement["id"] in about.agreed) for statement in about.text.statements]
        return {"consent": about, "statements": ticked}
    if isinstance(about, list):
        return {"due": about[0]}
    if isinstance(about, Session):
        return {"session": about}
    return {"leaving": about, "left": planned.dedupe_key} if about is not None else {}


def _link(person: Participant, now: datetime, *, or_new: bool) -> str:
    """Return the address of the personal link that holds; where there is none, of a new one, or else empty."""
    held = queries.own_link(person, now)
    token = keys.unseal(person.pk, held.sealed_token) if held is not None else None
    if token is None and not or_new:
        return ""
    value = token.decode() if token is not None else actions.make_link(audit.SERVER, person)
    return str(settings.ENVIRONMENT.address) + reverse("personal-link", kwargs={"token": value})
