"""The tidy tables of a study: their columns, types and keys, said once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pilotage import vocabulary
from pilotage.vocabulary import (
    AnswerMode,
    Ascertainment,
    AttendanceStatus,
    ConductKind,
    DeliveryState,
    DeviationKind,
    DeviationPlanning,
    EventOutcome,
    Expectedness,
    FlowStage,
    PracticeSource,
    ProgrammePart,
    Relatedness,
    SessionState,
    Severity,
)

if TYPE_CHECKING:
    import polars

ColumnType = Literal["string", "integer", "number", "date", "datetime", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, type, meaning, and the values it may take."""

    name: str
    type: ColumnType
    means: str
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: one row for each of what, known by which columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The name of its file in a data folder."""
        return f"{self.name}.csv"

    def schema(self) -> dict[str, polars.DataType]:
        """Return the columns as polars types."""
        import polars as pl

        types: dict[ColumnType, polars.DataType] = {
            "string": pl.String(),
            "integer": pl.Int64(),
            "number": pl.Float64(),
            "date": pl.Date(),
            "datetime": pl.Datetime("us", "UTC"),
            "boolean": pl.Boolean(),
        }
        return {column.name: types[column.type] for column in self.columns}


def _c(
    name: str, type_: ColumnType, means: str, words: type[StrEnum] | None = None, *, required: bool = False
) -> Column:
    return Column(name, type_, means, () if words is None else vocabulary.values(words), required)


PARTICIPANT = _c("participant", "string", "code given at freezing, not the one a coordinator knows", required=True)
COHORT = _c("cohort", "string", "training group", required=True)
SESSION = _c("session", "integer", "number in the delivered order", required=True)
ASSESSMENT = _c("assessment", "string", "occasion of the protocol", required=True)
INSTRUMENT = _c("instrument", "string", "instrument, or form of the study's own", required=True)
NUMBER = _c("number", "integer", "which time within the assessment, from 1", required=True)
ITEM = _c("item", "string", "number of the instrument's item, or id of the form's", required=True)

TABLES: tuple[Table, ...] = (
    Table("flow", "person who consented", ("participant",), (
        PARTICIPANT,
        _c("approached_on", "date", "first approached"),
        _c("screened_on", "date", "screened for eligibility"),
        _c("consented_on", "date", "consented to the study"),
        _c("consent_version", "string", "version of the consent text"),
        _c("allocated_on", "date", "entered an arm"),
        _c("course_left_on", "date", "left the course"),
        _c("course_left_why", "string", "reason for leaving the course"),
        _c("study_left_on", "date", "left the study"),
        _c("study_left_why", "string", "reason for leaving the study"),
        _c("answers_kept", "boolean", "whether answers given before leaving are kept"),
    )),
    Table("approached", "stage and reason", ("arm", "stage", "reason"), (
        _c("arm", "string", "arm they were approached for", required=True),
        _c("stage", "string", "how far they came", FlowStage, required=True),
        _c("reason", "string", "reason, in the protocol's words", required=True),
        _c("count", "integer", "how many people; null when not counted"),
    )),
    Table("participants", "participant", ("participant",), (
        PARTICIPANT,
        _c("arm", "string", "arm of the protocol", required=True),
        _c("cohort", "string", "training group, or the group whose dates are followed"),
    )),
    Table("sessions", "cohort and session", ("cohort", "session"), (
        COHORT,
        SESSION,
        _c("planned_on", "date", "planned day"),
        _c("held_on", "date", "day it was held"),
        _c("teachers", "string", "codes of the teachers, separated by spaces"),
        _c("planned_minutes", "integer", "planned length"),
        _c("minutes", "integer", "actual length"),
        _c("state", "string", "what became of it", SessionState, required=True),
        _c("reason", "string", "reason where it departs from the plan"),
    )),
    Table("attendance", "participant and session", ("participant", "session"), (
        PARTICIPANT,
        SESSION,
        _c("status", "string", "whether they came", AttendanceStatus, required=True),
        _c("minutes", "integer", "minutes present"),
    )),
    Table("pairings", "cohort, session, pairing, group and participant",
          ("cohort", "session", "pairing", "group", "participant"), (
        COHORT,
        SESSION,
        _c("pairing", "integer", "division of the people present, from 1", required=True),
        _c("group", "integer", "pair or small group within it, from 1", required=True),
        PARTICIPANT,
        _c("role_order", "integer", "who speaks first, second, ..."),
        _c("override", "string", "reason where a teacher changed the pairing"),
    )),
    Table("fidelity", "cohort, session, block and rater", ("cohort", "session", "block", "rater"), (
        COHORT,
        SESSION,
        _c("block", "string", "block of the protocol", required=True),
        _c("rater", "string", "code of the rater", required=True),
        _c("done", "string", "how far it was done", DeliveryState, required=True),
        _c("planned_minutes", "integer", "planned length"),
        _c("minutes", "integer", "actual length"),
        _c("reason", "string", "reason where it departs from the protocol"),
    )),
    Table("adherence", "cohort, session, item and rater", ("cohort", "session", "item", "rater"), (
        COHORT,
        SESSION,
        _c("item", "string", "item of adherence to the form of the practice in pairs", required=True),
        _c("rater", "string", "code of the rater", required=True),
        _c("value", "integer", "0 no, 1 partly, 2 yes; null where it did not arise"),
    )),
    Table("home_practice", "participant, date and kind", ("participant", "date", "kind"), (
        PARTICIPANT,
        _c("date", "date", "day practised", required=True),
        _c("kind", "string", "kind of practice of the protocol", required=True),
        _c("times", "integer", "how many times"),
        _c("minutes", "number", "minutes"),
        _c("source", "string", "where it was noted", PracticeSource),
    )),
    Table("administrations", "participant, assessment, instrument and number",
          ("participant", "assessment", "instrument", "number"), (
        PARTICIPANT,
        ASSESSMENT,
        INSTRUMENT,
        NUMBER,
        _c("protocol_version", "string", "version of the protocol it was made under"),
        _c("language", "string", "language it was asked in"),
        _c("started_at", "datetime", "begun"),
        _c("completed_at", "datetime", "finished; null when it was not, or when a file does not say"),
        _c("mode", "string", "how it was answered", AnswerMode),
    )),
    Table("responses", "administration and item", ("participant", "assessment", "instrument", "number", "item"), (
        PARTICIPANT,
        ASSESSMENT,
        INSTRUMENT,
        NUMBER,
        ITEM,
        _c("value", "string", "a number, a choice's code, or an ISO date; null when blank"),
    )),
    Table("comments", "administration and item", ("participant", "assessment", "instrument", "number", "item"), (
        PARTICIPANT,
        ASSESSMENT,
        INSTRUMENT,
        NUMBER,
        ITEM,
        _c("text", "string", "the person's words; they may identify"),
        _c("redacted", "string", "the words with what identifies taken out"),
        _c("codes", "string", "codes given by readers, separated by spaces"),
    )),
    Table("deviations", "deviation", ("deviation",), (
        _c("deviation", "string", "code of the deviation", required=True),
        _c("date", "date", "day it happened"),
        _c("cohort", "string", "training group"),
        _c("session", "integer", "number in the delivered order"),
        _c("kind", "string", "what it touches", DeviationKind),
        _c("core", "string", "core or flexible part of the programme", ProgrammePart),
        _c("planned", "string", "planned or ad hoc", DeviationPlanning),
        _c("description", "string", "what was done otherwise, and why"),
    )),
    Table("adverse_events", "event", ("event",), (
        _c("event", "string", "code of the event", required=True),
        PARTICIPANT,
        _c("onset", "date", "day it began"),
        _c("kind", "string", "kind of adverse event, in the protocol's words"),
        _c("description", "string", "own words, screened"),
        _c("ascertainment", "string", "how it came to be known", Ascertainment),
        _c("severity", "string", "how bad", Severity),
        _c("serious", "boolean", "serious by the protocol's definition"),
        _c("relatedness", "string", "what it has to do with the programme", Relatedness),
        _c("expectedness", "string", "named in the protocol beforehand", Expectedness),
        _c("action", "string", "what was done"),
        _c("outcome", "string", "what became of it", EventOutcome),
    )),
    Table("conduct", "thing that someone did or saw", ("entry",), (
        _c("entry", "string", "code of the entry", required=True),
        _c("date", "date", "day it happened, or began"),
        _c("kind", "string", "what it is", ConductKind, required=True),
        _c("who", "string", "role and number, such as researcher 1; never a name"),
        _c("what", "string", "what was held, seen, taken out or changed"),
        _c("reason", "string", "reason given"),
    )),
)  # fmt: skip

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
