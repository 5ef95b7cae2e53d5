"""How people come into their arm: by chance exactly where the study is randomised, and in blocks that can be drawn."""

from __future__ import annotations

from pilotage.problems import kind
from pilotage.protocol.checks.people import UNKNOWN_ARM
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.form_items import StoredAs
from pilotage.vocabulary import AllocationMethod

NOT_AS_DESIGNED = kind("PROTOCOL-086", "The allocation is not that of the design")
DRAW = kind("PROTOCOL-087", "The random allocation does not fit")
UNKNOWN_STRATUM = kind("PROTOCOL-088", "Arms are to be balanced by something that is not known")


def as_designed(written: WrittenProtocol) -> Problems:
    """Check that people are drawn by lot exactly where the study is randomised."""
    allocation, randomised = written.protocol.allocation, written.protocol.study.randomised
    by_chance = allocation.method is AllocationMethod.BY_CHANCE
    if by_chance != randomised:
        is_it = "is" if randomised else "is not"
        message = f"People come into their arm {allocation.method}, but the study {is_it} randomised."
        remedy = f"Write 'method: by chance', or 'randomised: {str(by_chance).lower()}' under 'study'."
        yield written.problem(NOT_AS_DESIGNED, ("allocation", "method"), message, remedy)
    for name in ("ratio", "blocks", "strata"):
        if getattr(allocation, name) and not by_chance:
            message = f"'{name}' is given, but allocation is not by chance."
            yield written.problem(DRAW, ("allocation", name), message, "Remove it, or write 'method: by chance'.")


def ratio(written: WrittenProtocol) -> Problems:
    """Check that shares are of arms of the study, of all of them, and each gets somebody."""
    shares = written.protocol.allocation.ratio
    for arm, share in shares.items():
        yield from written.unknown(UNKNOWN_ARM, ("allocation", "ratio", arm), arm, "arm", written.arms)
        if share < 1:
            message = f"The arm '{arm}' gets {share} of each block."
            yield written.problem(DRAW, ("allocation", "ratio", arm), message, "Write 1 or more.")
    for arm in written.arms:
        if shares and arm not in shares:
            message = f"The ratio does not say how many come into '{arm}'."
            yield written.problem(DRAW, ("allocation", "ratio"), message, f"Add '{arm}: 1' or another number.")


def blocks(written: WrittenProtocol) -> Problems:
    """Check that a block holds the ratio a whole number of times."""
    allocation = written.protocol.allocation
    least = sum(allocation.ratio.values()) if allocation.ratio else len(written.arms)
    for i, size in enumerate(allocation.blocks):
        if least > 0 and (size < least or size % least):
            message = f"A block of {size} cannot be shared by the arms in their ratio."
            remedy = f"Write multiples of {least}, such as {2 * least} and {3 * least}."
            yield written.problem(DRAW, ("allocation", "blocks", i), message, remedy)


def strata(written: WrittenProtocol) -> Problems:
    """Check that each stratum is the centre, a choice of a form, or a criterion."""
    eligibility = written.protocol.eligibility
    criteria = [c.id for c in eligibility.include]
    criteria += [] if isinstance(eligibility.exclude, str) else [c.id for c in eligibility.exclude]
    choices = [name for name, item in written.items.items() if item.stored_as is StoredAs.CODE]
    for i, name in enumerate(written.protocol.allocation.strata):
        known = ["centre", *choices, *criteria]
        yield from written.unknown(UNKNOWN_STRATUM, ("allocation", "strata", i), name, "stratum", known)
