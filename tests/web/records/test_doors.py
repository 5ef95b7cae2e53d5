"""The two doors to the records: what their modules name is found through them, each name once."""

from __future__ import annotations

import ast
import importlib
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

from pilotage.web.records import actions, queries


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
