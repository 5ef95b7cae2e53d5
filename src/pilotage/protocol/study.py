"""Who studies what: identity, arms, eligibility, ethics, consent, roles."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Duration, Id, Text
from pilotage.yaml_file import Part, Said


class Reference(Part):
    """A publication."""

    cite: str
    doi: str | None = None


class Centre(Part):
    """Where the study runs."""

    id: Id
    name: Said[str]
    place: Said[str]
    recruits_from: Said[str] | None = None


class Person(Part):
    """Someone who made the study, with what they did and what readers should know of them."""

    name: str
    roles: list[Id] = []
    did: list[str] = []
    discloses: list[str] = []


class Hypothesis(Part):
    """A directional hypothesis in words; the directions by scale stand in the analysis plan."""

    id: Id
    text: str


class Study(Part):
    """The study's identity."""

    id: Id
    title: str
    short_title: str = ""
    design: str
    randomised: bool
    aim: str
    questions: list[str] = []
    hypotheses: list[Hypothesis] = []
    reference: Reference | None = None
    licence: Said[str] | None = None
    centres: list[Centre]
    people: list[Person] = []
    registration: Said[str]
    funding: Said[str]
    conflicts: Said[str]
    acknowledgements: str = ""
    statements: list[str] = []
    languages: list[str] = Field(min_length=1)
    time_zone: str
    status: Literal["planned", "running", "closed"] = "planned"


class Arm(Part):
    """A group that people are in for the whole study."""

    id: Id
    label: str
    receives: str
    programme: bool = Field(description="whether this arm follows the programme")
    allocation: str
    frame: Said[str] | None = Field(None, description="the list or place its people were drawn from")
    planned: Said[int] | None = Field(None, description="how many people were planned, where a number was set")


class Criterion(Part):
    """One rule of who may take part."""

    id: Id
    arms: list[Id]
    text: str
    evidence: Said[str] = "by own word"


class Eligibility(Part):
    """Who may take part, by arm; 'none specified' is said, not left out."""

    include: list[Criterion]
    exclude: list[Criterion] | Literal["none specified"]


class Ethics(Part):
    """The decision of the ethics committee."""

    outcome: Literal["approved", "exempt", "pending"]
    committee: Said[str]
    number: Said[str]
    reference: Said[str]
    date: Said[date]
    grounds: Said[str]
    legal_basis: Said[str] | None = None


class ConsentVersion(Part):
    """One version of the consent text; the words are in a file of the site's own."""

    id: Id
    starts: Said[date]
    text: str


class Withdrawal(Part):
    """What happens to answers when someone leaves the study."""

    keep_answers: Literal["ask", "always", "never"]
    erase: Literal["ask", "never"]


class Consent(Part):
    """Nothing is asked before consent."""

    required_before: Literal["any answer"] = "any answer"
    versions: list[ConsentVersion] = Field(min_length=1)
    withdrawal: Withdrawal
    contact_data_kept: Duration | None = None


Sight = Literal[
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


class Role(Part):
    """What people of a role see, and what they never see."""

    id: Id
    sees: list[Sight]
    never: list[Sight] = []
    after_lock: list[Sight] = Field([], description="what may be seen once the analysis is locked")


class Roles(Part):
    """The roles, and which of them one person may not hold together."""

    may: list[Role]
    never_one_person: list[tuple[Id, Id]] = []
    one_person_with_reason: list[tuple[Id, Id]] = []


class Term(Part):
    """A word that differs by version of the manual or by language."""

    id: Id
    by_version: dict[str, Said[str]]
    tied_to_buddhism: bool = False
    note: Text = ""
