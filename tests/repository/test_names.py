"""Names say what they hold, and a class name means one thing.

Reason: `said`, `found`, `given`, `asked`, `told` and `one` were among the commonest names of variables. They held
template contexts, tokens, sentences, SQL defaults and errors alike, and 66 class names stood for 158 classes, so that a
reader had to look up what each was. A value is named for what it holds: `context`, `token`, `sentence`, `problems`.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "pilotage"
SCRIPTS = ("benchmarks", "docs", "tools")
RIDDLES = {"said", "found", "given", "asked", "told", "one"}

# Fields that keep their name: a key of a file that others write or read, or a column of the database.
KEYS = {
    ("analysis/results.py", "asked"),
    ("analysis/recommended/supplementary_results.py", "said"),
    ("planning/progression_criteria.py", "asked"),
    ("consistency/paper.py", "asked"),
    ("web/records/models/delivery.py", "one"),
}

# Class names that Django, or a file format, asks for in several places.
SEVERAL = {
    "Migration": "Django looks for this name in each migration",
    "DatabaseWrapper": "Django looks for this name in each database backend",
}


def modules(folder: Path = SOURCE) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(folder.rglob("*.py")):
        yield file.relative_to(folder).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def bound(node: ast.AST) -> str | None:
    """The name that this node gives to a value, if it gives one."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.alias(asname=str(name)):
            return name
        case ast.ExceptHandler(name=name) | ast.MatchAs(name=name) | ast.MatchStar(name=name):
            return name
        case _:
            return None


def riddles(tree: ast.Module) -> list[tuple[int, str]]:
    return [(node.lineno, name) for node in ast.walk(tree) if (name := bound(node)) in RIDDLES]  # type: ignore[attr-defined]


def test_every_value_is_named_for_what_it_holds() -> None:
    named = [
        f"{place}:{line}: {name}"
        for place, tree in chain(modules(), *(modules(ROOT / folder) for folder in SCRIPTS))
        for line, name in riddles(tree)
        if (place, name) not in KEYS
    ]
    assert named == []


def test_a_class_name_means_one_thing() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for place, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(place)
    several = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in several.items() if name not in SEVERAL} == {}


def test_a_riddle_is_seen_wherever_a_name_is_given() -> None:
    code = "said = 1\nfor one in (): pass\n[found for found in ()]\ndef f(told): pass\nwith f() as given: pass\n"
    assert {name for _, name in riddles(ast.parse(code))} == {"said", "one", "found", "told", "given"}
