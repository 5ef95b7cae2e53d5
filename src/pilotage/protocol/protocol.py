"""The protocol: one file for a whole study."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.feasibility import Feasibility
from pilotage.protocol.forms import ConditionField, Derived, Form, FormItem
from pilotage.protocol.plan import AnalysisPlan, ReportSettings
from pilotage.protocol.programme import Programme
from pilotage.protocol.simulation import Simulation
from pilotage.protocol.study import Arm, Consent, Eligibility, Ethics, Roles, Study, Term
from pilotage.protocol.words import Id
from pilotage.yaml_file import Part, Said


class DataFlow(Part):
    """What is kept where, for whom, and for how long."""

    kept: list[str] = []
    shared: list[str] = []
    retention: Said[str] | None = None


class Safety(Part):
    """How harm is asked for, and what happens then."""

    asked: str
    ascertainment: Literal["systematic", "spontaneous", "both"]
    contact: Said[str]
    escalation: list[str] = []
    form: Id | None = Field(None, description="the form that asks whether something happened")
    happened: ConditionField | None = Field(None, description="the answer that says so, such as 'unpleasant is yes'")


class Protocol(Part):
    """One study, whole; see docs/reference/protocol.md."""

    pilotage: Literal[1]
    version: str = "1"
    study: Study
    terms: list[Term] = []
    arms: list[Arm] = Field(min_length=1)
    eligibility: Eligibility
    ethics: Ethics
    consent: Consent
    course_and_study: Literal["apart", "together"] = "apart"
    roles: Roles
    programme: Programme | None = None
    instruments: list[str] = Field(min_length=1)
    forms: list[Form] = []
    derived: list[Derived] = []
    assessments: list[Assessment] = Field(min_length=1)
    safety: Safety | None = None
    data_flow: DataFlow = DataFlow()
    feasibility: Feasibility | None = None
    analysis: AnalysisPlan
    report: ReportSettings = ReportSettings()
    simulation: Simulation | None = None
    gaps: list[str] = Field([], description="what is known to be missing, said for the reader")

    def arm(self, arm_id: str) -> Arm:
        """The arm of this id; KeyError when there is none."""
        return next(arm for arm in self.arms if arm.id == arm_id)

    def form(self, form_id: str) -> Form:
        """The form of this id; StopIteration when there is none."""
        return next(form for form in self.forms if form.id == form_id)

    def item(self, name: str) -> FormItem:
        """A form's item by its full name, ``form.item``."""
        form_id, _, item_id = name.partition(".")
        return next(item for item in self.form(form_id).items if item.id == item_id)

    def assessment(self, assessment_id: str) -> Assessment:
        """The assessment of this id."""
        return next(a for a in self.assessments if a.id == assessment_id)

    def instruments_at(self, assessment: Assessment) -> tuple[str, ...]:
        """The instruments asked at an assessment."""
        if assessment.instruments == "all":
            return tuple(self.instruments)
        return () if assessment.instruments == "none" else tuple(assessment.instruments)
