"""What must hold between the parts of an instrument file: keys, points, scales, maps, and what is said of the key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pilotage.instruments.definition import Instrument, MissingRule, Scale
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.yaml_file import Path_, YamlDocument

FOLDER_DIFFERS = kind("INSTRUMENT-002", "The instrument's id is not the name of its folder")
BEYOND_THE_FORM = kind("INSTRUMENT-003", "An item is named that the form does not have")
ITEM_TWICE = kind("INSTRUMENT-004", "An item is named twice in one list")
KEYED_TWICE = kind("INSTRUMENT-005", "An item has two keys")
NO_KEY = kind("INSTRUMENT-006", "An item is scored, but no points are said for it")
POINTS_UNKNOWN = kind("INSTRUMENT-007", "Items are keyed by points that are not given")
POINTS_AND_CODES = kind("INSTRUMENT-008", "Points and response codes do not match")
FILLER_SCORED = kind("INSTRUMENT-009", "A filler is scored")
ITEM_IN_NO_SCALE = kind("INSTRUMENT-010", "An item is in no scale")
SCALE_TWICE = kind("INSTRUMENT-011", "Two scales have the same name")
SCALE_OF_UNKNOWN = kind("INSTRUMENT-012", "A scale is made of a scale that is not there")
SCALE_OF_ITSELF = kind("INSTRUMENT-013", "A scale is made of itself")
SCALE_PARTS = kind("INSTRUMENT-014", "A scale's parts and its method do not match")
MAP_LENGTH = kind("INSTRUMENT-015", "A map to another form does not have one item for each item here")
KEY_NOT_CONFIRMED = kind("INSTRUMENT-016", "The key is not confirmed, and the file does not say so in full")
NO_SCALES = kind("INSTRUMENT-017", "There are no scales")
SWITCH = kind("INSTRUMENT-018", "A switch cannot be used as it is written")
RESPONSES = kind("INSTRUMENT-019", "The response codes are not in order")
MISSING_RULE = kind("INSTRUMENT-020", "A missing rule contradicts itself")
NOT_A_DOI = kind("INSTRUMENT-021", "A DOI does not have the shape of one")

DOI = re.compile(r"10\.\d{4,9}/\S+")
Problems = Iterator[Problem]
Name = TypeVar("Name", int, str)


def check(instrument: Instrument, document: YamlDocument) -> tuple[Problem, ...]:
    """Everything wrong with an instrument that its parts, taken one by one, do not show."""
    checks = (
        _folder,
        _responses,
        _numbers,
        _keys,
        _points,
        _switches,
        _scales,
        _missing_rules,
        _maps,
        _sureness,
        _dois,
    )
    found = [problem for one in checks for problem in one(instrument, document)]
    if not any(problem.kind in (SCALE_OF_UNKNOWN, SCALE_OF_ITSELF, BEYOND_THE_FORM) for problem in found):
        found += _coverage(instrument, document)
    return tuple(dict.fromkeys(found))


def _folder(instrument: Instrument, document: YamlDocument) -> Problems:
    folder = document.file.resolve().parent.name
    if document.file.name == "instrument.yaml" and folder != instrument.id:
        message = f"The instrument is called '{instrument.id}', but its folder is '{folder}'."
        yield document.problem(FOLDER_DIFFERS, ("id",), message, "Instruments are found by folder: give both one name.")


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
    """An item has one key: reversed, or points of one kind, or none where it is a filler."""
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
        for name in _repeated(choices):
            message = f"The choice '{name}' is there twice."
            yield document.problem(SWITCH, ("switches", i, "choices"), message, "Rename or remove one.")
    for name in _repeated([switch.id for switch in instrument.switches]):
        message = f"The switch '{name}' is there twice."
        yield document.problem(SWITCH, ("switches",), message, "Rename or remove one.")


def _scales(instrument: Instrument, document: YamlDocument) -> Problems:
    known = [scale.id for scale in instrument.scales]
    for i, scale in enumerate(instrument.scales):
        if scale.id in known[:i]:
            message = f"There are two scales called '{scale.id}'."
            yield document.problem(SCALE_TWICE, ("scales", i, "id"), message, "Rename or remove one.")
        for j, part in enumerate(scale.of):
            if part not in known:
                message = f"'{scale.id}' is made of '{part}', which is not a scale here.{did_you_mean(part, known)}"
                remedy = f"Scales here: {', '.join(known)}."
                yield document.problem(SCALE_OF_UNKNOWN, ("scales", i, "of", j), message, remedy)
        if scale.id in _reached(instrument, scale):
            message = f"'{scale.id}' is, through its parts, made of itself."
            yield document.problem(SCALE_OF_ITSELF, ("scales", i, "of"), message, "Make it of scales made of items.")
        yield from _parts(scale, ("scales", i), document)


def _parts(scale: Scale, path: Path_, document: YamlDocument) -> Problems:
    """Items with a method over items, or scales with a method over scales."""
    if bool(scale.items) == bool(scale.of):
        message = f"'{scale.id}' has {'both items and scales' if scale.of else 'neither items nor scales'}."
        yield document.problem(SCALE_PARTS, path, message, "Give 'items' (numbers, or all), or 'of' (scales).")
    elif scale.method.endswith("of_scales") != bool(scale.of):
        parts, fits = (
            ("scales", "sum_of_scales or mean_of_scales") if scale.of else ("items", "sum_of_items or mean_of_items")
        )
        message = f"'{scale.id}' is made of {parts}, but its method is {scale.method}."
        yield document.problem(SCALE_PARTS, (*path, "method"), message, f"Use {fits}.")
    for i, part in enumerate(scale.reverse_scales):
        if part not in scale.of:
            message = f"'{scale.id}' reverses '{part}', which is not among the scales it is made of."
            yield document.problem(
                SCALE_PARTS, (*path, "reverse_scales", i), message, "Add it to 'of', or remove it here."
            )


def _reached(instrument: Instrument, scale: Scale) -> set[str]:
    """The names of all scales a scale is made of, however deep."""
    made_of = {s.id: s.of for s in instrument.scales}
    reached: set[str] = set()
    waiting = list(scale.of)
    while waiting:
        part = waiting.pop()
        if part not in reached:
            reached.add(part)
            waiting += made_of.get(part, [])
    return reached


def _coverage(instrument: Instrument, document: YamlDocument) -> Problems:
    """Each item is scored or a filler, no filler is scored, and where there are points each scored item has some."""
    keyed = instrument.keying()
    scored: set[int] = set()
    for i, scale in enumerate(instrument.scales):
        items = instrument.items_of(scale)
        scored |= set(items)
        if scale.of:
            continue
        for number in sorted(set(items) & set(instrument.fillers)):
            message = f"'{scale.id}' contains item {number}, which is a filler."
            yield document.problem(FILLER_SCORED, ("scales", i, "items"), message, "Remove it from one of the two.")
        if instrument.points or instrument.keyed:
            for number in sorted(set(items) - set(keyed)):
                message = f"'{scale.id}' contains item {number}, which is keyed to no points."
                yield document.problem(NO_KEY, ("scales", i), message, "Add it under 'keyed', or to the fillers.")
    if instrument.scales:
        for number in sorted(set(range(1, instrument.items + 1)) - scored - set(instrument.fillers)):
            message = f"Item {number} is in no scale and is not a filler."
            yield document.problem(ITEM_IN_NO_SCALE, ("scales",), message, "Add it to a scale or to the fillers.")


def _missing_rules(instrument: Instrument, document: YamlDocument) -> Problems:
    yield from _missing_rule(instrument.missing, ("missing",), document)
    for i, scale in enumerate(instrument.scales):
        if scale.missing:
            yield from _missing_rule(scale.missing, ("scales", i, "missing"), document)


def _missing_rule(rule: MissingRule, path: Path_, document: YamlDocument) -> Problems:
    if rule.rule == "complete" and rule.at_most > 0:
        message = f"The rule is 'complete', yet a share of {rule.at_most:g} may be blank."
        yield document.problem(MISSING_RULE, path, message, "Remove 'at_most', or use the rule 'prorate'.")
    if rule.rule == "prorate" and rule.at_most == 0:
        message = "The rule is 'prorate', but no share of the items may be blank."
        yield document.problem(MISSING_RULE, path, message, "Say 'at_most', such as 0.2, or use the rule 'complete'.")


def _maps(instrument: Instrument, document: YamlDocument) -> Problems:
    for longer, numbers in instrument.taken_from.items():
        path = ("taken_from", longer)
        if len(numbers) != instrument.items:
            message = f"The map from '{longer}' names {len(numbers)} items; this form has {instrument.items}."
            remedy = "Give, for each item here in order, its number there."
            yield document.problem(MAP_LENGTH, path, message, remedy)
        for number in _repeated(numbers):
            message = f"The map from '{longer}' uses item {number} twice."
            yield document.problem(MAP_LENGTH, path, message, "Each item there can stand for one item here.")


def _sureness(instrument: Instrument, document: YamlDocument) -> Problems:
    """A key nobody could confirm is not shipped; the file says what is missing and whom to ask."""
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
    for name, said in (("lacks", key.lacks), ("ask", key.ask)):
        if not said:
            message = f"The key is unconfirmed, and 'key.{name}' is not said."
            yield document.problem(KEY_NOT_CONFIRMED, ("key",), message, "Say what is missing, and whom to ask for it.")


def _dois(instrument: Instrument, document: YamlDocument) -> Problems:
    for i, reference in enumerate(instrument.references):
        if isinstance(reference.doi, str) and not DOI.fullmatch(reference.doi):
            message = f"'{reference.doi}' is not a DOI."
            remedy = "A DOI looks like 10.1234/abc; leave out https://doi.org/."
            yield document.problem(NOT_A_DOI, ("references", i, "doi"), message, remedy)


def _repeated(names: Sequence[Name]) -> list[Name]:
    return [name for name, count in Counter(names).items() if count > 1]
