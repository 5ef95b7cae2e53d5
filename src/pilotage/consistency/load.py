"""Finds and reads a file of published numbers, and says everything that is wrong with it, with places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pilotage.consistency.paper import Paper
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.yaml_file import YamlDocument, read_yaml, validate

NO_FILE = kind("RECHECK-001", "There is no file of published numbers at this place")
WRONG = kind("RECHECK-002", "A published number is missing, unknown or of the wrong kind")
NO_TEST = kind("RECHECK-003", "A family or a power names a test that is not in the file")
REPEATED = kind("RECHECK-004", "Two rows have the same name")
NOT_TWO_GROUPS = kind("RECHECK-006", "A power is about a test that does not compare two groups")
EMPTY = kind("RECHECK-005", "The file has no numbers to check")

LIBRARY = Path(__file__).parent / "library"
ROWS = ("tests", "families", "power", "breakdowns", "proportions", "samples", "comparisons", "correlations")


def library() -> tuple[str, ...]:
    """Return the papers whose numbers Pilotage ships."""
    return tuple(sorted(file.stem for file in LIBRARY.glob("*.yaml")))


def load(name: str | Path) -> Paper:
    """Return the numbers in a file, or of a paper of the library by its name.

    Raises
    ------
    ProblemsFound
        With everything that is wrong: the shape of the file first, and once that is sound, its names.
    """
    document = read_yaml(find(name), as_written=True)
    paper = validate(document, Paper, WRONG)
    refuse(
        [
            *_repeated(paper, document),
            *_unknown_tests(paper, document),
            *_power(paper, document),
            *_empty(paper, document),
        ]
    )
    return paper


def find(name: str | Path) -> Path:
    """Return the file that a person means; a file of theirs wins over the library."""
    file = Path(name)
    if file.is_file():
        return file
    if str(name) in library():
        return LIBRARY / f"{name}.yaml"
    remedy = f"Give a YAML file of published numbers, or one of the library: {', '.join(library())}."
    problem = Problem(NO_FILE, f"There is no file '{name}'.{did_you_mean(str(name), library())}", remedy)
    raise ProblemsFound([problem])


def _repeated(paper: Paper, document: YamlDocument) -> Iterator[Problem]:
    for rows in ROWS:
        names = [row.name for row in getattr(paper, rows)]
        repeated = {name for name, count in Counter(names).items() if count > 1}
        for i, name in enumerate(names):
            if name in repeated and name in names[:i]:
                message = f"'{name}' is the name of another of the {rows} already."
                yield document.problem(REPEATED, (rows, i, "name"), message, "Give each its own name.")


def _unknown_tests(paper: Paper, document: YamlDocument) -> Iterator[Problem]:
    known = [test.name for test in paper.tests]
    for rows in ("families", "power"):
        for i, row in enumerate(getattr(paper, rows)):
            for j, name in enumerate(row.tests):
                if name not in known:
                    message = f"'{row.name}' names the test '{name}', which is not in the file."
                    remedy = f"Correct the name{did_you_mean(name, known)}, or add the test."
                    yield document.problem(NO_TEST, (rows, i, "tests", j), message, remedy)


def _power(paper: Paper, document: YamlDocument) -> Iterator[Problem]:
    """Check that a power's tests are of two groups, which its conventions are for: df1 = 1, whole people."""
    by_name = {test.name: test for test in paper.tests}
    for i, row in enumerate(paper.power):
        for j, name in enumerate(row.tests):
            test = by_name.get(name)
            if test and not (test.df1 == 1 and test.df2 >= 1 and test.df2.is_integer()):
                message = f"'{name}' has {test.df1:g} and {test.df2:g} df, so it is no test of two groups."
                remedy = "Leave it out here: the conventions for power after the fact are for two groups."
                yield document.problem(NOT_TWO_GROUPS, ("power", i, "tests", j), message, remedy)


def _empty(paper: Paper, document: YamlDocument) -> Iterator[Problem]:
    if not any(getattr(paper, rows) for rows in ROWS):
        message = "The file has no numbers to check."
        yield document.problem(EMPTY, (), message, f"Add at least one of: {', '.join(ROWS)}.")
