"""Questions of the study that are no published instrument."""

from __future__ import annotations

from pydantic import Field

from pilotage.protocol.form_items import FormItem
from pilotage.protocol.parts import with_id
from pilotage.protocol.words import Id, Label, Text
from pilotage.yaml_file import Part


class Form(Part):
    """A form of the study's own."""

    id: Id
    title: Text = Field(description="its title")
    items: list[FormItem] = Field(min_length=1, description="its questions, in order")

    def item(self, item_id: str) -> FormItem:
        """Return the item of this id; KeyError when there is none."""
        return with_id(self.items, item_id, f"item of the form {self.id!r} called")


class Derived(Part):
    """A variable computed from items of a form, for each person and assessment."""

    id: Id
    label: Label = Field(description="its name, as tables print it")
    sum: list[str] = Field(min_length=1, description="items, each written form.item")
    unit: Label = Field("", description="its unit")
    range: tuple[float, float] | None = Field(
        None, description="lowest and highest value; it must follow from the items"
    )
    note: str = Field("", description="what to know of it")
