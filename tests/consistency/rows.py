"""Rows of a file as a test writes them, and what a check finds in them."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pilotage.consistency.finding import Finding
from pilotage.consistency.paper import Paper
from pilotage.consistency.recheck import recheck

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN)


def findings(**rows: object) -> tuple[Finding, ...]:
    """What is found in a paper of these rows; each row is a dict without the name."""
    named = {part: [{"name": f"row {i}"} | row for i, row in enumerate(of)] for part, of in rows.items()}
    return recheck(Paper.model_validate({"title": "A paper", **named}))


def only(found: tuple[Finding, ...], check: str) -> Finding:
    """The one finding of a check."""
    (finding,) = [f for f in found if f.check == check]
    return finding


def as_printed(value: object, digits: int, rounding: str = ROUND_HALF_UP) -> str:
    """A number as a paper would print it."""
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=rounding))
