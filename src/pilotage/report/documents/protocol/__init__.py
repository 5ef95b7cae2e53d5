"""The protocol as a document for an ethics board, written from the protocol file and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from pilotage.protocol.load import LoadedProtocol
from pilotage.report.documents.protocol.analysis import analysis_plan
from pilotage.report.documents.protocol.conduct import data_and_roles
from pilotage.report.documents.protocol.feasibility import feasibility
from pilotage.report.documents.protocol.forms import forms
from pilotage.report.documents.protocol.gaps import not_known
from pilotage.report.documents.protocol.labels import known, place
from pilotage.report.documents.protocol.measures import measures
from pilotage.report.documents.protocol.people import arms, eligibility, recruitment
from pilotage.report.documents.protocol.programme import programme
from pilotage.report.documents.protocol.safety import safety
from pilotage.report.documents.protocol.schedule import schedule
from pilotage.report.documents.protocol.study import aims, making, overview
from pilotage.report.model.document import Document, Section, Table

SECTIONS = (
    overview,
    aims,
    arms,
    eligibility,
    recruitment,
    programme,
    schedule,
    measures,
    forms,
    safety,
    data_and_roles,
    feasibility,
    analysis_plan,
    making,
    not_known,
)


def protocol_document(loaded: LoadedProtocol) -> Document:
    """The whole protocol as a document."""
    study = loaded.protocol.study
    numbers = count(1)
    found = [section for make in SECTIONS if (section := make(loaded)) is not None]
    return Document(
        title=study.title,
        subtitle="Study protocol",
        language=loaded.protocol.report.language,
        sections=tuple(_numbered(section, numbers) for section in found),
        byline=tuple(person.name for person in study.people),
        facts={
            "Study": study.id,
            "Version": loaded.protocol.version,
            "Fingerprint": loaded.short_fingerprint,
            "Status": study.status,
            "Ethics committee": f"{loaded.protocol.ethics.outcome}; {known(loaded.protocol.ethics.committee)}",
            "Centre": "; ".join(map(place, study.centres)),
        },
    )


def _numbered(section: Section, numbers: count[int]) -> Section:
    """The section with its tables numbered in reading order."""
    blocks = tuple(replace(b, number=str(next(numbers))) if isinstance(b, Table) else b for b in section.blocks)
    return replace(section, blocks=blocks, sections=tuple(_numbered(inner, numbers) for inner in section.sections))


def write_protocol(loaded: LoadedProtocol, folder: Path) -> tuple[Path, ...]:
    """Write ``protocol.html`` and ``protocol.docx`` into a folder."""
    from pilotage.report.render.html import write_html
    from pilotage.report.render.word import write_word

    document = protocol_document(loaded)
    files = folder / "protocol.html", folder / "protocol.docx"
    write_html(document, files[0])
    write_word(document, files[1])
    return files
