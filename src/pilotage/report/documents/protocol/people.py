"""The arms, who may take part, and how people come in and consent."""

from __future__ import annotations

from pilotage.formatting import listed, sentence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import OfferedReasons, Protocol
from pilotage.protocol.study import ConsentPlan
from pilotage.protocol.words import say
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableRow
from pilotage.report.model.protocol_labels import arm_labels, duration, known, place

_KEPT = {
    "ask": "People who leave the study are asked whether the answers given so far may be kept.",
    "always": "The answers of those who leave the study are kept.",
    "never": "The answers of those who leave the study are not kept.",
}
_FROZEN = {
    "kept": "Answers in a copy already frozen for analysis stay in that copy, under a code.",
    "removed": "Answers are also removed from copies already frozen for analysis.",
}
_ERASED = {"ask": "Answers are erased on request.", "never": "Answers are not erased."}


def arms(loaded: LoadedProtocol) -> Section:
    """Return the section on the design and the arms."""
    protocol = loaded.protocol
    columns = (text("arm", "Arm"), text("receives", "Receives"), text("allocation", "Allocation"),
               text("frame", "Recruited from"), text("planned", "Planned number"))  # fmt: skip
    rows = [(a.label, a.receives, a.allocation, known(a.frame), known(a.planned) or "none set") for a in protocol.arms]
    introduction = Paragraph(f"{sentence(protocol.study.design)} {_allocation(protocol)}")
    return Section("design", "Design and arms", (introduction, table("arms", "Arms", columns, rows)))


def _allocation(protocol: Protocol) -> str:
    if not protocol.study.randomised:
        return "Participants are not randomised."
    draw = protocol.allocation
    sentences = ["Participants are randomised to the arms."]
    if draw.ratio:
        shares = [f"{share} to {protocol.arm(arm).label}" for arm, share in draw.ratio.items()]
        sentences.append(f"Allocation ratio, in each {sum(draw.ratio.values())} people: {listed(shares)}.")
    if draw.blocks:
        sentences.append(f"Permuted blocks of {listed([str(size) for size in draw.blocks])}, in random order.")
    if draw.strata:
        sentences.append(f"Stratified by {listed(draw.strata)}.")
    if draw.concealed:
        sentences.append("Allocation is concealed until it is assigned.")
    return " ".join(sentences)


def eligibility(loaded: LoadedProtocol) -> Section:
    """Return the section on who may take part, by arm."""
    rules = loaded.protocol.eligibility
    columns = (text("rule", "Criterion"), text("arms", "Arms"), text("evidence", "Evidence"))
    rows: list[TableRow | tuple[str, str, str]] = [group("Inclusion criteria")]
    rows += [(c.text, arm_labels(loaded.protocol, c.arms), known(c.evidence)) for c in rules.include]
    rows.append(group("Exclusion criteria"))
    if isinstance(rules.exclude, str):
        rows.append((rules.exclude, "", ""))
    else:
        rows += [(c.text, arm_labels(loaded.protocol, c.arms), known(c.evidence)) for c in rules.exclude]
    return Section("eligibility", "Eligibility", (table("eligibility", "Eligibility", columns, rows),))


def recruitment(loaded: LoadedProtocol) -> Section:
    """Return the section on recruitment, consent and ethics."""
    protocol = loaded.protocol
    centres = tuple(
        sentence(place(c) + (f"; recruits from {known(c.recruits_from)}" if c.recruits_from else ""))
        for c in protocol.study.centres
    )
    return Section("recruitment", "Recruitment, consent and ethics", (Bullets(centres), *_consent(protocol)))


def _consent(protocol: Protocol) -> list[Block]:
    consent = protocol.consent
    columns = (text("version", "Version"), text("starts", "In use from"), text("file", "Text (file of the site)"))
    versions = table("consent", "Versions of the consent text", columns,
                     [(v.id, known(v.starts), v.text) for v in consent.versions])  # fmt: skip
    return [
        Paragraph("Consent is voluntary. No study questions are asked before it is given."),
        versions,
        *_statements(consent, protocol.report.language),
        Bullets((*_leaving(consent), _course(protocol), *_reasons(protocol.reasons))),
        Paragraph(_ethics(protocol)),
    ]


def _statements(consent: ConsentPlan, language: str) -> list[Block]:
    """Return the table of statements that the newest version asks people to agree to."""
    newest = consent.versions[-1]
    if not newest.statements:
        return []
    columns = (text("statement", "Statement"), text("required", "Required"))
    rows = [(say(s.text, language), known(s.required)) for s in newest.statements]
    return [table("statements", f"Consent statements (version {newest.id})", columns, rows)]


def _leaving(consent: ConsentPlan) -> list[str]:
    leaving = consent.withdrawal
    sentences = [_KEPT[leaving.keep_answers], _ERASED[leaving.erase], _FROZEN[leaving.frozen]]
    if consent.code_by_email:
        sentences.append("To sign, people need a code sent by e-mail, in addition to the personal link.")
    if consent.contact_data_kept:
        sentences.append(f"Contact data are kept for {duration(consent.contact_data_kept)}.")
    return sentences


def _course(protocol: Protocol) -> str:
    if protocol.course_and_study == "apart":
        return "Course and study are separate: people may take the course only, or leave one and stay in the other."
    return "Course and study belong together: people who leave one leave the other."


def _reasons(reasons: OfferedReasons) -> list[str]:
    """Return the reasons from which those who record them can choose."""
    offered = {
        "declining to take part": reasons.declining,
        "leaving the course or the study": reasons.leaving,
        "being put on the waiting list": reasons.waiting,
    }
    return [
        sentence(f"Reasons offered for {what}: {listed(labels)}; others are recorded in free text")
        for what, labels in offered.items()
        if labels
    ]


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
