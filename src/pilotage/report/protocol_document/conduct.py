"""Safety, what is kept where, and who sees what and never."""

from __future__ import annotations

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.building import table, text
from pilotage.report.document import Block, Bullets, Paragraph, Section
from pilotage.report.protocol_words import known, sentence
from pilotage.report.wording import listed

_FOUND = {
    "systematic": "Everyone is asked.",
    "spontaneous": "What people report of their own accord is kept; nobody is asked.",
    "both": "People are asked, and what they report of their own accord is kept as well.",
}


def safety(loaded: LoadedProtocol) -> Section:
    """How harm is asked for, and what happens then."""
    plan = loaded.protocol.safety
    if plan is None:
        return Section("safety", "Safety", (Paragraph("The protocol does not say how harm is asked for.", "warning"),))
    blocks: list[Block] = [Paragraph(f"{sentence(plan.asked)} {_FOUND[plan.ascertainment]}")]
    if plan.form:
        title = say(loaded.protocol.form(plan.form).title, loaded.protocol.report.language)
        blocks.append(Paragraph(f"The form is '{title}'; its questions stand with the forms."))
    blocks.append(Paragraph(sentence(f"Whom to turn to: {known(plan.contact)}")))
    if plan.escalation:
        blocks += [Paragraph("What happens then:"), Bullets(tuple(map(sentence, plan.escalation)))]
    return Section("safety", "Safety", tuple(blocks))


def data_and_roles(loaded: LoadedProtocol) -> Section:
    """What is kept and shared, and the roles."""
    protocol = loaded.protocol
    flow = [sentence(f"Kept: {listed(protocol.data_flow.kept)}") if protocol.data_flow.kept else ""]
    flow.append(sentence(f"Shared: {listed(protocol.data_flow.shared)}") if protocol.data_flow.shared else "")
    flow.append(sentence(f"Kept for: {known(protocol.data_flow.retention)}") if protocol.data_flow.retention else "")
    flow.append("Participants are known to the analysis by a code; identity never leaves the place where it is kept.")
    blocks: tuple[Block, ...] = (Bullets(tuple(filter(None, flow))), _roles(protocol), *_apart(protocol))
    return Section("data", "Data flow and roles", blocks)


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
