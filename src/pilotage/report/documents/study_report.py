"""Builds the report's document from the results: which sections, in which order."""

from __future__ import annotations

from pilotage.report.model.context import Context
from pilotage.report.model.document import Document, Section
from pilotage.report.sections.adverse_events import safety
from pilotage.report.sections.conduct import conduct
from pilotage.report.sections.delivery import delivery
from pilotage.report.sections.feasibility import comments, feasibility
from pilotage.report.sections.floor_and_ceiling import headroom
from pilotage.report.sections.limitations import limitations
from pilotage.report.sections.measurement import measurement
from pilotage.report.sections.methods import methods
from pilotage.report.sections.outcomes import outcomes
from pilotage.report.sections.participants import left_out, participants
from pilotage.report.sections.programme import programme
from pilotage.report.sections.recommended import recommended
from pilotage.report.sections.reproduce import reproduce
from pilotage.report.sections.robustness import robustness
from pilotage.report.sections.side_by_side import side_by_side
from pilotage.report.sections.summary import summary

SECTIONS = (summary, methods, programme, participants, feasibility, delivery, headroom, side_by_side, outcomes,
            recommended, robustness, measurement, safety, comments, limitations, left_out, conduct,
            reproduce)  # fmt: skip


def build(context: Context) -> Document:
    """The whole report as a document."""
    study, p = context.protocol.study, context.results.provenance
    sections: list[Section] = [s for make in SECTIONS if (s := make(context)) is not None]
    edition = "shared edition: no codes, no small cells, no single person" if context.shared else "analyst's edition"
    return Document(
        title=context.protocol.report.title or study.title,
        subtitle=f"Report, {edition}",
        language=context.protocol.report.language,
        sections=tuple(sections),
        simulated=f"SIMULATED DATA ({p.simulated}): no person gave these answers" if p.simulated else "",
        # Their names do not belong over answers that nobody gave.
        byline=() if p.simulated else tuple(context.protocol.report.authors),
        facts={"Protocol": p.protocol[:12], "Data": p.data[:12], "Pilotage": p.pilotage},
    )
