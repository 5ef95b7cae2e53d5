"""What is kept where, how people are written to, and who sees what and never."""

from __future__ import annotations

from pilotage.formatting import listed, sentence
from pilotage.protocol.conduct import Access, Correspondence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Section
from pilotage.report.model.protocol_labels import duration, known


def data_and_roles(loaded: LoadedProtocol) -> Section:
    """Return the section on what is kept and shared, and on roles."""
    protocol = loaded.protocol
    flow = [sentence(f"Kept: {listed(protocol.data_flow.kept)}") if protocol.data_flow.kept else ""]
    flow.append(sentence(f"Shared: {listed(protocol.data_flow.shared)}") if protocol.data_flow.shared else "")
    flow.append(sentence(f"Kept for: {known(protocol.data_flow.retention)}") if protocol.data_flow.retention else "")
    flow += _letters(protocol.correspondence)
    flow.append(_signed_in(protocol.access))
    flow.append("The analysis knows participants by a code only. Identities never leave the study's own server.")
    blocks: tuple[Block, ...] = (Bullets(tuple(filter(None, flow))), _roles(protocol), *_apart(protocol))
    return Section("data", "Data flow and roles", blocks)


def _letters(letters: Correspondence) -> list[str]:
    sentences = []
    if letters.quiet_from != letters.quiet_until:
        sentences.append(f"No messages are sent between {letters.quiet_from:%H:%M} and {letters.quiet_until:%H:%M}.")
    if letters.closing_soon:
        sentences.append(
            f"A last reminder is sent {duration(letters.closing_soon)} before a window closes, if answers are missing."
        )
    if letters.reply_to:
        sentences.append(sentence(f"Replies go to: {known(letters.reply_to)}"))
    return sentences


def _signed_in(access: Access) -> str:
    lasts = f" A personal link is valid for {duration(access.link_lasts)}." if access.link_lasts else ""
    staff, people = duration(access.staff_idle), duration(access.participant_idle)
    return f"A session on the website ends after {staff} (staff) or {people} (participants) without activity.{lasts}"


def _roles(protocol: Protocol) -> Block:
    columns = (text("role", "Role"), text("sees", "Sees"), text("never", "Never sees"),
               text("after", "Sees after the analysis plan is locked"))  # fmt: skip
    rows = [(r.id, listed(r.sees), listed(r.never), listed(r.after_lock)) for r in protocol.roles.may]
    return table("roles", "What each role sees, and never sees", columns, rows)


def _apart(protocol: Protocol) -> list[Block]:
    roles = protocol.roles
    sentences = [f"Nobody is both {a} and {b}." for a, b in roles.never_one_person]
    sentences += [_both(*together.roles, together.reason) for together in roles.one_person_with_reason]
    return [Bullets(tuple(sentences))] if sentences else []


def _both(role: str, other: str, reason: str) -> str:
    if reason:
        return sentence(f"One person may be both {role} and {other}: {reason}")
    return f"One person may be both {role} and {other} if the reason is recorded."
