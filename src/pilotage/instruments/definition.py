"""What an instrument file says: items by number, responses, keys, scales and their rules, sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from pilotage.yaml_file import Part, Said

InstrumentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ScaleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Status = Literal["confirmed by the author", "confirmed", "one source", "unconfirmed"]
Method = Literal["sum_of_items", "mean_of_items", "sum_of_scales", "mean_of_scales"]


class ResponseScale(Part):
    """The codes a person may answer with; the anchors are our own short words, never the licensed ones."""

    minimum: int
    maximum: int
    anchors: dict[int, str] = {}


class MissingRule(Part):
    """What becomes of a scale with blanks: complete only, or the mean of the answered items stands in."""

    rule: Literal["complete", "prorate"]
    at_most: float = Field(0.0, ge=0, lt=1, description="largest share of a scale's items that may be blank")
    whose: str = Field("ours", description="who gave the rule: 'ours', or a source")


class Scale(Part):
    """Items scored together, or a composite of scales."""

    id: ScaleId
    label: str = ""
    items: list[int] | Literal["all"] = []
    of: list[ScaleId] = []
    method: Method = "sum_of_items"
    reversal: Literal["as keyed", "none"] = "as keyed"
    times: float = 1.0
    better: Literal["higher", "lower", "neither"] = "higher"
    missing: MissingRule | None = None
    several_facets: bool = Field(False, description="a total over several facets: one factor does not describe it")
    note: str = ""


class Choice(Part):
    """One way a disputed key can be read: which items change to which points."""

    id: str
    keyed: dict[str, list[int]] = {}
    source: str = ""


class Switch(Part):
    """A declared choice between keys that sources disagree on."""

    id: str
    default: str
    choices: list[Choice]
    why: str


class Key(Part):
    """How sure the key is, where it comes from, and what is not known."""

    status: Status
    evidence: str
    version: str = "1"
    lacks: str = Field("", description="what is missing, where the key could not be confirmed")
    ask: str = Field("", description="whom to ask for what is missing")


class Licence(Part):
    """Whose words the items are, and on what terms; Pilotage ships none of them."""

    terms: str
    holder: Said[str]
    ask: str


class Reference(Part):
    """A source, with its DOI where it has one."""

    cite: str
    doi: Said[str] | None = None


class Instrument(Part):
    """One instrument file, whole; see docs/reference/instruments.md."""

    pilotage: Literal[1] = 1
    id: InstrumentId
    name: str
    abbreviation: str
    measures: str
    recall: Said[str]
    items: int = Field(ge=1, le=500, description="how many items the form has, fillers included")
    response: ResponseScale
    reverse: list[int] = []
    points: dict[str, dict[int, float]] = Field({}, description="points by response code, by name")
    keyed: dict[str, list[int]] = Field({}, description="which items score by which points")
    fillers: list[int] = []
    switches: list[Switch] = []
    missing: MissingRule
    scales: list[Scale] = []
    taken_from: dict[InstrumentId, list[int]] = Field(
        {}, description="the same items in a longer form: position i of this form is that item there"
    )
    key: Key
    licence: Licence
    references: list[Reference]
    bands: Said[str] | None = None
    notes: list[str] = []

    @model_validator(mode="after")
    def _numbers_exist(self) -> Instrument:
        said = [*self.reverse, *self.fillers]
        said += [n for numbers in self.keyed.values() for n in numbers]
        said += [n for s in self.scales if s.items != "all" for n in s.items]
        beyond = sorted({n for n in said if not 1 <= n <= self.items})
        if beyond:
            raise ValueError(f"Item {beyond[0]} is named, but the form has items 1 to {self.items}.\nCorrect the number.")
        return self

    def scale(self, scale_id: str) -> Scale:
        """The scale of this name; ValueError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise ValueError(f"{self.id} has no scale '{scale_id}'; it has {', '.join(s.id for s in self.scales)}")

    def items_of(self, scale: Scale) -> tuple[int, ...]:
        """The numbers of the items that enter a scale, through composites, in order and without fillers."""
        if scale.of:
            return tuple(n for part in scale.of for n in self.items_of(self.scale(part)))
        if scale.items == "all":
            return tuple(n for n in range(1, self.items + 1) if n not in self.fillers)
        return tuple(scale.items)

    def missing_of(self, scale: Scale) -> MissingRule:
        """The rule for blanks that holds for a scale: its own, or the instrument's."""
        return scale.missing or self.missing
