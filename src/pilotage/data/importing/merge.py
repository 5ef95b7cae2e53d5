"""Adds what was imported to the data there already are; what clashes is refused, or replaced when told to."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pilotage.data.study_data import StudyData
from pilotage.data.tables import BY_NAME
from pilotage.formatting import with_commas
from pilotage.problems import Problem, kind, refuse

CLASH = kind("IMPORT-011", "The study already has these answers")
OTHER_ARM = kind("IMPORT-012", "A participant's arm or cohort differs from the study's data")
SIMULATED = kind("IMPORT-013", "The study's data are simulated")
FLOW_CLASH = kind("IMPORT-014", "The study already has another date or outcome for this person")

_ANSWERS = ("administrations", "responses", "comments")
_KEY = BY_NAME["administrations"].key
_MOST_LISTED = 20


def merged(existing: StudyData, new: StudyData, *, replace: bool = False) -> StudyData:
    """Return the existing data with the new administrations, people and flow added.

    Raises
    ------
    ProblemsFound
        When administrations are there already and ``replace`` is not said, when someone's arm differs, or when
        the existing data are simulated: real and simulated answers are never mixed.
    """
    if existing.simulated is not None:
        message = "The study's data are simulated; real answers are never mixed with them."
        refuse([Problem(SIMULATED, message, "Move the folder 'data' of the study away, and import again.")])
    problems = [*_other_arms(existing, new)]
    if not replace:
        problems += [*_clashes(existing, new), *_flow_clashes(existing, new)]
    refuse(problems)
    tables = {table.name: frame for table, frame in existing.tables()}
    tables |= {name: _answers(name, existing, new) for name in _ANSWERS if name in existing.collected | new.collected}
    tables["participants"] = _people(existing, new)
    if "flow" in new.collected:
        tables["flow"] = _flow(existing, new)
    return StudyData.from_tables(tables)


def _answers(name: str, existing: StudyData, new: StudyData) -> pl.DataFrame:
    kept = existing.table(name).join(new.administrations, on=_KEY, how="anti", maintain_order="left")
    return pl.concat([kept, new.table(name)])


def _people(existing: StudyData, new: StudyData) -> pl.DataFrame:
    """Return everyone once; a cohort that only one of the two knows is kept."""
    both = pl.concat([existing.participants, new.participants])
    return both.group_by("participant", maintain_order=True).agg(pl.col("arm", "cohort").drop_nulls().first())


def _flow(existing: StudyData, new: StudyData) -> pl.DataFrame:
    """Return everyone once; a column of the new file wins, where it is not blank."""
    both = pl.concat([new.flow, existing.flow])
    return both.group_by("participant", maintain_order=True).agg(pl.all().drop_nulls().first())


def _other_arms(existing: StudyData, new: StudyData) -> Iterator[Problem]:
    both = new.participants.join(existing.participants, on="participant", suffix="_there", maintain_order="left")
    for name in ("arm", "cohort"):
        for row in both.filter(pl.col(name) != pl.col(f"{name}_there")).iter_rows(named=True):
            here, there = row[name], row[f"{name}_there"]
            message = f"Participant {row['participant']} is in {name} '{here}' here, and in '{there}' in the data."
            yield Problem(OTHER_ARM, message, "Correct the file, or participants.csv in the study's data.")


def _clashes(existing: StudyData, new: StudyData) -> Iterator[Problem]:
    both = new.administrations.join(existing.administrations, on=_KEY, how="semi", maintain_order="left")
    remedy = "Leave these rows out, or use --replace to put this file's answers in their place."
    for row in both.head(_MOST_LISTED).iter_rows(named=True):
        message = f"Participant {row['participant']} already has {row['instrument']} at {row['assessment']}."
        yield Problem(CLASH, message, remedy)
    if both.height > _MOST_LISTED:
        yield Problem(CLASH, f"... and {with_commas(both.height - _MOST_LISTED)} more.", remedy)


def _flow_clashes(existing: StudyData, new: StudyData) -> Iterator[Problem]:
    both = new.flow.join(existing.flow, on="participant", suffix="_there", maintain_order="left")
    for name in new.flow.columns[1:]:
        for row in both.filter(pl.col(name) != pl.col(f"{name}_there")).iter_rows(named=True):
            here, there = row[name], row[f"{name}_there"]
            message = f"Participant {row['participant']}: {name} is {here} in this file, and {there} in the data."
            yield Problem(FLOW_CLASH, message, "Correct the file, or use --replace.")
