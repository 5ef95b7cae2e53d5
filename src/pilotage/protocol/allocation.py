"""How people come into their arm: by their own choice, from a list, or by chance."""

from __future__ import annotations

from pydantic import Field

from pilotage.protocol.words import Id
from pilotage.vocabulary import AllocationMethod
from pilotage.yaml_file import Part


class AllocationPlan(Part):
    """How people come into their arm."""

    method: AllocationMethod = Field(
        AllocationMethod.BY_CHOICE, description="whether people choose their arm, come from a list, or are drawn by lot"
    )
    ratio: dict[Id, int] = Field(
        {}, description="by chance: how many to each arm, such as {training: 2, control: 1}; equal when not said"
    )
    blocks: list[int] = Field(
        [], description="by chance: the sizes of the blocks, drawn at random among these; no blocks when not said"
    )
    strata: list[str] = Field(
        [], description="by chance: what is balanced apart: centre, a choice of a form (form.item), or a criterion's id"
    )
    concealed: bool = Field(True, description="by chance: whether nobody can know the next arm before it is given")
