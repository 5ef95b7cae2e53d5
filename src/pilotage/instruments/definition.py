"""What an instrument file says: items by number, responses, keys, scales and their rules, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from pilotage.instruments.answer_values import Refusal, kept_number, refuse_whole
from pilotage.yaml_file import OrUnknown, Part

InstrumentId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ItemNumber = Annotated[int, Field(ge=1)]
ScaleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Status = Literal["confirmed by the author", "confirmed", "one source", "unconfirmed"]
Method = Literal["sum_of_items", "mean_of_items", "sum_of_scales", "mean_of_scales"]


class ResponseScale(Part):
    """The codes a person may answer with; the anchors are our own short words, never the licensed ones."""

    minimum: int
    maximum: int
    anchors: dict[int, Annotated[str, StringConstraints(max_length=40)]] = Field({}, description="our words, by code")

    @property
    def codes(self) -> range:
        """Every code there is, lowest first."""
        return range(self.minimum, self.maximum + 1)

    def normalise(self, text: str) -> str | None:
        """Return an answer as it is kept, from what was typed or sent; None where nothing was."""
        return kept_number(text.strip()) or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why a value is no answer to an item; None where it is one."""
        return refuse_whole(value, self.minimum, self.maximum)

    def shift_that_fits(self, lowest: float, highest: float) -> int:
        """How much too high, or too low, a whole file seems to be coded: 1, -1, or 0 where neither would fit."""
        fits = (s for s in (1, -1) if self.minimum + s <= lowest and highest <= self.maximum + s)
        return next(fits, 0)


class MissingRule(Part):
    """What becomes of a scale with blanks: complete only, or the mean of the answered items stands in."""

    rule: Literal["complete", "prorate"]
    at_most: float = Field(0.0, ge=0, lt=1, description="largest share of a scale's items that may be blank")
    whose: str = Field("ours", description="who gave the rule: 'ours', or a source")

    def most_blanks(self, items: int) -> int:
        """How many of this many items may be blank: 1 of 5 and none of 4, where a fifth may be.

        >>> MissingRule(rule="prorate", at_most=0.2).most_blanks(8)
        1
        """
        return max(blanks for blanks in range(items) if blanks / items <= self.at_most)


class Scale(Part):
    """Items scored together, or a composite of scales."""

    id: ScaleId
    label: str = ""
    items: Literal["all"] | list[ItemNumber] = Field([], description="their numbers, or all that are not fillers")
    of: list[ScaleId] = Field([], description="the scales a composite is made of")
    reverse_scales: list[ScaleId] = Field([], description="those of them that enter turned round within their range")
    method: Method = "sum_of_items"
    reversal: Literal["as keyed", "none"] = "as keyed"
    times: float = 1.0
    better: Literal["higher", "lower", "neither"] = "higher"
    missing: MissingRule | None = None
    several_facets: bool = Field(False, description="a total over several facets: one factor does not describe it")
    loinc: str = Field("", pattern=r"^(\d{1,6}-\d)?$", description="the LOINC code of this score, where there is one")
    note: str = ""

    @property
    def name(self) -> str:
        """What a person calls it: its label, or its id in words where it has none."""
        return self.label or self.id.replace("_", " ")

    @property
    def sums(self) -> bool:
        """Whether the parts are added up, and not averaged."""
        return self.method in ("sum_of_items", "sum_of_scales")


class Choice(Part):
    """One way a disputed key can be read: which items change to which points."""

    id: str
    keyed: dict[str, list[ItemNumber]] = Field({}, description="the items this choice keys otherwise")
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

    terms: OrUnknown[str]
    holder: OrUnknown[str]
    ask: str


class Reference(Part):
    """A source, with its DOI where it has one."""

    cite: str
    doi: OrUnknown[str] | None = None


class Instrument(Part):
    """One instrument file, whole; see docs/reference/instruments.md."""

    pilotage: Literal[1] = 1
    id: InstrumentId
    name: str
    abbreviation: str
    measures: str
    recall: OrUnknown[str]
    items: int = Field(ge=1, le=500, description="how many items the form has, fillers included")
    response: ResponseScale
    reverse: list[ItemNumber] = Field([], description="items scored as minimum + maximum - answer")
    points: dict[str, dict[int, float]] = Field({}, description="points by response code, by name")
    keyed: dict[str, list[ItemNumber]] = Field({}, description="which items score by which points")
    fillers: list[ItemNumber] = Field([], description="items that are asked and never scored")
    switches: list[Switch] = Field([], description="choices between keys that sources disagree on")
    missing: MissingRule
    scales: list[Scale] = Field([], description="what is scored; none where the key is unconfirmed")
    taken_from: dict[InstrumentId, list[ItemNumber]] = Field(
        {}, description="the same items in a longer form: position i of this form is that item there"
    )
    key: Key
    licence: Licence
    references: list[Reference]
    bands: OrUnknown[str] | None = None
    notes: list[str] = Field([], description="what someone who uses this instrument should know")

    def scale(self, scale_id: str) -> Scale:
        """Return the scale of this name; ValueError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise ValueError(f"{self.id} has no scale '{scale_id}'; it has {', '.join(s.id for s in self.scales)}")

    def items_of(self, scale: Scale) -> tuple[int, ...]:
        """Return the numbers of the items that enter a scale, through composites, in order and without fillers."""
        if scale.of:
            return tuple(n for part in scale.of for n in self.items_of(self.scale(part)))
        if scale.items == "all":
            return tuple(n for n in range(1, self.items + 1) if n not in self.fillers)
        return tuple(scale.items)

    def missing_of(self, scale: Scale) -> MissingRule:
        """Return the rule for blanks that holds for a scale: its own, or the instrument's."""
        return scale.missing or self.missing

    def reversed_in(self, scale: Scale) -> tuple[int, ...]:
        """Return the numbers of a scale's items that are reversed where this scale is scored.

        A composite takes its parts as they are scored, so its items are reversed where theirs are.
        """
        if scale.of:
            return tuple(n for part in scale.of for n in self.reversed_in(self.scale(part)))
        if scale.reversal == "none":
            return ()
        return tuple(n for n in self.items_of(scale) if n in self.reverse)

    def keying(self, switches: Mapping[str, str] | None = None) -> dict[int, str]:
        """Return the name of each item's points, by the choices made or the defaults; {} when none has points."""
        chosen = switches or {}
        by_item = {n: name for name, numbers in self.keyed.items() for n in numbers}
        for switch in self.switches:
            named = chosen.get(switch.id, switch.default)
            for choice in (c for c in switch.choices if c.id == named):
                by_item |= {n: name for name, numbers in choice.keyed.items() for n in numbers}
        return by_item

    def range_of(self, scale: Scale) -> tuple[float, float]:
        """Return the lowest and the highest score a scale can take."""
        parts = [self.range_of(self.scale(p)) for p in scale.of] or self._item_ranges(scale)
        share = 1 if scale.sums else len(parts)
        low, high = (sum(ends) * scale.times / share for ends in zip(*parts, strict=True))
        return min(low, high), max(low, high)

    def _item_ranges(self, scale: Scale) -> list[tuple[float, float]]:
        if not self.points:
            return [(self.response.minimum, self.response.maximum)] * len(self.items_of(scale))
        points = [self.points[name].values() for n, name in self.keying().items() if n in self.items_of(scale)]
        return [(min(values), max(values)) for values in points]
