"""Checks the scales of an instrument: what each is made of, that nothing is left out, and the rules for blanks."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.instruments.check_key import FILLER_SCORED
from pilotage.instruments.definition import Instrument, MissingRule, Scale
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.yaml_file import Path_, YamlDocument

NO_KEY = kind("INSTRUMENT-006", "An item is scored, but no points are said for it")
ITEM_IN_NO_SCALE = kind("INSTRUMENT-010", "An item is in no scale")
SCALE_TWICE = kind("INSTRUMENT-011", "Two scales have the same name")
SCALE_OF_UNKNOWN = kind("INSTRUMENT-012", "A scale is made of a scale that is not there")
SCALE_OF_ITSELF = kind("INSTRUMENT-013", "A scale is made of itself")
SCALE_PARTS = kind("INSTRUMENT-014", "A scale's parts and its method do not match")
MISSING_RULE = kind("INSTRUMENT-020", "A missing rule contradicts itself")

Problems = Iterator[Problem]


def check_scales(instrument: Instrument, document: YamlDocument) -> Problems:
    """Everything wrong with what is scored."""
    problems = [*_scales(instrument, document), *_missing_rules(instrument, document)]
    yield from problems
    can_be_followed = all(problem.kind not in (SCALE_OF_UNKNOWN, SCALE_OF_ITSELF) for problem in problems)
    if can_be_followed:
        yield from _coverage(instrument, document)


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
    """Return the names of all scales a scale is made of, however deep."""
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
