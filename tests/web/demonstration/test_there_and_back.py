"""A rehearsal put into the records and drawn from them again is the rehearsal, but for codes and days."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from pilotage.data.simulate import simulate
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LIBRARY, load
from pilotage.web.demonstration.rehearsed import load_rehearsal
from pilotage.web.records import actions, audit, extract
from pilotage.web.records.models import Study, User

LATER = timedelta(weeks=52)


@pytest.fixture
def study(db: None) -> Study:
    folder = Path(settings.ENVIRONMENT.folder) / "imp-2020"
    shutil.copytree(LIBRARY / "imp-2020", folder, dirs_exist_ok=True)
    study = actions.register("imp-2020", "imp-2020", load(folder), simulated={"seed": 1, "scenario": "troubled"})
    actions.open_for_enrolment(study, audit.SERVER)
    return study


@pytest.mark.parametrize("scenario", ["paper", "troubled"])
def test_answers_and_attendance_come_back_as_they_went_in(study: Study, scenario: str) -> None:
    before = simulate(load("imp-2020"), seed=1, scenario=scenario)
    staff = [User.objects.create(email=f"{n}@calm.example", name=f"Staff {n}") for n in range(4)]
    load_rehearsal(study, before, later=LATER, teachers=tuple(staff[:2]), rater=staff[2], reader=staff[3])
    after = drawn(study)
    kept = set(before.flow.filter(pl.col("answers_kept").is_null())["participant"])
    for table, columns in {
        "responses": ["participant", "assessment", "instrument", "number", "item", "value"],
        "attendance": ["participant", "session", "status", "minutes"],
        "pairings": ["participant", "session", "pairing", "group", "role_order"],
    }.items():
        was = before.table(table).filter(pl.col("participant").is_in(kept)).select(columns).sort(columns)
        now = after.table(table).filter(pl.col("participant").is_in(kept)).select(columns).sort(columns)
        assert now.equals(was), table
    rated = ["cohort", "session", "item", "value"]  # raters have codes of their own in the records
    assert after.adherence.select(rated).sort(rated).equals(before.adherence.select(rated).sort(rated))
    assert before.adherence.height > 0
    assert after.sessions["state"].to_list() == before.sessions["state"].to_list()


def drawn(study: Study) -> StudyData:
    """The study's data under the codes of the rehearsal, which a real freeze would change."""
    codes = dict(study.participants.values_list("pk", "code"))
    return extract.study_data(study, codes)
