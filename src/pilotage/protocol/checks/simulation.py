"""What a rehearsal aims at: targets of things that exist, within their ranges, for no more people than there are."""

from __future__ import annotations

from pilotage.problems import kind
from pilotage.protocol.checks.forms import UNKNOWN_ITEM, UNKNOWN_OPTION
from pilotage.protocol.checks.people import UNKNOWN_ARM
from pilotage.protocol.checks.plan import UNKNOWN_SCALE
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.form_items import FormItem, StoredAs
from pilotage.protocol.simulation import AnswerTarget
from pilotage.yaml_file import Path_

TOO_MANY = kind("PROTOCOL-080", "A target is met by more people than there are")
TARGET = kind("PROTOCOL-081", "A target cannot be met")
UNKNOWN_KIND = kind("PROTOCOL-097", "An adverse event is of a kind that the protocol does not have")


def people(written: WrittenProtocol) -> Problems:
    """Check that sizes are of arms of the study, and each arm has some."""
    simulation = written.protocol.simulation
    if simulation is None:
        return
    for arm in simulation.people:
        yield from written.unknown(UNKNOWN_ARM, ("simulation", "people", arm), arm, "arm", written.arms)
    for arm in written.arms:
        if sum(simulation.people.get(arm, [])) < 1:
            message = f"The arm '{arm}' has no people in the rehearsal."
            yield written.problem(TARGET, ("simulation", "people"), message, f"Add '{arm}: [...]'.")


def answers(written: WrittenProtocol) -> Problems:
    """Check that targets of answers are of items that exist, for people who are there, and can be given."""
    simulation = written.protocol.simulation
    for i, target in enumerate(simulation.answers if simulation else []):
        path: Path_ = ("simulation", "answers", i)
        known = (*written.items, *(variable.id for variable in written.protocol.derived))
        yield from written.unknown(UNKNOWN_ITEM, (*path, "item"), target.item, "item", known)
        if target.arm is not None:
            yield from written.unknown(UNKNOWN_ARM, (*path, "arm"), target.arm, "arm", written.arms)
        item = written.items.get(target.item)
        if item is not None:
            yield from _counted(written, path, target, item)
            yield from _numbered(written, path, target, item)


def _counted(written: WrittenProtocol, path: Path_, target: AnswerTarget, item: FormItem) -> Problems:
    for option in target.counts:
        if item.option_codes:
            where = (*path, "counts", option)
            yield from written.unknown(UNKNOWN_OPTION, where, option, f"answer to '{target.item}'", item.option_codes)
    there = _people(written, target)
    together = max if item.stored_as is StoredAs.CODES else sum
    needed = max(target.answered or 0, together([*target.counts.values(), 0]))
    if there is not None and needed > there:
        message = f"{needed} people answer '{target.item}', but there are {there}."
        yield written.problem(TOO_MANY, path, message, "Correct the numbers.")


def _numbered(written: WrittenProtocol, path: Path_, target: AnswerTarget, item: FormItem) -> Problems:
    number = target.number
    if number is None:
        return
    low, high = item.number_bounds
    if not number.low <= number.mean <= number.high:
        message = f"A mean of {number.mean:g} does not lie between {number.low:g} and {number.high:g}."
        yield written.problem(TARGET, (*path, "number", "mean"), message, "Correct one of them.")
    for name, value in (("low", number.low), ("high", number.high)):
        if (low is not None and value < low) or (high is not None and value > high):
            message = f"{value:g} cannot be an answer to '{target.item}'."
            yield written.problem(TARGET, (*path, "number", name), message, "Stay within the item's range.")


def scales(written: WrittenProtocol) -> Problems:
    """Check that targets of scales are of scales that exist, with means they can take."""
    simulation = written.protocol.simulation
    for i, target in enumerate(simulation.scales if simulation else []):
        path: Path_ = ("simulation", "scales", i)
        if target.scale not in written.scales:
            yield from written.unknown(UNKNOWN_SCALE, (*path, "scale"), target.scale, "scale", written.scales)
            continue
        instrument_id, _, scale_id = target.scale.partition(".")
        instrument = written.instruments[instrument_id]
        low, high = instrument.range_of(instrument.scale(scale_id))
        if target.mean is not None and not low <= target.mean <= high:
            message = f"A mean of {target.mean:g} is not possible: '{target.scale}' runs from {low:g} to {high:g}."
            yield written.problem(TARGET, (*path, "mean"), message, "Check how the scale is scored.")


def comments(written: WrittenProtocol) -> Problems:
    """Check that comments are answers to items in people's own words, with codes that those items have."""
    simulation = written.protocol.simulation
    for i, comment in enumerate(simulation.comments if simulation else []):
        path: Path_ = ("simulation", "comments", i)
        item = written.items.get(comment.item)
        texts = [name for name, each in written.items.items() if each.own_words]
        yield from written.unknown(UNKNOWN_ITEM, (*path, "item"), comment.item, "item in own words", texts)
        if item is not None and item.own_words:
            codes = item.reader_codes() if comment.code else [""]
            yield from written.unknown(UNKNOWN_OPTION, (*path, "code"), comment.code, "code", codes)


def named(written: WrittenProtocol) -> Problems:
    """Check that arms, forms and items named elsewhere in the targets exist."""
    simulation = written.protocol.simulation
    if simulation is None:
        return
    arms: list[tuple[Path_, str]] = [(("changed", i), arm) for i, arm in enumerate(simulation.changed)]
    arms += [(("approached", i, "arm"), target.arm) for i, target in enumerate(simulation.approached)]
    arms += [(("reactions", i, "arm"), target.arm) for i, target in enumerate(simulation.reactions) if target.arm]
    for path, arm in arms:
        yield from written.unknown(UNKNOWN_ARM, ("simulation", *path), arm, "arm", written.arms)
    for form in simulation.completed:
        path = ("simulation", "completed", form)
        yield from written.unknown(UNKNOWN_ITEM, path, form, "form", written.forms)
    for i, reaction in enumerate(simulation.reactions):
        if reaction.item is not None:
            path = ("simulation", "reactions", i, "item")
            yield from written.unknown(UNKNOWN_ITEM, path, reaction.item, "item", written.items)


def reactions(written: WrittenProtocol) -> Problems:
    """Check that reactions that people report are of the kinds there are, where the protocol says which."""
    simulation, safety = written.protocol.simulation, written.protocol.safety
    kinds = [each.id for each in safety.kinds] if safety else []
    for i, reaction in enumerate(simulation.reactions if simulation and kinds else []):
        path = ("simulation", "reactions", i, "kind")
        yield from written.unknown(UNKNOWN_KIND, path, reaction.kind, "kind of adverse event", kinds)


def _people(written: WrittenProtocol, target: AnswerTarget) -> int | None:
    """Return how many people a target could be met by; None when that is not known."""
    simulation = written.protocol.simulation
    arms_asked = written.arms_asked(target.item.partition(".")[0])
    if simulation is None or (target.arm is not None and target.arm not in simulation.people):
        return None
    chosen = [target.arm] if target.arm else [arm for arm in simulation.people if arm in arms_asked]
    return sum(sum(simulation.people[arm]) for arm in chosen)
