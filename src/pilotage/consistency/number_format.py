"""How a recheck prints numbers: with a digit more than papers do, since rounding is what it is about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from pilotage.consistency.printed import Printed

_MOST_NUMBERS = 10


def decimal(value: float, digits: int) -> str:
    """A number to so many digits, half up.

    >>> decimal(6.0783, 3), decimal(-0.0001, 2)
    ('6.078', '0.00')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded}".replace("-", "−")


def bare(value: float, digits: int = 3) -> str:
    """A number that 1 bounds, without the nought: ``.119``.

    >>> bare(0.119), bare(1.0)
    ('.119', '1.000')
    """
    text = decimal(value, digits)
    return text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text


def p_text(p: float) -> str:
    """A p value to four digits: ``.0176``, ``< .0001``."""
    return "< .0001" if p < 0.0001 else bare(p, 4)


def p_range(low: float, high: float) -> str:
    """The p values between two ends: ``.0173–.0178``."""
    return f"{p_text(low)}–{p_text(high)}" if p_text(low) != p_text(high) else p_text(low)


def between(low: float, high: float, digits: int) -> str:
    """Two ends: ``6.049–6.107``."""
    first, second = decimal(low, digits), decimal(high, digits)
    return first if first == second else f"{first} to {second}" if low < 0 else f"{first}–{second}"


def interval(low: float, high: float, digits: int) -> str:
    """Limits in brackets: ``[0.13, 1.31]``."""
    return f"[{decimal(low, digits)}, {decimal(high, digits)}]"


def bare_interval(low: float, high: float) -> str:
    """Limits of what 1 bounds: ``[.012, .268]``."""
    return f"[{bare(low)}, {bare(high)}]"


def per_cent(share: float) -> str:
    """A share as per cent to one digit: ``87.5 %``."""
    return f"{decimal(100 * share, 1)} %"


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else "none"


def numbers(values: Sequence[int]) -> str:
    """Rising whole numbers, runs of three or more by their ends: ``22–25``, ``21 and 24``."""
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{values[0]:,}–{values[-1]:,}"
    if len(values) > _MOST_NUMBERS:
        return f"{values[0]:,}, {values[1]:,}, ... {values[-1]:,}"
    return listed([f"{value:,}" for value in values])


def said(number: Printed) -> str:
    """A printed number for after a name: ``= .119``, ``< .001``."""
    return number.text if number.text[0] in "<>" else f"= {number.text}"
