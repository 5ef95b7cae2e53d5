"""How numbers, lists and counts are written for people: the one place for rounding and for singular and plural.

Everything that prints takes from here: the report, the recheck of published numbers, the commands and error messages.
Numbers are rounded half up, as journals round, and have a true minus sign. What a cell of a report's table becomes is
said in `pilotage.report.model.wording`, which uses these functions with the digits that each kind of number has.

>>> counted(1, "person", "people"), counted(2, "session"), counted(1204, "row", thousands=True)
('1 person', '2 sessions', '1,204 rows')
>>> f"{counted(1, 'item')} {plural(1, 'was', 'were')} left blank"
'1 item was left blank'
>>> listed(["Ann", "Bea", "Cas"]), p_phrase(0.0176), per_cent(0.875)
('Ann, Bea and Cas', 'p = .018', '87.5 %')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import isinf

DASH = "–"
MINUS = "−"
_MOST_NUMBERS = 10  # a longer list of whole numbers is cut in its middle


def rounded(value: float, digits: int, *, times: int = 1) -> str:
    """Write a number with so many digits after the point, rounded half up.

    ``times`` multiplies before rounding, in decimals, so that 100 times .285 is 28.5 and not its binary neighbour.

    >>> rounded(2.675, 2), rounded(-2.675, 2), rounded(-0.001, 2), rounded(float("inf"), 2)
    ('2.68', '−2.68', '0.00', '∞')
    """
    if isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    # repr first: 2.675 is meant as written, not as its binary neighbour; half up, as journals round.
    decimal = Decimal(repr(float(value))) * times
    text = str(decimal.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.") else MINUS + text[1:]
    return text


def bounded(value: float, digits: int) -> str:
    """Write a number that 1 bounds in size without the zero before its point: ``.119``.

    >>> bounded(0.119, 3), bounded(-0.5, 2), bounded(1.0, 3)
    ('.119', '−.50', '1.000')
    """
    text = rounded(value, digits)
    return text.replace("0.", ".", 1) if text.lstrip(MINUS).startswith("0.") else text


def probability(value: float, digits: int) -> str:
    """Write a probability, which is never said to be 0 or 1 unless it is: ``< .01``, ``.93``, ``> .99``.

    >>> probability(0.004, 2), probability(0.93, 2), probability(0.9999, 2), probability(1.0, 2)
    ('< .01', '.93', '> .99', '1.00')
    """
    least = Decimal(1).scaleb(-digits)
    if value < least:
        return f"< {least}".replace("0.", ".", 1)
    text = bounded(value, digits)
    return f"> {1 - least}".replace("0.", ".", 1) if value < 1 <= float(text) else text


def p_value(p: float, digits: int = 3) -> str:
    """Write a p value for a cell: ``.018``, ``< .001``, ``> .999``.

    >>> p_value(0.0176), p_value(0.00099), p_value(0.0176, digits=4)
    ('.018', '< .001', '.0176')
    """
    return probability(p, digits)


def p_phrase(p: float, digits: int = 3) -> str:
    """Write a p value for a sentence: ``p = .018`` or ``p < .001``.

    >>> p_phrase(0.0176), p_phrase(0.0001)
    ('p = .018', 'p < .001')
    """
    text = p_value(p, digits)
    return f"p {text}" if text.startswith(("<", ">")) else f"p = {text}"


def per_cent(share: float, digits: int = 1) -> str:
    """Write a fraction of 1 as per cent: ``87.5 %``.

    >>> per_cent(0.875), per_cent(0.285, digits=0)
    ('87.5 %', '29 %')
    """
    return f"{rounded(share, digits, times=100)} %"


def with_commas(n: int) -> str:
    """Write a whole number with commas at the thousands: ``12,000``.

    >>> with_commas(999), with_commas(12000)
    ('999', '12,000')
    """
    return f"{n:,}"


def brackets(low: str, high: str) -> str:
    """Write the two limits of an interval, each in words already: ``[0.13, 1.31]``.

    >>> brackets(rounded(0.131, 2), rounded(1.309, 2))
    '[0.13, 1.31]'
    """
    return f"[{low}, {high}]"


def plural(n: int, singular: str, many: str | None = None) -> str:
    """Return the word that goes with a count: the singular for 1, else the plural, which is the singular with an s.

    >>> plural(1, "row"), plural(0, "row"), plural(2, "is", "are")
    ('row', 'rows', 'are')
    """
    return singular if n == 1 else many or f"{singular}s"


def counted(n: int, singular: str, many: str | None = None, *, thousands: bool = False) -> str:
    """Write a count with its noun: ``1 person``, ``2 people``; with commas at the thousands where asked.

    >>> [counted(n, "person", "people") for n in (0, 1, 2)], counted(12000, "row", thousands=True)
    (['0 people', '1 person', '2 people'], '12,000 rows')
    """
    return f"{with_commas(n) if thousands else n} {plural(n, singular, many)}"


def listed(words: Iterable[str], last: str = "and", *, empty: str = "") -> str:
    """Write words as a list in a sentence: ``a``, ``a and b``, ``a, b and c``; ``empty`` where there are none.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or"), listed([], empty="none")
    ('a, b and c', 'a or b', 'none')
    """
    items = list(words)
    if len(items) <= 1:
        return items[0] if items else empty
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def whole_numbers(values: Sequence[int]) -> str:
    """Write rising whole numbers, a run of three or more by its ends, and a long list cut in its middle.

    >>> whole_numbers([22, 23, 24, 25]), whole_numbers([21, 24])
    ('22–25', '21 and 24')
    """
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{with_commas(values[0])}{DASH}{with_commas(values[-1])}"
    if len(values) > _MOST_NUMBERS:
        return f"{with_commas(values[0])}, {with_commas(values[1])}, ... {with_commas(values[-1])}"
    return listed(map(with_commas, values), empty="none")


def uncapitalised(words: str) -> str:
    """Return words that began a line as they stand within a sentence.

    >>> uncapitalised("Before and after")
    'before and after'
    """
    return words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Return words as a sentence: a capital at the start and a full stop at the end.

    >>> sentence("both arms"), sentence("Why?"), sentence("")
    ('Both arms.', 'Why?', '')
    """
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".") if words else ""


def ranged(low: int, high: int) -> str:
    """Write the least and the most of some counts: ``3 to 5``, or ``4`` where they are the same.

    >>> ranged(3, 5), ranged(4, 4)
    ('3 to 5', '4')
    """
    return str(low) if low == high else f"{low} to {high}"


def shortest(value: float) -> str:
    """Write a round number, such as one on an axis, with as many digits as it has.

    >>> shortest(2.5), shortest(-10.0), shortest(100.0)
    ('2.5', '−10', '100')
    """
    return f"{value:g}".replace("-", MINUS)
