"""The only door from the records to study data: people by fresh codes, and nothing that says who they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pilotage.web.records import protocols
from pilotage.web.records.extract import answers, conduct, course, people, safety
from pilotage.web.records.extract.comments import Unread, comments, unread
from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import Study
from pilotage.web.records.queries.people import consenting

if TYPE_CHECKING:
    from pilotage.data.study_data import Simulated, StudyData

__all__ = ["Unread", "conduct_of", "consenting", "number_consenting", "preview", "study_data", "unread"]

Rows = list[dict[str, Any]]


def study_data(study: Study, codes: Mapping[int, str]) -> StudyData:
    """Return all tables of a study, of those who gave their consent to it.

    Parameters
    ----------
    study : Study
    codes : mapping
        A code for each participant of `consenting`, by primary key; no other code of theirs is in any table.
    """
    from pilotage.data.study_data import StudyData

    source = _source(study, codes)
    tables = {name: rows for name, rows in _tables(source).items() if rows is not None}
    return StudyData.from_tables({name: _frame(name, rows) for name, rows in tables.items()}, _simulated(study))


def number_consenting(study: Study) -> int:
    """Return of how many people a frozen copy would hold data: those of `consenting`."""
    return consenting(study).count()


def preview(study: Study) -> tuple[StudyData, int]:
    """Return the data as they would be frozen now, and how many people are in the flow alone.

    The codes are thrown away with the preview; a frozen copy has others.
    """
    keys = consenting(study).values_list("pk", flat=True)
    drawn = study_data(study, {key: f"person {number}" for number, key in enumerate(keys, start=1)})
    return drawn, len(keys) - drawn.participants.height


def conduct_of(study: Study) -> Rows:
    """Return who did and saw what until now, as the table `conduct` has it."""
    return conduct.conduct(_source(study, dict.fromkeys(consenting(study).values_list("pk", flat=True), "")))


def _source(study: Study, codes: Mapping[int, str]) -> Source:
    loaded = protocols.of(study)
    zone = ZoneInfo(loaded.protocol.study.time_zone)
    return Source(study, loaded, zone, people.known(study, codes), conduct.staff(study))


def _tables(source: Source) -> dict[str, Rows | None]:
    """Return the rows of each table; None where it was not collected, which is not the same as nothing."""
    return {
        "flow": people.flow(source),
        "approached": people.approached(source),
        "participants": people.participants(source),
        "sessions": course.sessions(source) or None,
        "attendance": course.attendance(source) or None,
        "pairings": course.pairings(source) or None,
        "fidelity": course.fidelity(source) or None,
        "adherence": course.adherence(source) or None,
        "home_practice": course.home_practice(source) or None,
        "administrations": answers.administrations(source),
        "responses": answers.responses(source),
        "comments": comments(source),
        "deviations": conduct.deviations(source),
        "adverse_events": safety.adverse_events(source),
        "conduct": conduct.conduct(source),
    }


def _frame(name: str, rows: Rows) -> Any:
    """Return a frame in an order that tells nothing: by key, whose codes were drawn by chance."""
    import polars as pl

    from pilotage.data.tables import BY_NAME

    return pl.DataFrame(rows, schema=BY_NAME[name].schema()).sort(BY_NAME[name].key, nulls_last=True)


def _simulated(study: Study) -> Simulated | None:
    from pilotage.data.study_data import Simulated

    stamp = study.simulated
    return Simulated(int(stamp["seed"]), str(stamp["scenario"])) if stamp else None
