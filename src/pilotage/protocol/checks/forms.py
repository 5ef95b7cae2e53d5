"""The study's own forms: their items, conditions, derived variables, and that each form is asked at all."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.problems import kind
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.conditions import Condition
from pilotage.protocol.feasibility import SOURCES
from pilotage.protocol.form_items import FormItem
from pilotage.protocol.forms import Form
from pilotage.yaml_file import Path_

UNKNOWN_ITEM = kind("PROTOCOL-033", "An item is named that does not exist")
LATER_ITEM = kind("PROTOCOL-034", "A condition rests on an item that comes later")
UNKNOWN_OPTION = kind("PROTOCOL-035", "An answer is named that the item does not have")
CONDITION = kind("PROTOCOL-036", "A condition does not suit the item it rests on")
NOT_NUMERIC = kind("PROTOCOL-038", "A number is computed from answers that are not numbers")
DERIVED_RANGE = kind("PROTOCOL-039", "A derived variable's range is not that of its items")
DERIVED_FORMS = kind("PROTOCOL-040", "A derived variable adds what does not belong together")
NEVER_ASKED = kind("PROTOCOL-041", "Something is described but never asked")
NAME_TAKEN = kind("PROTOCOL-042", "A name is taken by something else")


def items(written: WrittenProtocol) -> Problems:
    """Check that the keys of each item do not contradict one another."""
    for f, form in enumerate(written.protocol.forms):
        for i, item in enumerate(form.items):
            for mistake in item.mistakes():
                path = ("forms", f, "items", i, *mistake.path)
                yield written.problem(mistake.kind, path, mistake.message, mistake.remedy)


def conditions(written: WrittenProtocol) -> Problems:
    """Check that an item is shown by the answer to an earlier item of its form."""
    for f, form in enumerate(written.protocol.forms):
        for i, item in enumerate(form.items):
            if item.show_if is not None:
                path = ("forms", f, "items", i, "show_if")
                yield from condition(written, path, item.show_if, form, before=form.items[:i])


def condition(
    written: WrittenProtocol, path: Path_, when: Condition, form: Form, *, before: Sequence[FormItem]
) -> Problems:
    """Yield what is wrong with a condition that rests on one of the items before it."""
    named = {item.id: item for item in before}
    if when.item not in named and when.item in {item.id for item in form.items}:
        message = f"The condition rests on '{when.item}', which is not asked before it."
        yield written.problem(LATER_ITEM, path, message, f"Move '{when.item}' up, or choose an earlier item.")
        return
    if when.item not in named:
        yield from written.unknown(UNKNOWN_ITEM, path, when.item, f"earlier item of '{form.id}'", named)
        return
    yield from _suits(written, path, when, named[when.item])


def _suits(written: WrittenProtocol, path: Path_, when: Condition, item: FormItem) -> Problems:
    if when.relation in ("at least", "at most"):
        if not item.numeric or not _is_number(when.value):
            message = f"'{when.relation} {when.value}' does not suit '{item.id}', a {item.kind} item."
            yield written.problem(CONDITION, path, message, "Use 'is' or 'is not' with one of its answers.")
    elif item.option_codes:
        yield from written.unknown(UNKNOWN_OPTION, path, when.value, f"answer to '{item.id}'", item.option_codes)
    elif item.own_words:
        message = f"The condition rests on '{item.id}', whose answers are people's own words."
        yield written.problem(CONDITION, path, message, "Let it rest on a choice, a rating or a number.")


def derived(written: WrittenProtocol) -> Problems:
    """Check that derived variables add numeric items of one form and unit, within the range that follows."""
    for d, variable in enumerate(written.protocol.derived):
        numeric_items: list[FormItem] = []
        for i, name in enumerate(variable.sum):
            path = ("derived", d, "sum", i)
            yield from written.unknown(UNKNOWN_ITEM, path, name, "item", written.items)
            item = written.items.get(name)
            if item is not None and not item.numeric:
                message = f"'{variable.id}' adds '{name}', whose answers are not numbers (it is a {item.kind} item)."
                yield written.problem(NOT_NUMERIC, path, message, "Add ratings and numbers only.")
            elif item is not None:
                numeric_items.append(item)
        if len(numeric_items) == len(variable.sum):
            yield from _belong_together(written, d, numeric_items)
            yield from _range(written, d, numeric_items)


def _belong_together(written: WrittenProtocol, d: int, items: list[FormItem]) -> Problems:
    variable = written.protocol.derived[d]
    forms = {name.partition(".")[0] for name in variable.sum}
    units = {item.measured_in for item in items}
    for things, noun in ((forms, "forms"), (units, "units")):
        if len(things) > 1:
            message = f"'{variable.id}' adds items of different {noun}: {', '.join(sorted(things))}."
            yield written.problem(DERIVED_FORMS, ("derived", d, "sum"), message, f"Add items of one of the {noun}.")


def _range(written: WrittenProtocol, d: int, items: list[FormItem]) -> Problems:
    variable = written.protocol.derived[d]
    lows, highs = zip(*(item.number_bounds for item in items), strict=True)
    if variable.range is None or None in lows or None in highs:
        return
    possible = (float(sum(lows)), float(sum(highs)))
    if tuple(variable.range) != possible:
        message = "'{}' is said to run from {:g} to {:g}, but its items add up to {:g} to {:g}.".format(
            variable.id, *variable.range, *possible
        )
        yield written.problem(DERIVED_RANGE, ("derived", d, "range"), message, "Correct the range.")


def asked_somewhere(written: WrittenProtocol) -> Problems:
    """Check that each form and each instrument is asked at some assessment."""
    forms = {form for a in written.protocol.assessments for form in a.forms}
    instruments = {name for a in written.protocol.assessments for name in written.protocol.instruments_at(a)}
    described = [(("forms", i), form.id, forms) for i, form in enumerate(written.protocol.forms)]
    described += [(("instruments", i), name, instruments) for i, name in enumerate(written.protocol.instruments)]
    for path, name, used in described:
        if name not in used:
            message = f"'{name}' is asked at no assessment."
            yield written.problem(NEVER_ASKED, path, message, "Add it to an assessment, or remove it.")


def taken(written: WrittenProtocol) -> Problems:
    """Check that forms are not called as instruments are, nor derived variables as the sources of indicators."""
    for i, form in enumerate(written.protocol.forms):
        if form.id in written.protocol.instruments:
            message = f"The form '{form.id}' has the name of an instrument; answers would be mixed up."
            yield written.problem(NAME_TAKEN, ("forms", i, "id"), message, "Give the form another id.")
    for i, variable in enumerate(written.protocol.derived):
        if variable.id in SOURCES:
            message = f"'{variable.id}' is what indicators call a source of the study's records."
            yield written.problem(NAME_TAKEN, ("derived", i, "id"), message, "Give the variable another id.")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
