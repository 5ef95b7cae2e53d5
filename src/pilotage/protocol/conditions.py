"""When an item of a form is shown: by the answer to an earlier item."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.protocol.words import Id
from pilotage.yaml_file import Part

_CONDITION = re.compile(r"^([a-z0-9-]+) (is not|is|at least|at most) (.+)$")


class Condition(Part):
    """Show an item only when another was answered so: written 'unpleasant is yes'."""

    item: Id = Field(description="an earlier item of the same form")
    relation: Literal["is", "is not", "at least", "at most"] = Field(description="how its answer is compared")
    value: str = Field(description="with what")

    def holds(self, answer: str | float | None) -> bool:
        """Return whether the answer to the other item fulfils the condition; a blank never does."""
        if answer is None:
            return False
        if self.relation in ("is", "is not"):
            return (str(answer) == self.value) == (self.relation == "is")
        number, limit = float(answer), float(self.value)
        return number >= limit if self.relation == "at least" else number <= limit


def _condition(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _CONDITION.match(value)
    if match is None:
        raise ValueError(
            f"'{value}' is not a condition.\nWrite it as 'item is value', 'is not', 'at least' or 'at most'."
        )
    return {"item": match[1], "relation": match[2], "value": match[3]}


ConditionField = Annotated[
    Condition, BeforeValidator(_condition), WithJsonSchema({"type": "string", "pattern": _CONDITION.pattern})
]
