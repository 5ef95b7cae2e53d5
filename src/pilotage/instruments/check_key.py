"""Checks the key of an instrument: response codes, reversed items, points, fillers and switches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.yaml_file import Path_, YamlDocument

BEYOND_THE_FORM = kind("INSTRUMENT-003", "An item is named that the form does not have")
ITEM_TWICE = kind("INSTRUMENT-004", "An item is named twice in one list")
KEYED_TWICE = kind("INSTRUMENT-005", "An item has two keys")
POINTS_UNKNOWN = kind("INSTRUMENT-007", "Items are keyed by points that are not given")
POINTS_AND_CODES = kind("INSTRUMENT-008", "Points and response codes do not match")
FILLER_SCORED = kind("INSTRUMENT-009", "A filler is scored")
SWITCH = kind("INSTRUMENT-018", "A switch cannot be used as it is written")
RESPONSES = kind("INSTRUMENT-019", "The response codes are not in order")

Problems = Iterator[Problem]
Name = TypeVar("Name", int, str)


def check_key(instrument: Instrument, document: YamlDocument) -> Problems:
    """Everything wrong with how answers become points."""
    for check_part in (_responses, _numbers, _keys, _points, _switches):
        yield from check_part(instrument, document)


def repeated(names: Sequence[Name]) -> list[Name]:
    """Return the names that occur more than once."""
    return [name for name, count in Counter(names).items() if count > 1]


def _responses(instrument: Instrument, document: YamlDocument) -> Problems:
    response = instrument.response
    if response.minimum >= response.maximum:
        message = f"The lowest code is {response.minimum} and the highest {response.maximum}."
        yield document.problem(RESPONSES, ("response",), message, "The minimum must be below the maximum.")
    for code in response.anchors:
        if code not in response.codes:
            message = f"Code {code} has an anchor, but codes run from {response.minimum} to {response.maximum}."
            yield document.problem(RESPONSES, ("response", "anchors", code), message, "Correct the code or the range.")


def _lists(instrument: Instrument) -> Iterator[tuple[Path_, list[int]]]:
    """Every list of this form's items, with its place."""
    yield ("reverse",), instrument.reverse
    yield ("fillers",), instrument.fillers
    for name, numbers in instrument.keyed.items():
        yield ("keyed", name), numbers
    for i, scale in enumerate(instrument.scales):
        if scale.items != "all":
            yield ("scales", i, "items"), scale.items
    for i, switch in enumerate(instrument.switches):
        for j, choice in enumerate(switch.choices):
            for name, numbers in choice.keyed.items():
                yield ("switches", i, "choices", j, "keyed", name), numbers


def _numbers(instrument: Instrument, document: YamlDocument) -> Problems:
    for path, numbers in _lists(instrument):
        for i, number in enumerate(numbers):
            if number > instrument.items:
                message = f"Item {number} is named, but the form has items 1 to {instrument.items}."
                yield document.problem(BEYOND_THE_FORM, (*path, i), message, "Correct the number.")
            if number in numbers[:i]:
                message = f"Item {number} is named twice in this list."
                yield document.problem(ITEM_TWICE, (*path, i), message, "Remove one, or correct the number.")


def _keys(instrument: Instrument, document: YamlDocument) -> Problems:
    """Check that an item has one key: reversed, or points of one kind, or none where it is a filler."""
    first = {number: name for name, numbers in reversed(instrument.keyed.items()) for number in numbers}
    for i, number in enumerate(instrument.reverse):
        if number in first:
            message = f"Item {number} is reversed and also keyed '{first[number]}'; it would be turned round twice."
            yield document.problem(KEYED_TWICE, ("reverse", i), message, "Keep one of the two.")
        if number in instrument.fillers:
            message = f"Item {number} is a filler and also reversed."
            yield document.problem(FILLER_SCORED, ("reverse", i), message, "Remove it from one of the two lists.")
    for name, numbers in instrument.keyed.items():
        for i, number in enumerate(numbers):
            if first[number] != name:
                message = f"Item {number} is keyed both '{first[number]}' and '{name}'."
                yield document.problem(KEYED_TWICE, ("keyed", name, i), message, "Keep one of the two.")
            if number in instrument.fillers:
                message = f"Item {number} is a filler and also keyed '{name}'."
                yield document.problem(FILLER_SCORED, ("keyed", name, i), message, "Remove it from one of the two.")


def _points(instrument: Instrument, document: YamlDocument) -> Problems:
    codes = instrument.response.codes
    for path, numbers in _lists(instrument):
        if "keyed" in path and path[-1] not in instrument.points and numbers:
            near = did_you_mean(str(path[-1]), instrument.points)
            message = f"Items are keyed '{path[-1]}', but no points of that name are given.{near}"
            yield document.problem(POINTS_UNKNOWN, path, message, "Add the points, or correct the name.")
    for name, points in instrument.points.items():
        beyond = [code for code in points if code not in codes]
        absent = [code for code in codes if code not in points]
        if beyond:
            message = f"'{name}' gives points to code {beyond[0]}, but codes run from {codes[0]} to {codes[-1]}."
            yield document.problem(POINTS_AND_CODES, ("points", name, beyond[0]), message, "Correct the code.")
        if absent:
            message = f"'{name}' gives no points to code {absent[0]}."
            yield document.problem(
                POINTS_AND_CODES, ("points", name), message, f"Say how many points code {absent[0]} is worth."
            )


def _switches(instrument: Instrument, document: YamlDocument) -> Problems:
    for i, switch in enumerate(instrument.switches):
        choices = [choice.id for choice in switch.choices]
        if switch.default not in choices:
            message = f"The default '{switch.default}' is not one of the choices: {', '.join(choices)}."
            yield document.problem(SWITCH, ("switches", i, "default"), message, "Name one of the choices.")
        for name in repeated(choices):
            message = f"The choice '{name}' is there twice."
            yield document.problem(SWITCH, ("switches", i, "choices"), message, "Rename or remove one.")
    for name in repeated([switch.id for switch in instrument.switches]):
        message = f"The switch '{name}' is there twice."
        yield document.problem(SWITCH, ("switches",), message, "Rename or remove one.")
