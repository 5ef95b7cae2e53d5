"""What an analysis is given: the protocol, the data, and who is in which arm."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.vocabulary import AttendanceStatus, took_place


@dataclass(frozen=True)
class AnalysisInput:
    """A study as the analysis sees it: codes, never names."""

    loaded: LoadedProtocol
    data: StudyData

    @property
    def protocol(self) -> Protocol:
        """The protocol."""
        return self.loaded.protocol

    @cached_property
    def arm_of(self) -> dict[str, str]:
        """Each participant's arm, in order of code."""
        rows = self.data.participants.sort("participant").select("participant", "arm").iter_rows()
        return dict(rows)

    @cached_property
    def cohort_of(self) -> dict[str, str]:
        """Each participant's cohort; empty for who is in none."""
        rows = self.data.participants.select("participant", "cohort").iter_rows()
        return {participant: cohort or "" for participant, cohort in rows}

    @cached_property
    def attendance(self) -> pl.DataFrame:
        """Attendance, without marks at sessions that never took place: a session is postponed after people are marked.

        A session made up on another day stays, and so do marks at a session of which nothing was recorded.
        """
        rows, sessions = self.data.attendance, self.data.sessions
        days = sessions.select("cohort", "session", "held_on").iter_rows()
        not_held = {(cohort, session) for cohort, session, held_on in days if not took_place(held_on)}
        marks = rows.select("participant", "session", "status").iter_rows()
        counted = [
            status == AttendanceStatus.MADE_UP or (self.cohort_of.get(person), session) not in not_held
            for person, session, status in marks
        ]
        return rows.filter(pl.Series(counted, dtype=pl.Boolean))

    @cached_property
    def arms(self) -> tuple[str, ...]:
        """The arms of the protocol that have people, in its order."""
        present = set(self.arm_of.values())
        return tuple(arm.id for arm in self.protocol.arms if arm.id in present)

    def people(self, *arms: str) -> tuple[str, ...]:
        """Return the participants of these arms, or of all."""
        return tuple(person for person, arm in self.arm_of.items() if not arms or arm in arms)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many people each arm has."""
        counts = Counter(self.arm_of.values())
        return {arm: counts[arm] for arm in self.arms}

    @cached_property
    def programme_arms(self) -> tuple[str, ...]:
        """The arms that follow the programme."""
        return tuple(arm for arm in self.arms if self.protocol.arm(arm).programme)

    def collected(self, table: str) -> bool:
        """Return whether a table was collected at all."""
        return table in self.data.collected

    @cached_property
    def assessed(self) -> dict[str, frozenset[str]]:
        """Who answered anything at each assessment."""
        rows = self.data.administrations.select("assessment", "participant").unique().iter_rows()
        by_assessment: dict[str, set[str]] = {a.id: set() for a in self.protocol.assessments}
        for assessment, participant in rows:
            by_assessment.setdefault(assessment, set()).add(participant)
        return {assessment: frozenset(people) for assessment, people in by_assessment.items()}

    @cached_property
    def left_study(self) -> dict[str, str]:
        """Who left the study, with the reason given."""
        rows = self.data.flow.filter(self.data.flow["study_left_on"].is_not_null())
        return {p: why or "no reason given" for p, why in rows.select("participant", "study_left_why").iter_rows()}

    def assessment_label(self, assessment: str) -> str:
        """Return an assessment's label in the protocol."""
        return self.protocol.assessment(assessment).label
