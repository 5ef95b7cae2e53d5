"""The protocol as a document for an ethics board, written from the protocol file and nothing else."""

from __future__ import annotations

from pathlib import Path

from pilotage.protocol.load import LoadedProtocol
from pilotage.report.documents.protocol.analysis import analysis_plan
from pilotage.report.documents.protocol.conduct import data_and_roles
from pilotage.report.documents.protocol.feasibility import feasibility
from pilotage.report.documents.protocol.forms import forms
from pilotage.report.documents.protocol.gaps import not_known
from pilotage.report.documents.protocol.measures import measures
from pilotage.report.documents.protocol.people import arms, eligibility, recruitment
from pilotage.report.documents.protocol.programme import programme
from pilotage.report.documents.protocol.safety import safety
from pilotage.report.documents.protocol.schedule import schedule
from pilotage.report.documents.protocol.study import aims, making, overview
from pilotage.report.model.document import Document
from pilotage.report.model.numbering import numbered
from pilotage.report.model.protocol_labels import known, place

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
    """Return the whole protocol as a document, its tables numbered in reading order."""
    study = loaded.protocol.study
    document = Document(
        title=study.title,
        subtitle="Study protocol",
        language=loaded.protocol.report.language,
        sections=tuple(section for make in SECTIONS if (section := make(loaded)) is not None),
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
    return numbered(document)


def write_protocol(loaded: LoadedProtocol, folder: Path) -> tuple[Path, ...]:
    """Write ``protocol.html`` and ``protocol.docx`` into a folder."""
    from pilotage.report.render.files import write_document

    return write_document(protocol_document(loaded), folder, "protocol")
