"""How a recheck prints what only it prints: p values to four digits, and the range that rounding leaves open."""

from __future__ import annotations

from pilotage.consistency.printed import Printed
from pilotage.formatting import DASH, bounded, brackets, p_value, rounded

_P_DIGITS = 4  # one more than papers print, since a recheck is about their rounding


def p_text(p: float) -> str:
    """Write a p value to four digits: ``.0176``, ``< .0001``.

    >>> p_text(0.0176), p_text(0.00001)
    ('.0176', '< .0001')
    """
    return p_value(p, _P_DIGITS)


def p_range(low: float, high: float) -> str:
    """Write the p values between two ends.

    >>> p_range(0.0173, 0.0178)
    '.0173–.0178'
    """
    return p_text(low) if p_text(low) == p_text(high) else f"{p_text(low)}{DASH}{p_text(high)}"


def between(low: float, high: float, digits: int) -> str:
    """Write two ends, with a word between them where a dash would read as a minus.

    >>> between(6.049, 6.107, 3), between(-0.2, 0.3, 1)
    ('6.049–6.107', '−0.2 to 0.3')
    """
    first, second = rounded(low, digits), rounded(high, digits)
    return first if first == second else f"{first} to {second}" if low < 0 else f"{first}{DASH}{second}"


def interval(low: float, high: float, digits: int) -> str:
    """Write limits in brackets: ``[0.13, 1.31]``."""
    return brackets(rounded(low, digits), rounded(high, digits))


def bounded_interval(low: float, high: float) -> str:
    """Write limits of what 1 bounds: ``[.012, .268]``."""
    return brackets(bounded(low, 3), bounded(high, 3))


def after_name(number: Printed) -> str:
    """Write a printed number as it follows a name: ``= .119``, ``< .001``."""
    return number.text if number.text[0] in "<>" else f"= {number.text}"
