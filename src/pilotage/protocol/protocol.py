"""The protocol: one file for a whole study."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from pilotage.protocol.allocation import AllocationPlan
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.conduct import Access, Correspondence
from pilotage.protocol.feasibility import Feasibility
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Derived, Form
from pilotage.protocol.parts import with_id
from pilotage.protocol.plan import AnalysisPlan, ReportSettings
from pilotage.protocol.programme import Programme
from pilotage.protocol.safety import Safety
from pilotage.protocol.simulation import Simulation
from pilotage.protocol.study import Arm, ConsentPlan, Eligibility, Ethics, Roles, StudyInformation, Term
from pilotage.vocabulary import AllocationMethod
from pilotage.yaml_file import OrUnknown, Part


class DataFlow(Part):
    """What is kept where, for whom, and for how long."""

    kept: list[str] = Field([], description="what is kept, and apart from what")
    shared: list[str] = Field([], description="what leaves the study")
    retention: OrUnknown[str] | None = Field(None, description="how long the data are kept")


class Protocol(Part):
    """One study, whole; see docs/reference/protocol.md."""

    pilotage: Literal[1] = Field(description="version of this file's language; always 1")
    version: str = Field("1", description="your version of the protocol; raise it with each change that matters")
    study: StudyInformation = Field(description="who studies what")
    terms: list[Term] = Field([], description="words that differ by version of the manual or by language")
    arms: list[Arm] = Field(min_length=1, description="the groups that people are in for the whole study")
    eligibility: Eligibility = Field(description="who may take part")
    ethics: Ethics = Field(description="what the ethics committee decided")
    consent: ConsentPlan = Field(description="what is agreed to before anything is asked")
    course_and_study: Literal["apart", "together"] = Field(
        "apart", description="whether one may take the course without the study, and leave one but not the other"
    )
    allocation: AllocationPlan = Field(
        AllocationPlan(), description="how people come into their arm; when not said, as study.randomised has it"
    )
    roles: Roles = Field(description="who sees what, and who never does")
    programme: Programme | None = Field(
        None, description="what is delivered; leave it out when the study has no programme"
    )
    instruments: list[str] = Field(
        min_length=1, description="the questionnaires used, by their ids in the library or in instruments/ of the study"
    )
    forms: list[Form] = Field([], description="questions of the study's own")
    derived: list[Derived] = Field([], description="variables computed from answers to the forms")
    assessments: list[Assessment] = Field(min_length=1, description="the occasions on which people are asked")
    safety: Safety | None = Field(None, description="how harm is asked for, and what happens then")
    correspondence: Correspondence = Field(Correspondence(), description="how people are written to")
    access: Access = Field(Access(), description="how long sign-ins and personal links last")
    data_flow: DataFlow = Field(DataFlow(), description="what is kept where, and for how long")
    feasibility: Feasibility | None = Field(None, description="how feasibility is judged")
    analysis: AnalysisPlan = Field(description="the analysis plan")
    report: ReportSettings = Field(ReportSettings(), description="what the report shows")
    simulation: Simulation | None = Field(None, description="what a rehearsal with simulated people aims at")
    gaps: list[str] = Field([], description="what is known to be missing, said for the reader")

    @model_validator(mode="before")
    @classmethod
    def _allocated_as_designed(cls, data: Any) -> Any:
        """Allocate a randomised study that says no more by chance, in equal shares and without blocks."""
        study = data.get("study") if isinstance(data, dict) else None
        if isinstance(study, dict) and study.get("randomised") is True and "allocation" not in data:
            return data | {"allocation": {"method": AllocationMethod.BY_CHANCE}}
        return data

    def arm(self, arm_id: str) -> Arm:
        """Return the arm of this id; KeyError when there is none."""
        return with_id(self.arms, arm_id, "arm")

    @property
    def arm_labels(self) -> dict[str, str]:
        """The label of each arm by its id, in the protocol's order."""
        return {arm.id: arm.label for arm in self.arms}

    def form(self, form_id: str) -> Form:
        """Return the form of this id; KeyError when there is none."""
        return with_id(self.forms, form_id, "form")

    def item(self, name: str) -> FormItem:
        """Return a form's item by its full name, ``form.item``; KeyError when there is none."""
        form_id, _, item_id = name.partition(".")
        return self.form(form_id).item(item_id)

    def derived_variable(self, variable_id: str) -> Derived:
        """Return the derived variable of this id; KeyError when there is none."""
        return with_id(self.derived, variable_id, "derived variable")

    def assessment(self, assessment_id: str) -> Assessment:
        """Return the assessment of this id; KeyError when there is none."""
        return with_id(self.assessments, assessment_id, "assessment")

    def instruments_at(self, assessment: Assessment) -> tuple[str, ...]:
        """Return the names of the instruments that are used at an assessment."""
        if assessment.instruments == "all":
            return tuple(self.instruments)
        return () if assessment.instruments == "none" else tuple(assessment.instruments)
