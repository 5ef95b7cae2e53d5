"""When which arm is asked what: an assessment is an occasion, not a questionnaire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from pilotage.protocol.words import Duration, Id, Label, Text
from pilotage.yaml_file import OrUnknown, Part

Event = Annotated[str, StringConstraints(pattern=r"^(session \d+|last session|enrolment|allocation)$")]
Repeat = Literal["any time", "after each session", "every week"]


class Window(Part):
    """The days in which an assessment is open, from an event of the programme or of the person."""

    before: Event | None = Field(None, description="closes before this event")
    after: Event | None = Field(None, description="opens after this event")
    from_: Duration | None = Field(None, alias="from", description="opens this long after the event")
    within: Duration | None = Field(
        None, description="how long before or after the event it may be; 2 weeks when not said, after a session 2 days"
    )
    repeats: Repeat | None = Field(None, description="opens again and again")


def _repeats(value: Any) -> Any:
    return {"repeats": value} if isinstance(value, str) else value


When = Annotated[Window, BeforeValidator(_repeats, json_schema_input_type=Repeat | Window)]
"""A window, or one of the words of `Repeat`."""


class Assessment(Part):
    """One occasion on which people are asked."""

    id: Id
    label: Label = Field(description="its name, as tables and staff pages print it")
    title: Text | None = Field(
        None, description="its name as participants read it, in their language; the label otherwise"
    )
    when: OrUnknown[When] = Field(description="the window; or any time, after each session, every week")
    arms: list[Id] = Field(description="the arms asked")
    instruments: list[str] | Literal["all", "none"] = Field(
        "none", description="the questionnaires asked, or all, or none"
    )
    forms: list[Id] = Field([], description="the study's own forms asked")
    control_follows: OrUnknown[Label] | None = Field(
        None, description="how arms without sessions of their own are given their dates"
    )
    by: Literal["the participant", "someone who knows them"] = Field("the participant", description="who answers")
    mode: Literal["web", "paper", "web or paper"] = Field("web or paper", description="how it is answered")
    layout: Literal["one page", "paged"] = Field(
        "one page", description="whether a questionnaire stands on one page or on several"
    )
    items_on_a_page: int = Field(1, ge=1, description="how many items stand on a page, where it is paged")
    blank: Literal["allowed", "asked again", "not allowed"] = Field(
        "allowed",
        description="whether an item may be left blank; before sending, people are asked once whether that was meant, "
        "with 'allowed' and 'asked again' alike",
    )
    reminders: list[Duration] = Field([], description="how long after opening those who have not answered are reminded")
    note: str = Field("", description="what to know of it")
