"""What is kept where, how people are written to, and who sees what and never."""

from __future__ import annotations

from pilotage.formatting import listed
from pilotage.protocol.conduct import Access, Correspondence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Section
from pilotage.report.model.protocol_labels import duration, known, sentence


def data_and_roles(loaded: LoadedProtocol) -> Section:
    """What is kept and shared, and the roles."""
    protocol = loaded.protocol
    flow = [sentence(f"Kept: {listed(protocol.data_flow.kept)}") if protocol.data_flow.kept else ""]
    flow.append(sentence(f"Shared: {listed(protocol.data_flow.shared)}") if protocol.data_flow.shared else "")
    flow.append(sentence(f"Kept for: {known(protocol.data_flow.retention)}") if protocol.data_flow.retention else "")
    flow += _letters(protocol.correspondence)
    flow.append(_signed_in(protocol.access))
    flow.append("Participants are known to the analysis by a code; identity never leaves the place where it is kept.")
    blocks: tuple[Block, ...] = (Bullets(tuple(filter(None, flow))), _roles(protocol), *_apart(protocol))
    return Section("data", "Data flow and roles", blocks)


def _letters(letters: Correspondence) -> list[str]:
    said = []
    if letters.quiet_from != letters.quiet_until:
        said.append(f"Nothing is sent between {letters.quiet_from:%H:%M} and {letters.quiet_until:%H:%M}.")
    if letters.closing_soon:
        said.append(
            f"A last reminder goes {duration(letters.closing_soon)} before a window closes, if answers are outstanding."
        )
    if letters.reply_to:
        said.append(sentence(f"People may answer to: {known(letters.reply_to)}"))
    return said


def _signed_in(access: Access) -> str:
    lasts = f" A personal link works for {duration(access.link_lasts)}." if access.link_lasts else ""
    staff, people = duration(access.staff_idle), duration(access.participant_idle)
    return f"A sign-in ends when nothing is done for {staff} (staff) or {people} (participants).{lasts}"


def _roles(protocol: Protocol) -> Block:
    columns = (text("role", "Role"), text("sees", "Sees"), text("never", "Never sees"),
               text("after", "Sees once the analysis is locked"))  # fmt: skip
    rows = [(r.id, listed(r.sees), listed(r.never), listed(r.after_lock)) for r in protocol.roles.may]
    return table("roles", "Who sees what, and never", columns, rows)


def _apart(protocol: Protocol) -> list[Block]:
    roles = protocol.roles
    said = [f"Nobody is both {a} and {b}." for a, b in roles.never_one_person]
    said += [_both(*together.roles, together.reason) for together in roles.one_person_with_reason]
    return [Bullets(tuple(said))] if said else []


def _both(one: str, other: str, reason: str) -> str:
    if reason:
        return sentence(f"One person may be both {one} and {other}: {reason}")
    return f"One person may be both {one} and {other} when the reason is written down."
