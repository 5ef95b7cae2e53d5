"""The protocol: one file for a whole study."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, model_validator

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
from pilotage.protocol.words import Label, all_of, canonical_languages, say
from pilotage.vocabulary import AllocationMethod
from pilotage.yaml_file import OrUnknown, Part


class DataFlow(Part):
    """What is kept where, for whom, and for how long."""

    kept: list[str] = Field([], description="what is kept, and apart from what")
    shared: list[str] = Field([], description="what leaves the study")
    retention: OrUnknown[str] | None = Field(None, description="how long the data are kept")


class OfferedReasons(Part):
    """Reasons that forms offer, so that one reason is counted as one; people may always use their own words."""

    declining: list[Label] = Field([], description="why people decline to take part")
    leaving: list[Label] = Field([], description="why people leave the course or the study")
    waiting: list[Label] = Field([], description="why people are put on the waiting list")


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
    reasons: OfferedReasons = Field(OfferedReasons(), description="reasons that forms offer")
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

    @model_validator(mode="wrap")
    @classmethod
    def _in_canonical_languages(cls, data: Any, handler: ModelWrapValidatorHandler[Protocol]) -> Protocol:
        """Read labels as strings in the report's language, or else in the first of the study's that they have.

        The languages are read as they are written, for labels are read before the whole file is known to be sound.
        """
        with canonical_languages(_languages(data)):
            return handler(data)

    @model_validator(mode="before")
    @classmethod
    def _allocated_as_designed(cls, data: Any) -> Any:
        """Allocate a randomised study that says no more by chance, in equal shares and without blocks."""
        study = data.get("study") if isinstance(data, dict) else None
        if isinstance(study, dict) and study.get("randomised") is True and "allocation" not in data:
            return data | {"allocation": {"method": AllocationMethod.BY_CHANCE}}
        return data

    def canonical_reason(self, reason: str) -> str:
        """Return a reason as records and tables keep it: one that the protocol knows, in its canonical language.

        Whatever language the coordinator reads, the flow then counts one reason as one. Other words are kept as they
        are; spaces around them and capitals do not make another reason of one that is known.
        """
        known = self._known_reason(reason)
        return reason.strip() if known is None else str(known)

    def reason_in(self, reason: str, language: str) -> str:
        """Return a reason in a language where the protocol knows it; else the words as they were written."""
        known = self._known_reason(reason)
        return reason if known is None else say(known, language)

    def _known_reason(self, reason: str) -> str | None:
        wanted = reason.strip().casefold()
        aims = self.simulation.approached if self.simulation else []
        offered = (*self.reasons.declining, *self.reasons.leaving, *self.reasons.waiting)
        for label in (*offered, *(aim.reason for aim in aims)):
            if wanted in {text.strip().casefold() for text in all_of(label)}:
                return label
        return None

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


def _languages(data: Any) -> list[str]:
    """Return the languages of labels' strings, the best first, from a protocol as it is written or as it is read."""
    if isinstance(data, Protocol):
        return [data.report.language, *data.study.languages]
    report, study = (data.get(name) if isinstance(data, dict) else None for name in ("report", "study"))
    language = _inside(report, "language")
    languages = _inside(study, "languages")
    preferred = [language or "en", *(languages if isinstance(languages, list) else [])]
    return [code for code in preferred if isinstance(code, str)]


def _inside(part: Any, name: str) -> Any:
    return part.get(name) if isinstance(part, dict) else getattr(part, name, None)
