"""Answers to one instrument or form at one assessment, as the arrays and columns that analysis works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from pilotage.data.study_data import StudyData
from pilotage.instruments.definition import Instrument
from pilotage.protocol.form_items import FormItem, StoredAs
from pilotage.protocol.forms import Form
from pilotage.protocol.protocol import Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TYPES: dict[StoredAs, pl.DataType] = {
    StoredAs.INTEGER: pl.Int64(),
    StoredAs.NUMBER: pl.Float64(),
    StoredAs.DATE: pl.Date(),
}


def answers(
    data: StudyData, instrument: Instrument, assessment: str, *, number: int = 1
) -> tuple[list[str], NDArray[np.float64]]:
    """Return the responses to an instrument at an assessment, as given: nothing reversed, NaN where blank.

    Parameters
    ----------
    data : StudyData
    instrument : Instrument
    assessment : str
    number : int
        Which administration, where an assessment has several.

    Returns
    -------
    participants : list of str
        Everyone with this administration, sorted, so that results do not depend on the order of rows.
    responses : array of shape (people, items)
        Column ``i`` is item ``i + 1``.
    """
    administrations = _of(data.administrations, instrument.id, assessment).filter(pl.col("number") == number)
    participants = administrations["participant"].unique().sort()
    array = np.full((len(participants), instrument.items), np.nan)
    responses = _of(data.responses, instrument.id, assessment).filter(pl.col("number") == number)
    responses = responses.filter(pl.col("value").is_not_null(), pl.col("participant").is_in(participants.implode()))
    rows = participants.search_sorted(responses["participant"]).to_numpy()
    columns = responses["item"].cast(pl.Int64).to_numpy() - 1
    array[rows, columns] = responses["value"].cast(pl.Float64).to_numpy()
    return participants.to_list(), array


def item_values(data: StudyData, form: Form, item: str, assessment: str) -> pl.DataFrame:
    """Return the answers to one item of a form: a row for everyone who was given the form, null where blank.

    Parameters
    ----------
    data : StudyData
    form : Form
    item : str
        The item's id within the form.
    assessment : str

    Returns
    -------
    polars.DataFrame
        ``participant``, ``number`` (which administration) and ``value``: an integer for a rating, a float for a
        number, a date for a date, a text for choices (codes separated by spaces where several) and for free text.
        Sorted by participant and number.
    """
    question = next((question for question in form.items if question.id == item), None)
    if question is None:
        raise ValueError(f"The form {form.id!r} has no item {item!r}.")
    keys = ["participant", "number"]
    administrations = _of(data.administrations, form.id, assessment).select(keys)
    responses = _given(data, question).filter(pl.col("item") == item)
    responses = _of(responses, form.id, assessment).select(*keys, _typed(question))
    return administrations.join(responses, on=keys, how="left").sort(keys)


def derived(data: StudyData, protocol: Protocol, derived_id: str, assessment: str) -> pl.DataFrame:
    """Return a derived variable for everyone who was given its forms, as ``participant, number, value``.

    A blank in any of its parts leaves it null: a sum with a blank counted as zero would be no sum.
    """
    variable = next((variable for variable in protocol.derived if variable.id == derived_id), None)
    if variable is None:
        raise ValueError(f"The protocol derives no {derived_id!r}.")
    keys = ["participant", "number"]
    parts = [_part(data, protocol, name, assessment).rename({"value": name}) for name in variable.sum]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.join(part, on=keys, how="full", coalesce=True)
    return joined.sort(keys).select(*keys, value=_sum(variable.sum))


def first_assessment_with(protocol: Protocol, form_id: str, arm: str | None = None) -> str | None:
    """Return the first assessment that asks a form, of one arm or of any; None when none does."""
    assessments = (a.id for a in protocol.assessments if form_id in a.forms and (arm is None or arm in a.arms))
    return next(assessments, None)


def _of(frame: pl.DataFrame, instrument: str, assessment: str) -> pl.DataFrame:
    return frame.filter(pl.col("instrument") == instrument, pl.col("assessment") == assessment)


def _given(data: StudyData, question: FormItem) -> pl.DataFrame:
    """Return the answers of an item's kind: free text is kept apart, in comments."""
    return data.comments.with_columns(value=pl.col("text")) if question.own_words else data.responses


def _typed(question: FormItem) -> pl.Expr:
    type_ = _TYPES.get(question.stored_as, pl.String())
    return pl.col("value").str.to_date() if type_ == pl.Date() else pl.col("value").cast(type_)


def _part(data: StudyData, protocol: Protocol, name: str, assessment: str) -> pl.DataFrame:
    form_id, _, item = name.partition(".")
    return item_values(data, protocol.form(form_id), item, assessment).with_columns(pl.col("value").cast(pl.Float64))


def _sum(names: Sequence[str]) -> Any:
    return pl.sum_horizontal(*names, ignore_nulls=False)
