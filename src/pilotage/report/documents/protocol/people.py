"""The arms, who may take part, and how people come in and consent."""

from __future__ import annotations

from pilotage.formatting import listed
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.study import ConsentPlan
from pilotage.protocol.words import say
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableRow
from pilotage.report.model.protocol_labels import arm_labels, duration, known, place, sentence

_KEPT = {
    "ask": "Who leaves the study is asked whether the answers given so far may be kept.",
    "always": "The answers of those who leave the study are kept.",
    "never": "The answers of those who leave the study are not kept.",
}
_FROZEN = {
    "kept": "Answers in a copy already frozen for analysis stay in that copy, under its code.",
    "removed": "Answers are taken out of copies already frozen for analysis as well.",
}
_ERASED = {"ask": "Who wishes it has their answers erased.", "never": "Answers are not erased once given."}


def arms(loaded: LoadedProtocol) -> Section:
    """Design and arms."""
    protocol = loaded.protocol
    columns = (text("arm", "Arm"), text("receives", "Receives"), text("allocation", "Who is in it"),
               text("frame", "Drawn from"), text("planned", "Planned number"))  # fmt: skip
    rows = [(a.label, a.receives, a.allocation, known(a.frame), known(a.planned) or "none set") for a in protocol.arms]
    said = Paragraph(f"{sentence(protocol.study.design)} {_allocation(protocol)}")
    return Section("design", "Design and arms", (said, table("arms", "Arms", columns, rows)))


def _allocation(protocol: Protocol) -> str:
    if not protocol.study.randomised:
        return "Arms are not drawn by lot."
    draw = protocol.allocation
    said = ["Arms are drawn by lot."]
    if draw.ratio:
        shares = [f"{share} to {protocol.arm(arm).label}" for arm, share in draw.ratio.items()]
        said.append(f"Of each {sum(draw.ratio.values())} people, {listed(shares)}.")
    if draw.blocks:
        said.append(f"Blocks of {listed([str(size) for size in draw.blocks])}, in an order drawn at random.")
    if draw.strata:
        said.append(f"Balanced apart by {listed(draw.strata)}.")
    if draw.concealed:
        said.append("Nobody can know the next arm before it is given.")
    return " ".join(said)


def eligibility(loaded: LoadedProtocol) -> Section:
    """Who may take part, by arm."""
    rules = loaded.protocol.eligibility
    columns = (text("rule", "A person"), text("arms", "Arms"), text("evidence", "Shown by"))
    rows: list[TableRow | tuple[str, str, str]] = [group("May take part who")]
    rows += [(c.text, arm_labels(loaded.protocol, c.arms), known(c.evidence)) for c in rules.include]
    rows.append(group("May not take part who"))
    if isinstance(rules.exclude, str):
        rows.append((rules.exclude, "", ""))
    else:
        rows += [(c.text, arm_labels(loaded.protocol, c.arms), known(c.evidence)) for c in rules.exclude]
    return Section("eligibility", "Eligibility", (table("eligibility", "Eligibility", columns, rows),))


def recruitment(loaded: LoadedProtocol) -> Section:
    """How people are found, and consent."""
    protocol = loaded.protocol
    found = tuple(
        sentence(place(c) + (f"; recruits from {known(c.recruits_from)}" if c.recruits_from else ""))
        for c in protocol.study.centres
    )
    return Section("recruitment", "Recruitment, consent and ethics", (Bullets(found), *_consent(protocol)))


def _consent(protocol: Protocol) -> list[Block]:
    consent = protocol.consent
    columns = (text("version", "Version"), text("starts", "In use from"), text("file", "Text, kept by the site"))
    versions = table("consent", "Versions of the consent text", columns,
                     [(v.id, known(v.starts), v.text) for v in consent.versions])  # fmt: skip
    return [
        Paragraph("Consent is voluntary, and nothing is asked before it is given."),
        versions,
        *_statements(consent, protocol.report.language),
        Bullets((*_leaving(consent), _course(protocol))),
        Paragraph(_ethics(protocol)),
    ]


def _statements(consent: ConsentPlan, language: str) -> list[Block]:
    """What is agreed to by the newest version."""
    newest = consent.versions[-1]
    if not newest.statements:
        return []
    columns = (text("statement", "Statement to tick"), text("required", "Must be agreed to"))
    rows = [(say(s.text, language), known(s.required)) for s in newest.statements]
    return [table("statements", f"What is agreed to (version {newest.id})", columns, rows)]


def _leaving(consent: ConsentPlan) -> list[str]:
    leaving = consent.withdrawal
    said = [_KEPT[leaving.keep_answers], _ERASED[leaving.erase], _FROZEN[leaving.frozen]]
    if consent.code_by_email:
        said.append("Besides the personal link, a code sent by e-mail is asked for.")
    if consent.contact_data_kept:
        said.append(f"Contact data are kept for {duration(consent.contact_data_kept)}.")
    return said


def _course(protocol: Protocol) -> str:
    if protocol.course_and_study == "apart":
        return (
            "Course and study are apart: who takes the course may decline the study, or leave one and keep the other."
        )
    return "Course and study belong together: who leaves one leaves the other."


def _ethics(protocol: Protocol) -> str:
    ethics = protocol.ethics
    parts = {
        "Ethics committee": ethics.committee,
        "decision": ethics.outcome,
        "number": ethics.number,
        "reference": ethics.reference,
        "date": ethics.date,
        "grounds": ethics.grounds,
        "legal basis": ethics.legal_basis,
    }
    return sentence("; ".join(f"{name}: {known(value)}" for name, value in parts.items() if value))
