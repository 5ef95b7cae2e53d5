"""What a check has found: consistent, inconsistent, or worth knowing; in a sentence, with its numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Verdict = Literal["consistent", "inconsistent", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes
    ----------
    verdict : str
        ``consistent``, ``inconsistent``, or ``note`` where nothing is contradicted.
    check : str
        Which check, as listed on the reference page: ``test.agreement``.
    about : str
        The name of the row it is about.
    sentence : str
        What was found, with the numbers.
    numbers : dict
        The same numbers at full precision.
    place : str
        The row's place in the file, such as ``tests[0]``.
    """

    verdict: Verdict
    check: str
    about: str
    sentence: str
    numbers: dict[str, Any] = field(default_factory=dict)
    place: str = ""


def judged(agrees: bool) -> Verdict:
    """Return the verdict on a claim that can be checked."""
    return "consistent" if agrees else "inconsistent"
