"""Plain statements name tables and columns by their models, so that a renamed one is renamed in them too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import FieldDoesNotExist

import pilotage
from pilotage.web.records.models import Answer
from pilotage.web.records.sql import SqlTable


def test_a_table_and_its_columns_are_those_of_the_model() -> None:
    answer = SqlTable(Answer)
    assert f"{answer.value} of {answer}" == "records_answer.value of records_answer"
    assert answer.administration_id == answer.administration == "records_answer.administration_id"
    with pytest.raises(FieldDoesNotExist):
        _ = answer.valeu


def test_no_table_of_the_records_is_typed_in_a_statement() -> None:
    source = Path(pilotage.__file__).parent
    files = [file for file in source.rglob("*.py") if "migrations" not in file.parts]
    assert [file for file in files if "records_" in file.read_text("utf-8").replace("prepare_records", "")] == []
