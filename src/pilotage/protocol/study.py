"""Who studies what: identity, arms, eligibility, ethics, consent, roles."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pilotage.protocol.words import Day, Duration, Id, Label, Text
from pilotage.yaml_file import OrUnknown, Part


class Publication(Part):
    """A publication."""

    cite: str = Field(description="the citation, as it is printed")
    doi: str | None = Field(None, description="its DOI, without https://doi.org/")


class StudyCentre(Part):
    """Where the study runs."""

    id: Id
    name: OrUnknown[Label] = Field(description="its name")
    place: OrUnknown[Label] = Field(description="where it is")
    recruits_from: OrUnknown[str] | None = Field(None, description="where its people come from")


class TeamMember(Part):
    """Someone who made the study, with what they did and what readers should know of them."""

    name: str = Field(description="their name, as it is printed")
    roles: list[Id] = Field([], description="the roles they hold, of those under roles")
    did: list[str] = Field([], description="what they did for the study")
    discloses: list[str] = Field([], description="what readers should know of them")


class Hypothesis(Part):
    """A directional hypothesis in words; the directions by scale stand in the analysis plan."""

    id: Id
    text: str = Field(description="the hypothesis in words")


class StudyInformation(Part):
    """The study's identity."""

    id: Id
    title: str = Field(description="the title, as the report prints it")
    short_title: str = Field("", description="a shorter one")
    design: str = Field(description="the design in words")
    randomised: bool = Field(description="whether chance decides who is in which arm")
    aim: str = Field(description="what the study is for")
    questions: list[str] = Field([], description="further questions")
    hypotheses: list[Hypothesis] = Field([], description="what is expected, with its direction in words")
    reference: Publication | None = Field(None, description="the publication of the study, where there is one")
    licence: OrUnknown[str] | None = Field(None, description="on what terms the protocol may be used")
    centres: list[StudyCentre] = Field(description="where the study runs")
    people: list[TeamMember] = Field([], description="who makes the study")
    registration: OrUnknown[str] = Field(description="where and under which number it was registered")
    funding: OrUnknown[str] = Field(description="who pays")
    conflicts: OrUnknown[str] = Field(description="conflicts of interest")
    acknowledgements: str = Field("", description="who is thanked")
    statements: list[str] = Field([], description="statements that a journal asks for, in words")
    languages: list[str] = Field(
        min_length=1, description="the languages people are asked in, as codes such as en and nl"
    )
    time_zone: str = Field(description="the time zone of the study, such as Europe/Amsterdam")
    status: Literal["planned", "running", "closed"] = Field(
        "planned", description="whether the study is planned, running or closed"
    )


class Arm(Part):
    """A group that people are in for the whole study."""

    id: Id
    label: Label = Field(description="its name, as tables print it")
    receives: Label = Field(description="what its people receive")
    programme: bool = Field(description="whether this arm follows the programme")
    allocation: Label = Field(description="how people come into it")
    frame: OrUnknown[str] | None = Field(None, description="the list or place its people were drawn from")
    planned: OrUnknown[int] | None = Field(None, description="how many people were planned, where a number was set")


class EligibilityCriterion(Part):
    """One rule of who may take part."""

    id: Id
    arms: list[Id] = Field(description="the arms it holds for")
    text: Label = Field(description="the rule in words")
    evidence: OrUnknown[Label] = Field("by own word", description="how it is known")


class Eligibility(Part):
    """Who may take part, by arm; 'none specified' is said, not left out."""

    include: list[EligibilityCriterion] = Field(description="what people must fulfil")
    exclude: list[EligibilityCriterion] | Literal["none specified"] = Field(
        description="what keeps people out, or the words 'none specified'"
    )


class Ethics(Part):
    """The decision of the ethics committee."""

    outcome: OrUnknown[Literal["approved", "exempt", "pending"]] = Field(description="what was decided")
    committee: OrUnknown[str] = Field(description="who decided")
    number: OrUnknown[str] = Field(description="the number of the decision")
    reference: OrUnknown[str] = Field(description="a further reference")
    date: OrUnknown[Day] = Field(description="the day of the decision")
    grounds: OrUnknown[str] = Field(description="on what grounds")
    legal_basis: OrUnknown[str] | None = Field(None, description="the law it rests on")


class Statement(Part):
    """Something a person agrees to by a tick of its own."""

    id: Id
    text: Text = Field(description="the words beside the box")
    required: bool = Field(True, description="whether nobody takes part who does not agree to it")


class ConsentVersion(Part):
    """One version of the consent text; the words are in a file of the site's own."""

    id: Id
    starts: OrUnknown[Day] = Field(description="the first day it is used")
    text: str = Field(description="the file that holds the words; {language} stands for the language's code")
    statements: list[Statement] = Field([], description="what is agreed to, each with a box to tick")


class Withdrawal(Part):
    """What happens to answers when someone leaves the study."""

    keep_answers: Literal["ask", "always", "never"] = Field(description="whether answers given before are kept")
    erase: Literal["ask", "never"] = Field(description="whether answers can be erased")
    frozen: Literal["kept", "removed"] = Field(
        "kept", description="what happens to them in copies already frozen for analysis; the consent text says so too"
    )


class ConsentPlan(Part):
    """Nothing is asked before consent."""

    required_before: Literal["any answer"] = Field("any answer", description="what consent must precede")
    versions: list[ConsentVersion] = Field(min_length=1, description="the versions of the consent text, oldest first")
    withdrawal: Withdrawal = Field(description="what happens to answers when someone leaves")
    contact_data_kept: Duration | None = Field(None, description="how long addresses are kept after the end")
    code_by_email: bool = Field(
        False, description="whether a code sent by e-mail is asked for besides the personal link"
    )


Visible = Literal[
    "identity",
    "own cohorts",
    "attendance",
    "fidelity",
    "safety notes",
    "safety",
    "completion",
    "flow",
    "coded data",
    "responses",
    "scores",
    "results",
    "named diaries",
    "evaluation forms",
]


class RoleAccess(Part):
    """What people of a role see, and what they never see."""

    id: Id
    sees: list[Visible] = Field(description="what people of this role see")
    never: list[Visible] = Field([], description="what they never see")
    after_lock: list[Visible] = Field([], description="what may be seen once the analysis is locked")


class RolesTogether(Part):
    """Two roles that one person may hold, and why; a bare pair gives no reason yet."""

    roles: tuple[Id, Id] = Field(description="the two roles")
    reason: str = Field("", description="why one person holds both; without a reason nobody may")


def _together(value: Any) -> Any:
    return {"roles": value} if isinstance(value, list | tuple) else value


TogetherField = Annotated[
    RolesTogether, BeforeValidator(_together, json_schema_input_type=tuple[str, str] | RolesTogether)
]


class Roles(Part):
    """The roles, and which of them one person may not hold together."""

    may: list[RoleAccess] = Field(description="the roles")
    never_one_person: list[tuple[Id, Id]] = Field([], description="pairs of roles that one person never holds")
    one_person_with_reason: list[TogetherField] = Field(
        [], description="pairs that one person may hold when the reason is given: a pair, or {roles: ..., reason: ...}"
    )

    def reason_for(self, role: str, other_role: str) -> str | None:
        """Return why one person may hold both roles; None when no reason is given, and so nobody may."""
        return next(
            (t.reason for t in self.one_person_with_reason if t.reason and set(t.roles) == {role, other_role}), None
        )


class Term(Part):
    """A word that differs by version of the manual or by language."""

    id: Id
    by_version: dict[str, OrUnknown[str]] = Field(description="the word, by version of the manual or by language")
    tied_to_buddhism: bool = Field(False, description="whether the word is felt to be religious")
    note: Text = Field("", description="what to know of it")
