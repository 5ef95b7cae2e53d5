"""A number as a paper prints it: not a point but every value that could have been rounded to it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, InstanceOf, WithJsonSchema

_NUMBER = re.compile(r"(?P<sign>[<>]?)\s*(?P<number>[-+]?(\d+(\.\d*)?|\.\d+))", re.ASCII)
_LONGEST = 30
_REMEDY = "Write it as the paper prints it, such as .119, 0.70 or '< .001'; the number of decimals matters."


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number and the values that round to it.

    Half-way values are in: one program rounds 0.125 up, another to the even digit.

    Attributes
    ----------
    text : str
        As it was printed.
    value : Fraction
        What it says, taken exactly; of ``< .001``, .001.
    low, high : Fraction or None
        The ends of what it can stand for, both included; None where a ``<`` or ``>`` leaves an end open.
    """

    text: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def decimals(self) -> int:
        """How many digits stand after the point."""
        return len(self.text.partition(".")[2])

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value, as floats; an open end is infinite."""
        low = -math.inf if self.low is None else float(self.low)
        return low, math.inf if self.high is None else float(self.high)

    def times(self, factor: int) -> Printed:
        """Return the same number in units so many times smaller."""
        low, high = (None if end is None else end * factor for end in (self.low, self.high))
        return Printed(self.text, self.value * factor, low, high)

    def __contains__(self, value: Fraction | float) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def printed(text: str) -> Printed:
    """Read a number as printed.

    Raises
    ------
    ValueError
        When it is not a number, or one of more than 30 characters.

    Examples
    --------
    >>> eta = printed(".119")
    >>> float(eta.low), float(eta.high)
    (0.1185, 0.1195)
    >>> printed("0.70").high == printed("0.7").high
    False
    >>> printed("< .001").ends
    (-inf, 0.001)
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    match = _NUMBER.fullmatch(plain)
    if match is None or len(plain) > _LONGEST:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
        raise ValueError(f"'{shown}' is not a number as a paper prints it.\n{_REMEDY}")
    decimal = Decimal(match["number"])
    value, half = Fraction(decimal), Fraction(10) ** int(decimal.as_tuple().exponent) / 2
    match match["sign"]:
        case "<":
            return Printed(plain, value, None, value)
        case ">":
            return Printed(plain, value, value, None)
    return Printed(plain, value, value - half, value + half)


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return printed(str(value))
    if isinstance(value, Printed):
        return value
    raise ValueError(f"{value!r} is not a number as a paper prints it.\n{_REMEDY}")


def _closed(number: Printed) -> Printed:
    if number.low is None or number.high is None:
        raise ValueError(f"'{number.text}' leaves one end open, which only p may do.\n{_REMEDY}")
    return number


def _within(low: int, high: int | None) -> AfterValidator:
    limits = f"between {low} and {high}" if high is not None else f"{low} or more"

    def check(number: Printed) -> Printed:
        if number.value < low or (high is not None and number.value > high):
            raise ValueError(f"'{number.text}' should be {limits}.\nCheck the number against the paper.")
        return number

    return AfterValidator(check)


_AnyNumber = Annotated[
    InstanceOf[Printed], BeforeValidator(_read), WithJsonSchema({"type": ["number", "string"]}, mode="validation")
]
Number = Annotated[_AnyNumber, AfterValidator(_closed)]
Size = Annotated[Number, _within(0, None)]
"""0 or more: an SD, an F."""
Share = Annotated[Number, _within(0, 1)]
"""0 to 1: eta squared, power."""
Percent = Annotated[Number, _within(0, 100)]
Coefficient = Annotated[Number, _within(-1, 1)]
"""-1 to 1: a correlation."""
PValue = Annotated[_AnyNumber, _within(0, 1)]
"""0 to 1, or a bound such as ``< .001``."""
