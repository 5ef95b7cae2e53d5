"""Who did and saw what: the team's own doings, as the records tell them, in order of time."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import ConductEntry


def conduct(study: AnalysisInput) -> tuple[ConductEntry, ...]:
    """Return every entry, by day; empty where a study was not run on the web and nothing was recorded."""
    rows = study.data.conduct.sort("date", "entry", nulls_last=True)
    return tuple(
        ConductEntry(day.isoformat() if day else "", kind, who or "", what or "", reason or "")
        for day, kind, who, what, reason in rows.select("date", "kind", "who", "what", "reason").iter_rows()
    )
