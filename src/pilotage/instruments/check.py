"""What must hold between the parts of an instrument file, gathered so that a person sees everything at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilotage.instruments.check_key import check_key, repeated
from pilotage.instruments.check_scales import check_scales
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, kind
from pilotage.yaml_file import YamlDocument

MAP_LENGTH = kind("INSTRUMENT-015", "A map to another form does not have one item for each item here")
KEY_NOT_CONFIRMED = kind("INSTRUMENT-016", "The key is not confirmed, and the file does not say so in full")
NO_SCALES = kind("INSTRUMENT-017", "There are no scales")
NOT_A_DOI = kind("INSTRUMENT-021", "A DOI does not have the shape of one")

DOI = re.compile(r"10\.\d{4,9}/\S+")
Problems = Iterator[Problem]


def check(instrument: Instrument, document: YamlDocument) -> tuple[Problem, ...]:
    """Everything wrong with an instrument that its parts, taken one by one, do not show."""
    checks = (check_key, check_scales, _maps, _sureness, _dois)
    return tuple(dict.fromkeys(problem for check_part in checks for problem in check_part(instrument, document)))


def _maps(instrument: Instrument, document: YamlDocument) -> Problems:
    for longer, numbers in instrument.taken_from.items():
        path = ("taken_from", longer)
        if len(numbers) != instrument.items:
            message = f"The map from '{longer}' names {len(numbers)} items; this form has {instrument.items}."
            remedy = "Give, for each item here in order, its number there."
            yield document.problem(MAP_LENGTH, path, message, remedy)
        for number in repeated(numbers):
            message = f"The map from '{longer}' uses item {number} twice."
            yield document.problem(MAP_LENGTH, path, message, "Each item there can stand for one item here.")


def _sureness(instrument: Instrument, document: YamlDocument) -> Problems:
    """Check that a key nobody could confirm is not shipped, and that its file says what is missing and whom to ask."""
    key = instrument.key
    if key.status != "unconfirmed":
        if not instrument.scales:
            message = f"The key is '{key.status}', but there are no scales to score."
            yield document.problem(
                NO_SCALES, ("key", "status"), message, "Add scales, or set the status to unconfirmed."
            )
        return
    if instrument.scales:
        message = "The key is unconfirmed, yet scales are given; scores would rest on a guess."
        remedy = "Remove the scales, or, once you know the numbering, say where from and set the status to one source."
        yield document.problem(KEY_NOT_CONFIRMED, ("scales",), message, remedy)
    for name, text in (("lacks", key.lacks), ("ask", key.ask)):
        if not text:
            message = f"The key is unconfirmed, and 'key.{name}' is not said."
            yield document.problem(KEY_NOT_CONFIRMED, ("key",), message, "Say what is missing, and whom to ask for it.")


def _dois(instrument: Instrument, document: YamlDocument) -> Problems:
    for i, reference in enumerate(instrument.references):
        if isinstance(reference.doi, str) and not DOI.fullmatch(reference.doi):
            message = f"'{reference.doi}' is not a DOI."
            remedy = "A DOI looks like 10.1234/abc; leave out https://doi.org/."
            yield document.problem(NOT_A_DOI, ("references", i, "doi"), message, remedy)
