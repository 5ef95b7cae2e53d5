"""Mail that came back: what a mail server reports of a letter it could not deliver (RFC 3464), and whose it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail

from pilotage.web.records import actions, queries

LARGEST = 2_000_000
"""Bytes that are read of a mail; reports are small, and strangers can write to the address."""

_PARTS, _LINES = 50, 2000
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,200}>)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"^(?:rfc822;)?\s*<?([^<>\s;]{1,254}@[^<>\s;]{1,253})>?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """A letter that came back for good: its Message-ID, the address as the report has it, and the reason."""

    reference: str
    address: str
    reason: str


def bounce_in(raw: bytes) -> Bounce | None:
    """Return what a delivery report says; None where the mail is none, or says that delivery only takes longer.

    Nothing in it is believed but that somebody who knows the Message-ID says so.
    """
    try:
        return _bounce_in(message_from_bytes(raw[:LARGEST]))
    except (RecursionError, ValueError, LookupError):  # parts within parts without end, charsets that do not exist
        return None


def _bounce_in(mail: Mail) -> Bounce | None:
    parts = [part for _, part in zip(range(_PARTS), mail.walk(), strict=False)]
    reported = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    reference = next((result for part in parts if (result := _reference(part))), "")
    failed = next(_failures(reported), None) if reported is not None else None
    if failed is None or not reference:
        return None
    address = _ADDRESS.match(_field(failed, "Original-Recipient") or _field(failed, "Final-Recipient"))
    reason = _field(failed, "Diagnostic-Code") or _field(failed, "Status")
    return Bounce(reference, address[1] if address else "", reason[:300])


def take_in(raw: bytes) -> bool:
    """Keep that a letter came back; whether the mail was a report of one of ours."""
    bounce = bounce_in(raw)
    message = queries.message_of(bounce.reference) if bounce is not None else None
    if bounce is None or message is None:
        return False
    actions.mark_bounced(message, bounce.reason, bounce.address)
    return True


def _failures(reported: Mail) -> Iterator[Mail]:
    """Yield the recipients to whom it was not delivered, for good."""
    groups = reported.get_payload()
    for group in groups if isinstance(groups, list) else []:
        status = _field(group, "Status")
        if (
            isinstance(group, Mail)
            and _field(group, "Action").lower() == "failed"
            and (not status or status.startswith("5"))
        ):
            yield group


def _reference(part: Mail) -> str:
    """Return the Message-ID of the letter that is enclosed, whole or by its headers alone."""
    kind, content = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(content, list) and content:
        return _field(content[0], "Message-ID")
    if kind == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        head = text.decode(errors="replace")[:100_000] if isinstance(text, bytes) else ""
        header = _MESSAGE_ID.search("\n".join(head.splitlines()[:_LINES]))
        return header[1] if header else ""
    return ""


def _field(mail: object, name: str) -> str:
    """Return a header on one line, without what cannot be printed."""
    value = mail.get(name) if isinstance(mail, Mail) else None
    return " ".join("".join(letter if letter.isprintable() else " " for letter in str(value or "")).split())
