"""Canonical against delivered: the differences the protocol lists, and departures noted while the course ran."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery_results import Adaptations, ProtocolDeviation
from pilotage.protocol.programme import Adaptation
from pilotage.vocabulary import DeviationPlanning, ProgrammePart, values
from pilotage.yaml_file import Unknown

CORE = values(ProgrammePart)
NOT_SAID = "not said"
PLANNED = (*values(DeviationPlanning), NOT_SAID)


def adaptations(study: AnalysisInput) -> Adaptations | None:
    """Return the adaptation log; None where the study has no programme."""
    programme = study.protocol.programme
    if programme is None:
        return None
    deviations = departures(study)
    return Adaptations(
        differences=len(programme.difference),
        differences_by_core=_counted(CORE, map(core_of, programme.difference)),
        differences_by_planned=_counted(PLANNED, map(planned_of, programme.difference)),
        recorded=study.collected("deviations"),
        departures=deviations,
        departures_by_core=_counted(CORE, (deviation.core for deviation in deviations)),
        departures_by_planned=_counted(PLANNED, (deviation.planned for deviation in deviations)),
    )


def core_of(difference: Adaptation) -> str:
    """Return whether a difference touches a core part: core, flexible, or not judged."""
    return ProgrammePart.NOT_JUDGED.value if isinstance(difference.kind, Unknown) else difference.kind


def planned_of(difference: Adaptation) -> str:
    """Return whether a difference was planned: planned, ad hoc, or not said."""
    if isinstance(difference.planned, Unknown):
        return NOT_SAID
    return (DeviationPlanning.PLANNED if difference.planned else DeviationPlanning.AD_HOC).value


def departures(study: AnalysisInput) -> tuple[ProtocolDeviation, ...]:
    """Return every deviation that was noted, by day."""
    columns = ("date", "cohort", "session", "kind", "core", "planned", "description")
    rows = study.data.deviations.sort("date", "deviation", nulls_last=True).select(columns).iter_rows()
    return tuple(
        ProtocolDeviation(
            day.isoformat() if day else "", cohort or "", session, kind or "", core or ProgrammePart.NOT_JUDGED.value,
            planned or NOT_SAID, description or "",
        )
        for day, cohort, session, kind, core, planned, description in rows
    )  # fmt: skip


def _counted(names: Iterable[str], words: Iterable[str]) -> dict[str, int]:
    counts = Counter(words)
    return {name: counts[name] for name in names if counts[name]}
