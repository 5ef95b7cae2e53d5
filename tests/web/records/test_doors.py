"""The two doors to the records: what their modules name is found through them, each name once."""

from __future__ import annotations

import ast
import importlib
from collections import defaultdict
from inspect import isfunction
from pathlib import Path
from types import ModuleType

import pytest

import pilotage
from pilotage.web.records import actions, queries

SOURCE = Path(pilotage.__file__).parent
RECORDS = SOURCE / "web" / "records"
DOORS = {door.__name__: door for door in (actions, queries)}


def public_names(door: ModuleType) -> dict[str, set[str]]:
    """The modules that define each name."""
    names = defaultdict(set)
    for file in Path(str(door.__file__)).parent.glob("[!_]*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                    names[name].add(file.stem)
                case ast.Assign(targets=targets):
                    for target in (part for whole in targets for part in ast.walk(whole)):
                        if isinstance(target, ast.Name):
                            names[target.id].add(file.stem)
    return {name: modules for name, modules in names.items() if not name.startswith("_")}


@pytest.mark.parametrize("door", [actions, queries], ids=lambda door: door.__name__.rpartition(".")[2])
def test_no_name_is_defined_twice_behind_a_door_so_that_one_never_hides_another(door: ModuleType) -> None:
    twice = {name: where for name, where in public_names(door).items() if len(where) > 1}
    assert twice == {}


@pytest.mark.parametrize("door", [actions, queries], ids=lambda door: door.__name__.rpartition(".")[2])
def test_every_public_name_is_found_through_its_door_as_its_module_has_it(door: ModuleType) -> None:
    for name, (module,) in public_names(door).items():
        home = importlib.import_module(f"{door.__name__}.{module}")
        assert getattr(door, name, None) is getattr(home, name), (module, name)


def round_the_doors(source: str) -> list[str]:
    """What a module outside the records takes from them otherwise than the decision on the doors says."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names if alias.name.startswith(tuple(DOORS))]
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        door, _, module = node.module.rpartition(".")
        if node.module in DOORS:  # a class, a constant or a type comes from its own module
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        if door in DOORS:
            home = importlib.import_module(node.module)
            names += [f"{module}.{alias.name}" for alias in node.names if isfunction(getattr(home, alias.name))]
    return names


def test_outside_the_records_functions_are_called_through_their_door_and_classes_come_from_their_module() -> None:
    outside = [file for file in sorted(SOURCE.rglob("*.py")) if not file.is_relative_to(RECORDS)]
    past = {file.relative_to(SOURCE).as_posix(): round_the_doors(file.read_text("utf-8")) for file in outside}
    assert {file: names for file, names in past.items() if names} == {}


def test_inside_the_records_no_module_goes_through_a_door_which_would_be_a_circle() -> None:
    inside = [file for folder in ("actions", "queries") for file in sorted((RECORDS / folder).glob("*.py"))]
    through = [
        f"{file.parent.name}/{file.name}: {node.module}.{alias.name}"
        for file in inside
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module in DOORS or f"{node.module}.{alias.name}" in DOORS
    ]
    assert through == []


@pytest.mark.parametrize(
    "line",
    [
        "from pilotage.web.records.queries.days import day_of",
        "from pilotage.web.records.queries import Due",
        "from pilotage.web.records.actions.answers import Sent, finish",
        "import pilotage.web.records.queries.days",
    ],
)
def test_each_way_round_a_door_is_noticed(line: str) -> None:
    assert len(round_the_doors(line)) == 1


def test_a_class_from_its_module_goes_round_no_door() -> None:
    assert round_the_doors("from pilotage.web.records.queries.due import Due\n") == []
