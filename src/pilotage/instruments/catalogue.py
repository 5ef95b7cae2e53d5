"""Finds an instrument by its name: in a study's own folders, in the library, or at a path a person gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pilotage.instruments.check import check
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.yaml_file import read_model

NOT_KNOWN = kind("INSTRUMENT-001", "The instrument is not known")

LIBRARY = Path(__file__).parent / "library"
FILE = "instrument.yaml"


def available(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """The names of the library's instruments and of those in the given folders, in order."""
    found = {file.parent.name for folder in (LIBRARY, *folders) for file in folder.glob(f"*/{FILE}")}
    return tuple(sorted(found))


def load(name: str, folders: Sequence[Path] = ()) -> Instrument:
    """The instrument of this name, checked.

    Parameters
    ----------
    name
        An id such as ``ffmq-39``, or the path of an instrument file or of the folder that holds it.
    folders
        Where a study keeps instruments of its own, each as ``<folder>/<id>/instrument.yaml``;
        they win over the library.

    Raises
    ------
    ProblemsFound
        When there is no such instrument, with the nearest name; or with everything that is wrong in its file.
    """
    for folder in folders:
        if _is_id(name) and (folder / name / FILE).is_file():
            return read(folder / name / FILE)
    if name in available():
        return _from_library(name)
    path = Path(name)
    if path.is_dir() and (path / FILE).is_file():
        return read(path / FILE)
    if path.is_file():
        return read(path)
    raise ProblemsFound([_not_known(name, folders)])


def read(file: Path) -> Instrument:
    """The instrument a file describes.

    Raises
    ------
    ProblemsFound
        With every problem of the file, each with its line and column.
    """
    try:
        instrument, document = read_model(file, Instrument)
        refuse(check(instrument, document))
    except ProblemsFound as found:
        here = f"{file.resolve().parent.name}/{file.name}"
        raise ProblemsFound(problem.within(here) for problem in found.problems) from None
    return instrument


@cache
def _from_library(name: str) -> Instrument:
    return read(LIBRARY / name / FILE)


def _is_id(name: str) -> bool:
    return "/" not in name and "\\" not in name and not name.startswith(".")


def _not_known(name: str, folders: Sequence[Path]) -> Problem:
    if not _is_id(name) or name.endswith((".yaml", ".yml")):
        message = f"There is no instrument file at '{name}'."
        return Problem(NOT_KNOWN, message, f"Give the path of an {FILE}, or of the folder that holds it.")
    near = did_you_mean(name.lower(), available(folders))
    message = f"'{name}' is not in the instrument library.{near}"
    return Problem(NOT_KNOWN, message, f"Correct the name, or add instruments/{name}/{FILE} to your study.")
