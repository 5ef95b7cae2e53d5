"""The study at a glance, its aims, and those who make it."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import counted, listed, sentence
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section
from pilotage.report.model.protocol_labels import briefly, known, language_name


def overview(loaded: LoadedProtocol) -> Section:
    """Return the section that has the study on half a page."""
    columns = (text("what", "What"), text("here", "In this study"))
    glance = table("overview", "The study at a glance", columns, list(_glance(loaded.protocol)))
    return Section("overview", "Summary", (glance,))


def _glance(protocol: Protocol) -> Iterator[tuple[str, str]]:
    study, outcomes = protocol.study, protocol.analysis.outcomes
    yield "Aim", sentence(study.aim)
    yield "Design", study.design
    yield "Arms", "; ".join(f"{arm.label}: {arm.receives}" for arm in protocol.arms)
    yield "Planned number", "; ".join(f"{arm.label}: {briefly(arm.planned) or 'none set'}" for arm in protocol.arms)
    if protocol.programme:
        shape = protocol.programme.delivered
        yield (
            "Programme",
            f"{protocol.programme.name}: {counted(shape.sessions, 'session')}, {briefly(shape.minutes)} minutes each",
        )
    yield "Assessments", "; ".join(a.label for a in protocol.assessments)
    yield "Main outcomes", "; ".join(outcome.label for outcome in outcomes.main)
    if protocol.feasibility:
        yield (
            "Feasibility",
            f"{protocol.feasibility.framework}: {listed([d.label for d in protocol.feasibility.domains])}",
        )
    yield "Languages", ", ".join(map(language_name, study.languages))
    yield "Registration", known(study.registration)


def aims(loaded: LoadedProtocol) -> Section:
    """Return the section on aims, questions and hypotheses."""
    study = loaded.protocol.study
    blocks: list[Block] = [Paragraph(sentence(study.aim))]
    if study.questions:
        blocks += [Paragraph("Further questions:"), Bullets(tuple(study.questions))]
    if study.hypotheses:
        blocks += [Paragraph("Hypotheses:"), Bullets(tuple(hypothesis.text for hypothesis in study.hypotheses))]
    return Section("aims", "Aims and hypotheses", tuple(blocks))


def making(loaded: LoadedProtocol) -> Section:
    """Return the section on who makes the study, who pays, and what they declare."""
    study = loaded.protocol.study
    columns = (
        text("name", "Name"),
        text("roles", "Roles"),
        text("did", "Part in the study"),
        text("discloses", "Discloses"),
    )
    rows = [(p.name, ", ".join(p.roles), "; ".join(p.did), "; ".join(p.discloses)) for p in study.people]
    declared = [f"Funding: {known(study.funding)}", f"Conflicts of interest: {known(study.conflicts)}"]
    if study.reference:
        declared.append(
            f"Publication: {study.reference.cite}{f' doi {study.reference.doi}' if study.reference.doi else ''}"
        )
    if study.licence:
        declared.append(f"Licence: {known(study.licence)}")
    blocks: list[Block] = [table("people", "The study team", columns, rows)] if rows else []
    lasting = tuple(map(sentence, (*declared, *study.statements, study.acknowledgements)))
    return Section("making", "People, funding and declarations", (*blocks, Bullets(tuple(filter(None, lasting)))))
