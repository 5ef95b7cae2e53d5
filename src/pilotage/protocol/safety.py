"""How harm is asked for, who is told and how soon, and what is done then."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pilotage.protocol.conditions import ConditionField
from pilotage.protocol.feasibility import LimitField
from pilotage.protocol.form_items import OptionField
from pilotage.protocol.words import Duration, Id, Label, Text
from pilotage.yaml_file import OrUnknown, Part

MayKnow = Literal["coordinator", "safety-contact", "teacher", "independent"]


class Alert(Part):
    """An answer or a score beyond which somebody is told at once, without being shown it."""

    id: Id
    of: str = Field(
        description="a scale (pss-10.total), an item of a questionnaire (pss-10.item 3) or of a form (week.how-bad)"
    )
    limit: LimitField = Field(description="from where somebody is told, such as '>= 27'")
    tells: Literal["safety-contact", "coordinator"] = Field("safety-contact", description="who is told")
    why: str = Field(description="why the limit lies there, and whose it is")


class Safety(Part):
    """How harm is asked for, and what happens then."""

    how_asked: str = Field(alias="asked", description="how people are asked whether something happened, in words")
    ascertainment: Literal["systematic", "spontaneous", "both"] = Field(
        description="asked of everyone, told by some, or both"
    )
    contact: OrUnknown[Label] = Field(description="who reads the reports and can be called")
    answered_within: Duration | None = Field(None, description="how soon whoever reports something is answered")
    deputy: OrUnknown[Label] | None = Field(None, description="who is told when the contact does not look")
    deputy_after: Duration | None = Field(None, description="how long a report lies unopened before the deputy is told")
    independent: OrUnknown[Label] | None = Field(
        None, description="someone outside the course and the study to whom one can turn, with how to reach them"
    )
    at_once: Text = Field("", description="whom to call when it cannot wait, in words for participants")
    may_know: list[MayKnow] = Field(
        ["coordinator", "safety-contact", "independent"],
        min_length=1,
        description="who may know of a report, at the choice of whoever makes it; all but the teacher when not said",
    )
    serious_means: Text = Field("", description="what is called serious, for those who judge")
    kinds: list[OptionField] = Field([], description="kinds of adverse event, of which those who judge choose one")
    escalation: list[str] = Field([], description="what happens after a report, step by step")
    form: Id | None = Field(None, description="the form that asks whether something happened")
    happened: ConditionField | None = Field(None, description="the answer that says so, such as 'unpleasant is yes'")
    alerts: list[Alert] = Field([], description="answers and scores beyond which somebody is told at once")
