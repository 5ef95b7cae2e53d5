"""The page lists every check and every key, and every example runs."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

import pilotage.consistency
from pilotage.consistency.load import load
from pilotage.consistency.paper import Paper
from pilotage.consistency.recheck import counts, recheck

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "recheck.md").read_text(encoding="utf-8")
HOWTO = (ROOT / "docs" / "howto" / "recheck-published-numbers.md").read_text(encoding="utf-8")
MODULES = [module.name for module in pkgutil.walk_packages(pilotage.consistency.__path__, "pilotage.consistency.")]
PARTS = [name for name, field in Paper.model_fields.items() if get_args(field.annotation)]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_check_is_on_the_page_and_no_other():
    code = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/pilotage/consistency").rglob("*.py"))
    code = code.replace('f"comparison.printed_{name}"', '"comparison.printed_t" "comparison.printed_p"')
    parts = "test|power|breakdown|proportion|sample|comparison|correlation"
    named = set(re.findall(rf'"((?:{parts})\.[a-z_]+|family)"', code))
    listed = set(re.findall(rf"`((?:{parts})\.[a-z_]+|family)`", PAGE.partition("| Check |")[2]))
    assert named == listed


@pytest.mark.parametrize("part", [part for part in PARTS if f"### {part}\n" in PAGE])
def test_every_key_is_on_the_page(part):
    (row,) = [a for a in get_args(Paper.model_fields[part].annotation) if issubclass(a, BaseModel)]
    section = PAGE.partition(f"### {part}\n")[2].partition("\n##")[0]
    assert [key for key in row.model_fields if key != "name" and f"`{key}`" not in section] == []


def test_every_part_is_on_the_page():
    assert [part for part in Paper.model_fields if part != "pilotage" and f"`{part}`" not in PAGE] == []


def test_the_example_of_the_howto_can_be_read(tmp_path):
    file = tmp_path / "paper.yaml"
    file.write_text(re.search(r"```yaml\n(.*?)```", HOWTO, re.DOTALL)[1], encoding="utf-8")
    assert counts(recheck(load(file)))["inconsistent"] == 0
