"""When which arm is asked what: an assessment is an occasion, not a questionnaire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from pilotage.protocol.words import Duration, Id
from pilotage.yaml_file import Part, Said

Anchor = Annotated[str, StringConstraints(pattern=r"^(session \d+|last session|enrolment|allocation)$")]
Repeat = Literal["any time", "after each session", "every week"]


class Window(Part):
    """The days in which an assessment is open, from an event of the programme or of the person."""

    before: Anchor | None = None
    after: Anchor | None = None
    from_: Duration | None = Field(None, alias="from")
    within: Duration | None = None
    repeats: Repeat | None = None


def _repeats(value: Any) -> Any:
    return {"repeats": value} if isinstance(value, str) else value


When = Annotated[Window, BeforeValidator(_repeats, json_schema_input_type=Repeat | Window)]
"""A window, or one of the words of `Repeat`."""


class Assessment(Part):
    """One occasion on which people are asked."""

    id: Id
    label: str
    when: Said[When]
    arms: list[Id]
    instruments: list[str] | Literal["all", "none"] = "none"
    forms: list[Id] = []
    control_follows: Said[str] | None = Field(
        None, description="how arms without sessions of their own are given their dates"
    )
    by: Literal["the participant", "someone who knows them"] = "the participant"
    mode: Literal["web", "paper", "web or paper"] = "web or paper"
    reminders: list[Duration] = []
    note: str = ""
