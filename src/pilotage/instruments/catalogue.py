"""Finds an instrument by its name: in a study's own folders, in the library, or at a path a person gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from re import fullmatch

from pilotage.instruments.check import check
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.yaml_file import YamlDocument, parse_model, read_model

NOT_KNOWN = kind("INSTRUMENT-001", "The instrument is not known")
CALLED_OTHERWISE = kind("INSTRUMENT-002", "The instrument's id is not the name it was found by")

LIBRARY = Path(__file__).parent / "library"
FILE = "instrument.yaml"


def available(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the names of the library's instruments and of those in the given folders, in order."""
    names = {file.parent.name for folder in (LIBRARY, *folders) for file in folder.glob(f"*/{FILE}")}
    return tuple(sorted(names))


def load(name: str, folders: Sequence[Path] = ()) -> Instrument:
    """Return the instrument of this name, checked.

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
    file = find(name, folders)
    called = name if _is_id(name) else None
    return _from_library(file, called) if LIBRARY in file.parents else read(file, called)


def find(name: str, folders: Sequence[Path] = ()) -> Path:
    """Return the file of the instrument of this name; see `load`."""
    places = [folder / name / FILE for folder in (*folders, LIBRARY) if _is_id(name)]
    with suppress(OSError):  # a name too long for the file system is not known either
        for file in (*places, Path(name) / FILE, Path(name)):
            if file.is_file():
                return file
    raise ProblemsFound([_not_known(name, folders)])


def read(file: Path, called: str | None = None) -> Instrument:
    """Return the instrument a file describes, which must have the id it is called by, if it is called by one.

    Raises
    ------
    ProblemsFound
        With every problem of the file, each with its line and column.
    """
    return _checked(lambda: read_model(file, Instrument), f"{file.resolve().parent.name}/{file.name}", called)


def read_text(text: str, called: str) -> Instrument:
    """Return the instrument that the text of an instrument file describes; see `read`."""
    return _checked(lambda: parse_model(text, Path(FILE), Instrument), f"{called}/{FILE}", called)


def _checked(read_shape: Callable[[], tuple[Instrument, YamlDocument]], here: str, called: str | None) -> Instrument:
    try:
        instrument, document = read_shape()
        refuse([*_other_name(instrument, document, called), *check(instrument, document)])
    except ProblemsFound as error:
        raise ProblemsFound(problem.within(here) for problem in error.problems) from None
    return instrument


@cache
def _from_library(file: Path, called: str | None) -> Instrument:
    return read(file, called)


def _other_name(instrument: Instrument, document: YamlDocument, called: str | None) -> Iterator[Problem]:
    if called is not None and instrument.id != called:
        message = f"The folder is '{called}', but the instrument in it is called '{instrument.id}'."
        yield document.problem(CALLED_OTHERWISE, ("id",), message, "Give both one name.")


def _is_id(name: str) -> bool:
    return fullmatch(r"[A-Za-z0-9-]+", name) is not None


def _not_known(name: str, folders: Sequence[Path]) -> Problem:
    if name and not _is_id(name):
        message = f"There is no instrument file at '{name}'."
        return Problem(NOT_KNOWN, message, f"Give the path of an {FILE}, or of the folder that holds it.")
    near = did_you_mean(name.lower(), available(folders))
    message = f"'{name}' is not in the instrument library.{near}"
    return Problem(NOT_KNOWN, message, f"Correct the name, or add instruments/{name}/{FILE} to your study.")
