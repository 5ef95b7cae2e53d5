"""The report of a study as a document: which sections, in which order, and what its tables are called elsewhere."""

from __future__ import annotations

from pilotage.report.model.document import Document, Section
from pilotage.report.model.numbering import numbered
from pilotage.report.sections.adverse_events import adverse_events
from pilotage.report.sections.conduct import conduct
from pilotage.report.sections.context import Context
from pilotage.report.sections.delivery import delivery
from pilotage.report.sections.feasibility import comments, feasibility
from pilotage.report.sections.floor_and_ceiling import floor_and_ceiling
from pilotage.report.sections.limitations import limitations
from pilotage.report.sections.measurement import measurement
from pilotage.report.sections.methods import methods
from pilotage.report.sections.outcomes import outcomes
from pilotage.report.sections.participants import exclusions, participants
from pilotage.report.sections.programme import programme
from pilotage.report.sections.recommended import recommended
from pilotage.report.sections.reproduce import reproduce
from pilotage.report.sections.robustness import robustness
from pilotage.report.sections.side_by_side import side_by_side
from pilotage.report.sections.summary import summary

SECTIONS = (
    summary,
    methods,
    programme,
    participants,
    feasibility,
    delivery,
    floor_and_ceiling,
    side_by_side,
    outcomes,
    recommended,
    robustness,
    measurement,
    adverse_events,
    comments,
    limitations,
    exclusions,
    conduct,
    reproduce,
)

TABLES_OF_2020 = {
    "table-1-curriculum": "Table 1 of the 2020 paper",
    "table-2-average-session": "Table 2 of the 2020 paper",
    "table-3-professions": "Table 3 of the 2020 paper",
    "table-4-learned": "Table 4 of the 2020 paper",
    "table-5-outcomes": "Table 5 of the 2020 paper",
    "table-6-missed": "Table 6 of the 2020 paper",
}
"""What the paper that the preset `paper-2020` follows calls the tables that have a counterpart there."""


def study_report(context: Context) -> Document:
    """Return the whole report, its tables and figures numbered in reading order."""
    study, provenance = context.protocol.study, context.results.provenance
    sections: list[Section] = [section for make in SECTIONS if (section := make(context)) is not None]
    edition = "shared edition: no codes, no small cells, no single person" if context.shared else "analyst's edition"
    simulated = provenance.simulated
    document = Document(
        title=context.protocol.report.title or study.title,
        subtitle=f"Report, {edition}",
        language=context.protocol.report.language,
        sections=tuple(sections),
        simulated=f"SIMULATED DATA ({simulated}): no person gave these answers" if simulated else "",
        # Their names do not belong over answers that nobody gave.
        byline=() if simulated else tuple(context.protocol.report.authors),
        facts={"Protocol": provenance.protocol[:12], "Data": provenance.data[:12], "Pilotage": provenance.pilotage},
    )
    follows_2020 = "paper-2020" in context.protocol.analysis.presets
    return numbered(document, TABLES_OF_2020 if follows_2020 else {})
